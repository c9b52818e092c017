namespace AutoDiff.Compiler.IR;

/// <summary>
/// The sub-model, list of sub-models or number that a model holds in the member called <paramref name="Member"/>. One that <paramref name="MayBeNull"/> is read
/// where the method has made sure that it is there. It is the same whenever it is read, unless it <paramref name="MayChange"/>.
/// </summary>
public sealed record GetMember(string Member, bool MayBeNull = false, bool MayChange = false) : Operation
{
    /// <summary>The member as the user knows it.</summary>
    public string Shown => Outside.Shown(Member);

    public override string Name => "member";

    public override string Attributes => Member + (MayBeNull ? "?" : "") + (MayChange ? " changes" : "");

    public override bool ReadsState => MayChange;
}

/// <summary>Whether an object is of a type (with <c>global::</c>): <c>x is T</c>.</summary>
public sealed record IsInstance(string Type) : Operation
{
    public override string Name => "isInstance";

    public override string Attributes => Type;
}

/// <summary>Whether a reference is null: of an object, or of an array (or list) that the caller may leave out.</summary>
public sealed record IsNull : Operation
{
    public override string Name => "isNull";
}

/// <summary>An object as one of a type that it is known to be of, and null where it is not: the code that uses it does not run then.</summary>
public sealed record AsInstance(string Type) : Operation
{
    public override string Name => "asInstance";

    public override string Attributes => Type;
}

/// <summary>element(list, index): one model of a list.</summary>
public sealed record ElementAt : Operation
{
    public override string Name => "element";
}

/// <summary>The number of models in a list, as an i32.</summary>
public sealed record ModelCount : Operation
{
    public override string Name => "count";
}

/// <summary>The parameter tensor that a model holds in the property called <paramref name="Parameter"/>. Its adjoint goes to <see cref="AccumulateParameter"/>.</summary>
public sealed record GetParameter(string Parameter) : Operation
{
    public override string Name => "parameter";

    public override string Attributes => Parameter;
}

/// <summary>The size behind a dimension, as an i32.</summary>
public sealed record DimensionValue(Dim Dimension) : Operation
{
    public override string Name => "dim";

    public override string Attributes => Dimension.ToString();
}

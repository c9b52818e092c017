namespace AutoDiff.Compiler.IR;

/// <summary>How a parameter is passed in C#.</summary>
public enum PassingKind
{
    ByValue,
    In,
    Ref,
    Out,
}

/// <summary>
/// A parameter of the method. <c>ref</c> scalars have a value at entry and one more output; <c>out</c> scalars only an output (their <see cref="Value"/>
/// is never read). The receiver of an instance method is the first parameter, named <c>this</c>.
/// </summary>
/// <param name="Value">The value at entry.</param>
/// <param name="Name">The C# name, without <c>@</c>.</param>
/// <param name="Passing">How it is passed.</param>
/// <param name="TypeText">The C# type with <c>global::</c>.</param>
/// <param name="IsDifferentiable">Whether it takes part in differentiation: a differentiable type without <c>[NoGradient]</c>.</param>
/// <param name="ShapeText">The text of <c>[Shape]</c>, or null.</param>
/// <param name="IsWritten">For spans and arrays: whether the method writes elements.</param>
public sealed record Parameter(
    Value Value, string Name, PassingKind Passing, string TypeText, bool IsDifferentiable, string? ShapeText = null, bool IsWritten = false)
{
    /// <summary>
    /// Whether what a written buffer holds at entry is an input, whether the body reads it or not: a virtual method has one signature for all that implement it,
    /// and the tangent of a method whose calls have been replaced by bodies has the inputs of the one with the calls.
    /// </summary>
    public bool HoldsInput { get; init; }

    /// <summary>Whether it is a leaf of a struct, called by name and path.</summary>
    public bool IsLeaf => Name.Contains('.');
}

/// <summary>What one yield of a function's body is.</summary>
public enum OutputKind
{
    /// <summary>The value that the method returns.</summary>
    Return,

    /// <summary>The final value of a <c>ref</c> or <c>out</c> scalar parameter.</summary>
    Parameter,

    /// <summary>A gradient that a derivative function returns (scalars) or writes to its destination (tensors).</summary>
    Gradient,

    /// <summary>The tangent of the returned value, or of a gradient, that a derivative function returns.</summary>
    Tangent,
}

/// <summary>
/// One yield of the body: the returned value, or the final value of the parameter called <paramref name="Name"/>. Of a returned struct there is one for each
/// leaf, called by its path.
/// </summary>
public sealed record Output(OutputKind Kind, string Name, IrType Type);

/// <summary>Where the size behind a dimension name comes from, as a C# expression valid at the entry of the method.</summary>
/// <param name="Symbol">The name, as it stands in <see cref="Dim"/>s.</param>
/// <param name="Expression">For instance <c>x.Lengths[0]</c>-like (see <see cref="Parameter"/> and <see cref="Axis"/>) or <c>this.__Dim_width</c>.</param>
/// <param name="Parameter">The tensor or span parameter whose length binds the name, or null where <paramref name="Expression"/> does.</param>
/// <param name="Axis">The axis of that parameter; negative from the end where the parameter has a <c>...</c>; the rest dimension itself has <see cref="int.MinValue"/>.</param>
public sealed record DimBinding(string Symbol, string? Expression, string? Parameter, int Axis)
{
    /// <summary>The condition under which there is such a size, in C#: that a list is not empty, that a member is not null. Checks of the size depend on it.</summary>
    public string? Guard { get; init; }
}

/// <summary>Two dimensions that an operation takes to be equal though their names differ; the generated code checks it at entry.</summary>
public sealed record DimConstraint(Dim Left, Dim Right, string Where);

/// <summary>A method, or a derivative of one, in the IR.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Parameters">In the order of the method, the receiver first.</param>
/// <param name="Outputs">What the yields of <paramref name="Body"/> are: the return value first, then <c>ref</c> and <c>out</c> scalars in order.</param>
/// <param name="Body">The instructions. Its parameters are the <see cref="Parameter.Value"/>s.</param>
/// <param name="Dimensions">Bindings of the dimension names, in an order in which each can be computed.</param>
/// <param name="Constraints">Equalities of dimensions that are checked at entry.</param>
/// <param name="Steps">The user's expressions, numbered from 1: <c>Steps[k - 1]</c> is the text of instructions with <see cref="Instruction.Step"/> k.</param>
public sealed record Function(
    string Name,
    EquatableArray<Parameter> Parameters,
    EquatableArray<Output> Outputs,
    Region Body,
    EquatableArray<DimBinding> Dimensions,
    EquatableArray<DimConstraint> Constraints,
    EquatableArray<string> Steps)
{
    /// <summary>The parameters of struct types, in order, and the result where it is one; <see cref="SignatureParts"/> reads them.</summary>
    public EquatableArray<SignaturePart> Parts { get; init; } = [];

    /// <summary>The parameters that are rectangular or jagged arrays, or lists.</summary>
    public EquatableArray<MemoryPart> Memories { get; init; } = [];
}

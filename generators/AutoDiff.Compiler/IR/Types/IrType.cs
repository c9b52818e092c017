namespace AutoDiff.Compiler.IR;

/// <summary>The type of a <see cref="Value"/>. Equal by value; holds no symbol of the host compiler.</summary>
public abstract record IrType
{
    public static readonly ScalarType Bool = new(ElementKind.Bool);
    public static readonly ScalarType Int32 = new(ElementKind.Int32);
    public static readonly ScalarType Single = new(ElementKind.Single);
    public static readonly ScalarType Double = new(ElementKind.Double);

    /// <summary>Whether a value of this type can carry a derivative.</summary>
    public abstract bool IsDifferentiable { get; }
}

/// <summary>
/// One number or truth value. With several <paramref name="Lanes"/> it is a vector, the tangents (or adjoints) of one value in as many directions:
/// <see cref="Transforms.Widening"/> makes those, last of all, and only emission sees them.
/// </summary>
public sealed record ScalarType(ElementKind Kind, int Lanes = 1) : IrType
{
    public override bool IsDifferentiable => Kind.IsFloating();

    public override string ToString() => LanesText.Of(Kind, Lanes);
}

/// <summary>How a buffer is spelled in C#; only <see cref="ReadOnlySpan"/> is never written.</summary>
public enum BufferKind
{
    ReadOnlySpan,
    Span,
    Array,
}

/// <summary>Mutable memory: a run of elements that <see cref="Load"/> and <see cref="Store"/> reach by index.</summary>
/// <param name="Element">The kind of its numbers.</param>
/// <param name="Kind">How it is spelled.</param>
/// <param name="Lanes">As of <see cref="ScalarType"/>.</param>
public sealed record BufferType(ElementKind Element, BufferKind Kind, int Lanes = 1) : IrType
{
    public override bool IsDifferentiable => Element.IsFloating();

    public override string ToString() => Kind switch
    {
        BufferKind.ReadOnlySpan => $"ro<{LanesText.Of(Element, Lanes)}>",
        BufferKind.Span => $"span<{LanesText.Of(Element, Lanes)}>",
        _ => $"array<{LanesText.Of(Element, Lanes)}>",
    };
}

/// <summary>An immutable value of many elements, row-major, with a symbolic shape. Tensors are values: nothing writes into one.</summary>
public sealed record TensorType(ElementKind Element, Shape Shape) : IrType
{
    public override bool IsDifferentiable => Element.IsFloating();

    public override string ToString() => $"tensor<{Element.Text()}, {Shape}>";
}

/// <summary>A model: an object with parameters. <paramref name="Name"/> is its C# name with <c>global::</c>.</summary>
public sealed record ModelType(string Name) : IrType
{
    public override bool IsDifferentiable => true;

    public override string ToString() => $"model<{Name}>";
}

/// <summary>A list of models: an array or an indexable list. <paramref name="CountMember"/> is <c>Length</c> or <c>Count</c>.</summary>
public sealed record ModelListType(ModelType Element, string CountMember) : IrType
{
    public override bool IsDifferentiable => true;

    public override string ToString() => $"models<{Element.Name}, {CountMember}>";
}

/// <summary>A last-in first-out store of residuals of one type, filled by the forward part and drained by the backward part.</summary>
public sealed record TapeType(IrType Element) : IrType
{
    public override bool IsDifferentiable => Element.IsDifferentiable;

    public override string ToString() => $"tape<{Element}>";
}

/// <summary>An object that only passes through (a delegate, a string, an options record). Named by its C# type.</summary>
public sealed record OpaqueType(string Name) : IrType
{
    public override bool IsDifferentiable => false;

    public override string ToString() => $"opaque<{Name}>";
}

/// <summary>The text of a kind of number with lanes: <c>f64</c>, <c>f64x8</c>.</summary>
internal static class LanesText
{
    public static string Of(ElementKind kind, int lanes)
        => lanes == 1 ? kind.Text() : kind.Text() + "x" + lanes.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

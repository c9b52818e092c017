namespace AutoDiff.Compiler.IR;

/// <summary>
/// A value in static single assignment form: it has exactly one definition, as the result of an instruction, a parameter of a function or
/// a parameter of a region.
/// </summary>
/// <param name="Id">Unique within a <see cref="Function"/>.</param>
/// <param name="Type">The type.</param>
/// <param name="Name">The user's own name for it, or <c>d</c> + name for an adjoint; empty for a temporary. Several values may share a name: they are
/// the states of one variable.</param>
public sealed record Value(int Id, IrType Type, string Name)
{
    public ElementKind Element => Type switch
    {
        ScalarType scalar => scalar.Kind,
        TensorType tensor => tensor.Element,
        BufferType buffer => buffer.Element,
        _ => throw new InvalidOperationException($"a value of type {Type} has no elements"),
    };

    /// <summary>The C# type of the elements of a buffer.</summary>
    public string ElementText => (Type as BufferType)?.ElementText ?? Element.CSharp();

    /// <summary>The type of memory that a buffer with the same elements can be part of.</summary>
    public BufferType ArenaType => (BufferType)Type with { Kind = BufferKind.Span };

    public override string ToString() => $"%{Id}";
}

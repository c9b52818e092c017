using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// A place of one value during lowering: a local, a parameter, one field of a tuple, or a flag. Its current <see cref="Value"/> is in the
/// <see cref="VariableState"/>.
/// </summary>
internal sealed class Variable(string name, int order, IrType? type)
{
    /// <summary>The user's name; empty for variables that the front end made up.</summary>
    public string Name { get; } = name;

    /// <summary>Counts declarations, so that merges list variables in the order of the source.</summary>
    public int Order { get; } = order;

    /// <summary>Whether it is a field marked <c>[NoGradient]</c>: what it is given loses its derivative.</summary>
    public bool IsDetached { get; set; }

    /// <summary>For a name that refers to objects: of which type they are.</summary>
    public ITypeSymbol? Referred { get; init; }

    /// <summary>Known from the declaration, except the shapes of tensors, which the first value brings.</summary>
    public IrType? Type { get; set; } = type;
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// A set of jumps: <c>return</c>, and jumps to labels. The exit and the continuation of a loop and the exit of a <c>switch</c> are labels too, so that <c>break</c>,
/// <c>continue</c> and <c>goto</c> are one thing.
/// </summary>
internal readonly struct JumpKinds
{
    private readonly bool _returns;
    private readonly ImmutableHashSet<ISymbol>? _labels;

    private JumpKinds(bool returns, ImmutableHashSet<ISymbol>? labels) => (_returns, _labels) = (returns, labels);

    public static JumpKinds None => default;

    public static JumpKinds Return => new(true, null);

    public static JumpKinds To(ILabelSymbol label) => new(false, ImmutableHashSet.Create<ISymbol>(SymbolEqualityComparer.Default, label));

    public bool Returns => _returns;

    public bool IsEmpty => !_returns && (_labels is null || _labels.IsEmpty);

    public IEnumerable<ISymbol> Labels => _labels ?? (IEnumerable<ISymbol>)[];

    public bool GoTo(ISymbol label) => _labels?.Contains(label) == true;

    public JumpKinds Without(ISymbol label) => new(_returns, _labels?.Remove(label));

    public static JumpKinds operator |(JumpKinds a, JumpKinds b)
        => new(a._returns || b._returns, a._labels is null ? b._labels : b._labels is null ? a._labels : a._labels.Union(b._labels));
}

using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>What is known of a value as far as shapes are concerned: an element of the lattice of the analysis. Equal by value.</summary>
internal abstract record ShapeValue
{
    /// <summary>Nothing is known: the top of the lattice.</summary>
    public static readonly ShapeValue Unknown = new UnknownValue();
}

internal sealed record UnknownValue : ShapeValue;

/// <summary>An integer.</summary>
internal sealed record NumberValue(Dim Size) : ShapeValue;

/// <summary>A tensor, or a span of one.</summary>
internal sealed record TensorValue(Shape Shape) : ShapeValue
{
    /// <summary>What gave the tensor its shape; not part of what is known of it.</summary>
    public Origin? Origin { get; init; }

    public bool Equals(TensorValue? other) => other is not null && Shape == other.Shape;

    public override int GetHashCode() => Shape.GetHashCode();
}

/// <summary>The lengths of a tensor.</summary>
internal sealed record LengthsValue(Shape Shape) : ShapeValue;

/// <summary>An array, span or list.</summary>
/// <param name="Length">How many elements it has.</param>
/// <param name="Items">The elements one by one, where they are written out.</param>
/// <param name="Element">What is known of every element.</param>
internal sealed record SequenceValue(Dim Length, EquatableArray<ShapeValue>? Items, ShapeValue Element) : ShapeValue
{
    public static readonly SequenceValue Empty = new(Dim.Zero, EquatableArray<ShapeValue>.Empty, Unknown);

    /// <summary>Where it was made, which tells one that another variable holds too; not part of what is known of it.</summary>
    public SyntaxNode? Creation { get; init; }

    public bool Equals(SequenceValue? other)
        => other is not null && Length == other.Length && Nullable.Equals(Items, other.Items) && Element.Equals(other.Element);

    public override int GetHashCode() => Length.GetHashCode();

    /// <summary>Whether there are no elements: nothing that one of them would contradict.</summary>
    public bool IsEmpty => Items is { IsEmpty: true };
}

/// <summary>An enumerator of a sequence.</summary>
/// <param name="Position">The element that it stands at; -1 before the first one, null where that is not known.</param>
internal sealed record EnumeratorValue(SequenceValue Sequence, int? Position) : ShapeValue
{
    public ShapeValue Current => Position is >= 0 and int at && Sequence.Items is { } items && at < items.Length ? items[at] : Sequence.Element;
}

/// <summary>A position in an axis.</summary>
internal sealed record IndexValue(Dim Position, bool FromEnd) : ShapeValue;

/// <summary>A part of an axis.</summary>
internal sealed record RangeValue(IndexValue Start, IndexValue End) : ShapeValue
{
    public static readonly RangeValue All = new(new IndexValue(Dim.Zero, false), new IndexValue(Dim.Zero, true));
}

internal sealed record TupleValue(EquatableArray<ShapeValue> Items) : ShapeValue;

/// <summary>A truth that is certain.</summary>
internal sealed record BooleanValue(bool Value) : ShapeValue;

/// <summary>No object. Where paths meet, what the other path knows holds: whoever uses a null never comes to the use of its shape.</summary>
internal sealed record NullValue : ShapeValue;

/// <summary>A function as a value: a lambda, or a method by its name.</summary>
/// <param name="Body">The lambda where it stands; null for a method.</param>
/// <param name="Receiver">The object that a method is called on; null for a lambda or a static method.</param>
internal sealed record FunctionValue(IMethodSymbol Method, IOperation? Body, ShapeValue? Receiver = null) : ShapeValue
{
    /// <summary>The graph that a lambda stands in; not part of what is known of it.</summary>
    public ControlFlowGraph? Graph { get; init; }

    /// <summary>What the variables around a lambda hold that it takes with it: each round of a loop has variables of its own.</summary>
    public EquatableArray<CapturedVariable> Captured { get; init; } = EquatableArray<CapturedVariable>.Empty;

    public bool Equals(FunctionValue? other)
        => other is not null && SymbolEqualityComparer.Default.Equals(Method, other.Method) && Body?.Syntax == other.Body?.Syntax
            && Equals(Receiver, other.Receiver) && Captured == other.Captured;

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Method);
}

/// <summary>A variable that a lambda uses, and what it holds for the lambda whenever it is called.</summary>
internal sealed record CapturedVariable(ISymbol Variable, ShapeValue Value);

/// <summary>A dictionary of which the entries are written out.</summary>
internal sealed record MapValue(EquatableArray<MapEntry> Entries) : ShapeValue
{
    /// <summary>Where it was made; not part of what is known of it.</summary>
    public SyntaxNode? Creation { get; init; }

    public ShapeValue this[object key]
    {
        get
        {
            foreach (MapEntry entry in Entries)
                if (entry.Key.Equals(key)) return entry.Value;
            return Unknown;
        }
    }

    public MapValue With(object key, ShapeValue value)
        => this with { Entries = [.. Entries.Where(e => !e.Key.Equals(key)), new MapEntry(key, value)] };

    public bool Equals(MapValue? other) => other is not null && Entries == other.Entries;

    public override int GetHashCode() => Entries.GetHashCode();
}

internal sealed record MapEntry(object Key, ShapeValue Value);

/// <summary>An argument of a constructor, or a property that an initialiser sets.</summary>
internal sealed record ModelArgument(string Name, ShapeValue Value);

/// <summary>An object whose numbers give shapes their sizes.</summary>
/// <param name="Arguments">What it was made with, by the names of the constructor's parameters and of the properties that were set.</param>
internal sealed record ModelValue(INamedTypeSymbol Type, EquatableArray<ModelArgument> Arguments) : ShapeValue
{
    /// <summary>What goes before the name of a member that the constructor has left a value in.</summary>
    public const string Left = "this.";

    /// <summary>Where it was made; not part of what is known of it.</summary>
    public SyntaxNode? Creation { get; init; }

    /// <summary>Whether it is the object whose method is looked at: its sizes are the names of its type.</summary>
    public bool IsThis { get; init; }

    /// <summary>Whether only local variables hold it, so that nothing changes its members but what is seen.</summary>
    public bool IsTracked { get; init; }

    /// <summary>What its members hold, by their names.</summary>
    public IEnumerable<ModelArgument> Members
        => Arguments.Where(static a => a.Name.StartsWith(Left, StringComparison.Ordinal)).Select(static a => a with { Name = a.Name.Substring(Left.Length) });

    /// <summary>The object with other members.</summary>
    public ModelValue With(IEnumerable<ModelArgument> members) => this with
    {
        Arguments = [.. Arguments.Where(static a => !a.Name.StartsWith(Left, StringComparison.Ordinal)),
            .. members.Where(static m => m.Value is not UnknownValue).OrderBy(static m => m.Name, StringComparer.Ordinal).Select(static m => m with { Name = Left + m.Name })],
    };

    /// <summary>The object with another value in one member.</summary>
    public ModelValue With(string member, ShapeValue value) => With([.. Members.Where(m => m.Name != member), new ModelArgument(member, value)]);

    /// <summary>Whether the object is of this very type, and not of one that inherits from it.</summary>
    public bool IsExact
    {
        get => field || Creation is not null || Type.IsSealed || Type.TypeKind == TypeKind.Struct;
        init;
    }

    /// <summary>A number that it was made with; <c>options.Width</c> is that of an object that it was made with.</summary>
    public Dim? Argument(string name)
    {
        if (name.IndexOf('.') is > 0 and int dot) return (Value(name.Substring(0, dot)) as ModelValue)?.Argument(name.Substring(dot + 1));
        foreach (ModelArgument argument in Arguments)
            if (argument.Name == name && argument.Value is NumberValue number) return number.Size;
        return null;
    }

    public ShapeValue Value(string name)
    {
        foreach (ModelArgument argument in Arguments)
            if (argument.Name == name) return argument.Value;
        return Unknown;
    }

    public bool Equals(ModelValue? other)
        => other is not null && SymbolEqualityComparer.Default.Equals(Type, other.Type) && Arguments == other.Arguments
            && IsThis == other.IsThis && IsTracked == other.IsTracked;

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Type);
}

internal enum HandleKind
{
    Parameters,
    Parameter,
    Gradients,
    Optimizer,
    OptimizerState,
}

/// <summary>Something that belongs to one model: its parameters, gradients, optimizer.</summary>
internal sealed record HandleValue(HandleKind Kind, ModelValue Model) : ShapeValue
{
    /// <summary>Which optimizer it is, or it is the state of.</summary>
    public string Optimizer { get; init; } = "";
}

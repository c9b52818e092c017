using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Arrays of objects or functions: the numbers of these, in memory of integers. What can be in it is known where it is made.
internal sealed partial class Lowering
{
    /// <summary>An array of references; null where an element is something else.</summary>
    private Operand? ReferencesIn(ImmutableArray<Operand> items, IOperation at)
    {
        if (items.IsEmpty || !items.All(IsReferent)) return null;
        Value buffer = Allocate(ElementKind.Int32, BufferKind.Array, _builder.Int(items.Length));
        ImmutableArray<int> numbers = [];
        for (int i = 0; i < items.Length; i++)
        {
            Value item = ReferenceTo(items[i], _builder);
            numbers = Union(numbers, NumbersOf(item));
            Effect(new Store(buffer, _builder.Int(i), item));
        }

        _items[buffer.Id] = numbers;
        return new ValueOperand(buffer);
    }

    internal static bool IsList(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "List", TypeArguments.Length: 1 } && type.IsIn("System.Collections.Generic");

    /// <summary>What <c>new List&lt;T&gt; { a, b }</c> adds.</summary>
    private ImmutableArray<Operand> ItemsIn(IObjectOrCollectionInitializerOperation initializer)
        => [.. initializer.Initializers.OfType<IInvocationOperation>().Where(static a => a.Arguments.Length == 1).Select(a => Visit(a.Arguments[0].Value))];

    /// <summary>The numbers in a local that was made as an array or list of references; null for other operations.</summary>
    private Value? ReferencesOf(IOperation? list)
    {
        while (list is IConversionOperation { IsImplicit: true } conversion) list = conversion.Operand;
        return list is not null && IsNamed(list) && PlaceOf(list) is FixedPlace { Operand: ValueOperand { Value: var items } } && _items.ContainsKey(items.Id) ? items : null;
    }

    /// <summary>What the elements of an array of references can be, by its value.</summary>
    private readonly Dictionary<int, ImmutableArray<int>> _items = [];

    /// <summary>An element of an array of references, read; null for other memory.</summary>
    private Operand? ReferenceIn(Value buffer, Value index)
    {
        if (!_items.TryGetValue(buffer.Id, out ImmutableArray<int> numbers)) return null;
        Value item = _builder.Load(buffer, index);
        _referents[item.Id] = numbers;
        return Referent(item);
    }

    /// <summary>Puts a reference into an array of them.</summary>
    private void StoreReference(Value buffer, Value index, Operand item, IOperation at)
    {
        Value reference = ReferenceTo(item, _builder);
        if (!NumbersOf(reference).All(n => _items[buffer.Id].Contains(n)))
            throw UnsupportedExpression(at, "Putting another object or function into an array", "list all that it will ever hold where it is made");
        Effect(new Store(buffer, index, reference));
    }
}

using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AutoDiff.Generators.FrontEnd;

// Giving a jagged array a row. It becomes a part of the elements, so nothing else may name its memory afterwards, and no other row may have a name meanwhile.
internal sealed partial class Lowering
{
    /// <summary>Where a row of a jagged array has a name, by the variable of the elements: how many calls deep, and in which part of the source.</summary>
    private readonly List<(Variable Elements, int Depth, TextSpan Scope)> _namedRows = [];

    /// <summary>The calls whose callees are being lowered in their place.</summary>
    private readonly List<SyntaxNode> _sites = [];

    /// <summary>What <see cref="Allocate(BufferType, Value)"/> has made, in order.</summary>
    private readonly List<int> _allocated = [];

    private void AssignRow(RowPlace place, IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true } or IParenthesizedOperation) value = value.ChildOperations.First();
        AggregatePlace array = place.Array;
        if (array.HasFixedLength)
            throw UnsupportedExpression(value, "Another row for a jagged array that is a parameter", "copy the elements into the row that it has, with CopyTo");
        // The same row twice: both are one memory, as they should be.
        bool isRow = value is IArrayElementReferenceOperation { Indices: [not IRangeOperation], ArrayReference: var source } && IsNamed(source) && JaggedElement(source.Type) is not null;
        if ((isRow || value is ILocalReferenceOperation) && TryReferTo(place, ValueOf(value), value)) return;
        RefuseWhileNamed(array, value);
        ElementKind element = Item(array, 0, value).Element;

        if (value is IArrayCreationOperation { Initializer: null, DimensionSizes: [var size] })
        {
            // Nothing has been written behind the elements in use: they are zeros.
            Value length = _builder.Convert(ValueOf(size), ElementKind.Int32), start = Item(array, 3, value);
            Append(length);
            SetRow(start, length);
            return;
        }

        int before = _allocated.Count;
        Value row = ValueOf(value);
        bool isNew = _allocated.Skip(before).Contains(row.Id) || value is ILocalReferenceOperation local && IsGivenUp(local);
        if (row.Type is not BufferType || !isNew)
            throw UnsupportedExpression(
                value, $"'{StepText.Of(value.Syntax)}' as a row, which would have two names,", "write [.. " + StepText.Of(value.Syntax) + "], or fill the row element by element");
        Value count = LengthOf(row), at = Item(array, 3, value);
        Append(count);
        Effect(new CopyBuffer(Slice(Item(array, 0, value), at, count), row));
        SetRow(at, count);

        void Append(Value added) => Grow(new AggregatePlace(array.Type, [array.Fields[0], array.Fields[3]]), new BufferType(element, BufferKind.Array), added, value);

        void SetRow(Value start, Value length)
        {
            Effect(new Store(Item(array, 1, value), place.Index, start));
            Effect(new Store(Item(array, 2, value), place.Index, length));
        }
    }

    /// <summary>
    /// Whether a local that holds a new array is not used behind this, its last use: declared in the same loop body, from a creation, and never assigned or handed to
    /// another name.
    /// </summary>
    private bool IsGivenUp(ILocalReferenceOperation local)
    {
        if (local.Local.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer.Value: var made } declarator
            || made is not (ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or CollectionExpressionSyntax)
            || declarator.FirstAncestorOrSelf<BlockSyntax>() is not { } block || Loop(declarator) != Loop(local.Syntax)) return false;
        foreach (IdentifierNameSyntax use in block.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == local.Local.Name))
        {
            if (use.SpanStart > local.Syntax.SpanStart) return false;
            bool isHarmless = use.SpanStart == local.Syntax.SpanStart
                || use.Parent is ElementAccessExpressionSyntax access && access.Expression == use
                || use.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" }
                || use.Parent is ForEachStatementSyntax;
            if (!isHarmless) return false;
        }

        return true;

        static SyntaxNode? Loop(SyntaxNode node) => node.Ancestors().FirstOrDefault(
            static n => n is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax or AnonymousFunctionExpressionSyntax);
    }

    /// <summary>A row has a name in a scope.</summary>
    private void NameRow(AggregatePlace array, SyntaxNode scope)
        => _namedRows.Add((((VariablePlace)array.Fields[0]).Variable, _sites.Count, scope.Span));

    /// <summary>A name for a row that a declaration gives, <c>double[] row = a[i]</c>, or the parameter of a call for as long as that takes.</summary>
    private void NameRow(IOperation value, IOperation declaration)
    {
        while (value is IConversionOperation or IParenthesizedOperation) value = value.ChildOperations.First();
        if (value is IInvocationOperation { Instance: null, Arguments: [{ Value: var first }, ..] }) value = first;
        while (value is IConversionOperation or IParenthesizedOperation) value = value.ChildOperations.First();
        if (value is IArrayElementReferenceOperation { ArrayReference: var array } && IsNamed(array) && JaggedElement(array.Type) is not null
            && JaggedOf(array) is { } rows && (declaration is IInvocationOperation ? declaration.Syntax : declaration.Syntax.FirstAncestorOrSelf<BlockSyntax>()) is { } scope) NameRow(rows, scope);
    }

    private void RefuseWhileNamed(AggregatePlace array, IOperation value)
    {
        Variable elements = ((VariablePlace)array.Fields[0]).Variable;

        // Of a caller counts where in it the call is.
        if (_namedRows.Any(n => n.Elements == elements && n.Depth <= _sites.Count && n.Scope.Contains(n.Depth == _sites.Count ? value.Syntax.SpanStart : _sites[n.Depth].SpanStart)))
            throw UnsupportedExpression(value, "A new row while another row of the array has a name", "make all rows first, or read the elements as a[i][j]");
    }
}

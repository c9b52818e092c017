using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary><c>foreach</c> over a span, an array or a list of models: a counted loop over its indices.</summary>
    private void ForEachLoop(IForEachLoopOperation loop)
    {
        BeginStep(loop.Syntax, Header(loop.Syntax));
        ILocalSymbol? element = (loop.LoopControlVariable as IVariableDeclaratorOperation)?.Symbol;
        IOperation source = loop.Collection is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : loop.Collection;
        if (JaggedOf(source) is { } rows)
        {
            ForEachRow(loop, rows, element ?? throw UnsupportedStatement(loop, "A deconstruction of rows", "take their elements by index"));
            return;
        }

        ITypeSymbol? item = TypeMap.Buffer(source.Type)?.Element ?? ListElement(source.Type) ?? SequenceItem(source.Type);
        Operand looped = InlineArray(source.Type) is not null ? new ValueOperand(InlineArrayOf(source).Lanes)
            : (TableSequence(source) ?? Characters(source)) as Operand ?? (ListElement(source.Type) is not null ? new ValueOperand(ItemsOf(source)) : Visit(source));
        if (looped is SequenceOperand sequence)
        {
            ForEachOf(loop, sequence, element);
            return;
        }

        if (looped is ListOperand)
            throw UnsupportedStatement(loop.Collection, $"A foreach over '{source.Type?.ToDisplayString()}'", "loop over numbers, or over a counter and switch on it");
        Value collection = ElementsOf(looped) ?? Single(looped, source);
        ThrowIfMissing(collection, source);
        Value count = collection.Type switch
        {
            BufferType => LengthOf(collection),
            ModelListType => _builder.Apply(new ModelCount(), collection),
            _ => throw UnsupportedStatement(
                loop.Collection, $"A foreach over '{loop.Collection.Type?.ToDisplayString()}'",
                SequenceAdvice(source) ?? "loop over a span, an array or a list"),
        };
        Counted(loop, [loop.Body], _builder.Int(0), count, 1, "", index =>
        {
            if (element is null)
            {
                Assigning(loop.LoopControlVariable, loop)(Read(ElementOf(collection, index, item), source));
                Statements([loop.Body], JumpKinds.To(loop.ContinueLabel));
                return;
            }

            if (element.RefKind != RefKind.None && collection.Type is BufferType)
            {
                // The name of the element itself.
                _places[element] = ElementOf(collection, index, item);
                Statements([loop.Body], JumpKinds.To(loop.ContinueLabel));
                return;
            }

            if (collection.Type is BufferType { Struct: not null })
            {
                Place own = Declare(element.Type, element.Name, source);
                Write(own, Read(ElementOf(collection, index, item), source), source);
                _places[element] = own;
                Statements([loop.Body], JumpKinds.To(loop.ContinueLabel));
                return;
            }

            if (ReferenceIn(collection, index) is { } referent)
            {
                Place name = Slot(element.Name, element.Type);
                Write(name, referent, source);
                _places[element] = name;
                Statements([loop.Body], JumpKinds.To(loop.ContinueLabel));
                return;
            }

            Value value = collection.Type is ModelListType list
                ? _builder.Named(element.Name, new ElementAt(), list.Element, collection, index)
                : _builder.Load(collection, index, element.Name);
            _locations.AddValue(value.Id, source.Syntax.GetLocation());
            Variable variable = NewVariable(element.Name, value.Type);
            _places[element] = new VariablePlace(variable);
            if (TypeMap.Element(element.Type) is ElementKind kind) value = _builder.Convert(value, kind);
            _state[variable] = value;
            EnterElement(collection, value);
            Statements([loop.Body], JumpKinds.To(loop.ContinueLabel));
        });
    }
}

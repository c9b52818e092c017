using System.Collections.Immutable;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private Variable NewVariable(string name, IrType? type) => new(_frame.IsInlined ? "" : name, _variableCount++, type);

    /// <summary>A new place for a local of a C# type: one variable, or one for each field of a tuple or struct.</summary>
    private Place Declare(ITypeSymbol type, string name, IOperation at) => Declare(type, name, at.Syntax.GetLocation());

    private Place Declare(ITypeSymbol type, string name, Location at)
    {
        type = TypeArguments.Of(type);
        if (ScalarOrBuffer(type, at) is IrType known) return new VariablePlace(NewVariable(name, known));
        if (ListElement(type) is { } listed) return DeclareList(type, ItemsOf(listed, at), name);
        if (RectangularElement(type) is ElementKind number) return DeclareRectangular((IArrayTypeSymbol)type, number, name);
        if (JaggedElement(type) is ElementKind item) return DeclareJagged(type, item, name);
        if (DeclareVector(type, name) is { } lanes) return lanes;
        if (IsNameOfObjects(type)) return Slot(name, type);
        if (TypeMap.Tensor(type) is not null || IsModel(type) || ModelList(type) is not null || TypeMap.IsObject(type) && !type.IsAnonymousType || IsObjectArray(type))
            return new VariablePlace(NewVariable(name, null));
        if (Components.Of(type) is { } components)
            return new AggregatePlace(
                type, components.Select(c => DeclareComponent(c, name, at)).ToImmutableArray());
        throw Unsupported(
            FrontEndDescriptors.UnsupportedType, at, name.Length == 0 ? "The value" : $"'{name}'", type.ToDisplayString(), SupportedTypes);
    }

    /// <summary>What a struct holds besides numbers only passes through.</summary>
    private Place DeclareComponent(Component component, string owner, Location at, bool isInObject = false)
    {
        string name = owner.Length == 0 ? "" : MemberNames.Leaf($"{owner}.{component.Name}");
        bool passesThrough = ScalarOrBuffer(component.Type, at) is null && TypeMap.Tensor(component.Type) is null && !IsModel(component.Type)
            && ModelList(component.Type) is null && Vector(component.Type) is null && Components.Of(component.Type) is null
            && !(isInObject && IsNameOfObjects(component.Type));
        if (passesThrough) return new VariablePlace(NewVariable(name, new OpaqueType(TypeText(component.Type))));
        Place place = Declare(component.Type, isInObject && IsNameOfObjects(component.Type) ? "" : name, at);
        if (component.HasNoGradient)
            foreach (Variable variable in Leaves(place)) variable.IsDetached = true;
        return place;
    }

    private const string SupportedTypes = "use numbers, spans and arrays of numbers, tuples or structs of them, Tensor<T>, or models";

    /// <summary>The variables of a place, in order.</summary>
    private static IEnumerable<Variable> Leaves(Place place) => place switch
    {
        VariablePlace variable => [variable.Variable],
        AggregatePlace aggregate => aggregate.Fields.SelectMany(Leaves),
        SlotPlace slot => [slot.Variable],
        NullableMemoryPlace memory => [memory.Memory, memory.IsMissing],
        ChosenPlace chosen => Leaves(chosen.First).Concat(Leaves(chosen.Second)),
        _ => [],
    };

    private Operand Read(Place place, IOperation at)
    {
        switch (place)
        {
            case VariablePlace { Variable: var variable }:
                if (_state[variable] is Value value) return new ValueOperand(value);
                if (variable.Type is ScalarType type) return new ValueOperand(_builder.Constant(type, 0));
                throw UnsupportedExpression(at, $"Reading '{variable.Name}' before it has a value", "assign it first");
            case AggregatePlace aggregate:
                return new AggregateOperand(aggregate.Type, aggregate.Fields.Select(f => Read(f, at)).ToImmutableArray());
            case ElementPlace element:
                return ReferenceIn(element.Buffer, element.Index) ?? ReadElement(element);
            case LanesPlace lanes:
                return ReadLanes(lanes, at);
            case RowPlace row:
                return new ValueOperand(Row(row.Array, row.Index, at));
            case TablePlace table:
                return ReadTable(table.Item);
            case ChosenPlace chosen:
                return Branch(chosen.Condition, at, () => Read(chosen.First, at), () => Read(chosen.Second, at))!;
            case PropertyPlace property:
                return AccessorCall(property, property.Property.GetMethod!, property.Arguments, at);
            case ObjectPlace made:
                return new ObjectOperand(made);
            case SlotPlace slot:
                return _state[slot.Variable] is Value held ? Referent(held) : throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}'", "assign an object first");
            case NullableMemoryPlace memory:
                return ReadMemory(memory, at);
            case FixedPlace @fixed:
                return @fixed.Operand;
            default:
                throw new UnsupportedException();
        }
    }

    private void Write(Place place, Operand operand, IOperation at)
    {
        switch (place, operand)
        {
            case (DiscardPlace, _):
                return;
            case (NullableMemoryPlace memory, NullOperand or ValueOperand { Value.Type: BufferType }):
                WriteMemory(memory, operand, at);
                return;
            case (VariablePlace { Variable: var variable }, ValueOperand { Value: var value }):
                Assign(variable, value, at);
                return;
            case (AggregatePlace target, AggregateOperand source) when target.Fields.Length == source.Fields.Length:
                for (int i = 0; i < target.Fields.Length; i++) Write(target.Fields[i], source.Fields[i], at);
                return;
            case (ElementPlace element, ValueOperand { Value: var value }):
                WriteElement(element, value);
                return;
            case (ElementPlace { Buffer: var references, Index: var which }, _) when IsReferent(operand) && _items.ContainsKey(references.Id):
                StoreReference(references, which, operand, at);
                return;
            case (ChosenPlace chosen, _):
                Branch(chosen.Condition, at, () => { Write(chosen.First, operand, at); return null; }, () => { Write(chosen.Second, operand, at); return null; });
                return;
            case (LanesPlace lanes, _):
                WriteVector(lanes, operand, at);
                return;
            case (RowPlace row, ValueOperand { Value: var view }) when TryReferTo(row, view, at):
                return;
            case (RowPlace, _):
                throw UnsupportedExpression(at, "Assigning a row in this way", "assign rows one by one, each with a new array or with another row of the same one");
            case (SlotPlace { Variable: var slot }, _) when operand is ValueOperand || IsReferent(operand):
                Assign(slot, operand is ValueOperand { Value: var outside } ? outside : ReferenceTo(operand, _builder), at);
                return;
            case (PropertyPlace property, _):
                AccessorCall(property, property.Property.SetMethod!, property.Arguments.Add(operand), at);
                return;
            case (PoisonedPlace, _):
                throw new UnsupportedException();
            case (TablePlace, _) or (FixedPlace { Operand: TableOperand }, _):
                throw OnlyRead(at);
            case (VariablePlace { Variable: { Name.Length: > 0 } named }, _) when IsReferent(operand):
                throw UnsupportedExpression(at, $"Letting '{named.Name}' refer to an object or function of this method, and to another one,", MakeBoth);
            default:
                throw UnsupportedExpression(at, "This assignment", "assign to a local, an element, or a field of a local struct");
        }
    }

    /// <summary>Gives a variable its next state. A value that has just been computed takes the variable's name.</summary>
    private void Assign(Variable variable, Value value, IOperation at)
    {
        if (variable.Type is ScalarType scalar) value = _builder.Convert(value, scalar.Kind);
        if (variable.IsDetached && value.Type is ScalarType { IsDifferentiable: true }) value = _builder.Scalar(ScalarOp.Detach, value);
        if (variable.Name.Length > 0) value = _builder.Name(value, variable.Name);
        if (variable.Referred is null) variable.Type ??= value.Type;
        _state[variable] = value;
        if (_locations.Value(value.Id) is null) _locations.AddValue(value.Id, at.Syntax.GetLocation());
    }

    private Value Single(Operand operand, IOperation at) => operand is ValueOperand { Value: var value }
        ? value
        : operand is NullOperand ? throw UnsupportedExpression(at, "null in place of a number or of memory", "use a number, an empty array, or a truth value beside it")
        : operand is TableOperand ? throw OnlyRead(at)
        : operand is FunctionOperand ? throw UnsupportedExpression(at, "Handing on a function", "call it here, or give it to a method of this project")
        : throw UnsupportedExpression(at, "Using this as one value", "use its fields one by one");
}

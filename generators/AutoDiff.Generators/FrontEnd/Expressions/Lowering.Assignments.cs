using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private Operand Assignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.IsRef) return Refer(assignment);
        RefuseAlias(assignment.Value);
        Place place = PlaceOf(assignment.Target);
        if (place is RowPlace row)
        {
            AssignRow(row, assignment.Value);
            return Nothing;
        }

        Operand value = Visit(assignment.Value);
        NameRow(assignment.Value, assignment);
        if (place is FixedPlace) throw UnsupportedExpression(assignment, "Assigning this again", "use one local for each");
        Write(place, value, assignment);
        return ValueAssigned(place, value, assignment);
    }

    /// <summary>The value of an assignment: what was assigned, under the name of the variable. No element or property is read again for it.</summary>
    private Operand ValueAssigned(Place place, Operand value, IOperation at) => place is VariablePlace || place is AggregatePlace && Leaves(place).Any() ? Read(place, at) : value;

    private Operand CompoundAssignment(ICompoundAssignmentOperation assignment)
    {
        if (assignment.IsLifted) return LiftedCompound(assignment);
        if (assignment.Type?.TypeKind == TypeKind.Delegate)
            throw UnsupportedExpression(assignment, "A delegate of several functions", "call one function after the other, or write one lambda that does");
        Place place = PlaceOf(assignment.Target);
        if (assignment.OperatorMethod is { IsStatic: false } inPlace && (IsOfValueType(inPlace) || IsObject(inPlace.ContainingType)))
        {
            // It works on the variable itself.
            Inline(inPlace, [Visit(assignment.Value)], assignment, receiver: Referred(place));
            return Read(place, assignment);
        }

        Operand before = Read(place, assignment.Target);
        if (assignment.OperatorMethod is { } method && IsInlinedOperator(method))
        {
            if (assignment.InConversion.MethodSymbol is { } into) before = ValueMember(into, [before], assignment);
            Operand result = ValueMember(method, [before, Visit(assignment.Value)], assignment);
            if (assignment.OutConversion.MethodSymbol is { } from) result = ValueMember(from, [result], assignment);
            Write(place, result, assignment);
            return result;
        }

        if (place is LanesPlace && VectorBinary(assignment.OperatorKind, before, Visit(assignment.Value), assignment.Type, assignment) is { } lanes)
        {
            Write(place, lanes, assignment);
            return ValueAssigned(place, lanes, assignment);
        }

        if (OperatorOf(assignment.OperatorKind) is not ScalarOp op)
            throw UnsupportedExpression(assignment, $"The operator in '{StepText.Of(assignment.Syntax)}'", "use +=, -=, *=, /= or %=");
        Value left = Single(before, assignment.Target), right = ValueOf(assignment.Value);
        if (left.Type is TensorType && assignment.OperatorMethod?.Name.EndsWith("Assignment", StringComparison.Ordinal) == true)
        {
            string target = StepText.Of(assignment.Target.Syntax);
            throw UnsupportedExpression(
                assignment, $"'{StepText.Of(assignment.Syntax)}', which changes the elements of a tensor that others may hold,",
                $"write '{target} = {target} …'");
        }

        ElementKind own = left.Element;
        if (left.Type is ScalarType && op is not (ScalarOp.ShiftLeft or ScalarOp.ShiftRight) && right.Type is ScalarType)
            left = _builder.Convert(left, right.Element);
        Value sum = Arithmetic(op, left, right, assignment);
        if (sum.Type is ScalarType) sum = _builder.Convert(sum, own);
        Write(place, new ValueOperand(sum), assignment);
        return ValueAssigned(place, new ValueOperand(sum), assignment);
    }

    private Operand Increment(IIncrementOrDecrementOperation increment)
    {
        Place place = PlaceOf(increment.Target);
        if (increment.OperatorMethod is { } method && (IsOfValueType(method) || IsObject(method.ContainingType)))
        {
            Operand old = Read(place, increment.Target);
            if (!method.IsStatic)
            {
                Inline(method, [], increment, receiver: Referred(place));
                return increment.IsPostfix ? old : Read(place, increment);
            }

            Operand next = ValueMember(method, [old], increment);
            Write(place, next, increment);
            return increment.IsPostfix ? old : ValueAssigned(place, next, increment);
        }

        Value before = ValueOf(Read(place, increment.Target), increment);
        if (before.Type is not ScalarType type) throw UnsupportedExpression(increment, "++ or -- on this", "use it on numbers");
        ScalarOp op = increment.Kind == OperationKind.Increment ? ScalarOp.Add : ScalarOp.Subtract;
        Value after = _builder.Apply(new Elementwise(op) { Overflow = OverflowOf(op, type.Kind, increment) }, before, _builder.Constant(type, 1));
        Write(place, new ValueOperand(after), increment);
        return increment.IsPostfix ? new ValueOperand(before) : ValueAssigned(place, new ValueOperand(after), increment);
    }

    /// <summary>The object behind a name, or the place of a struct.</summary>
    private Place Referred(Place place) => place is SlotPlace { Variable: var slot } && _state[slot] is Value held && Referent(held) is ObjectOperand { Place: var made } ? made : place;

    private Value ValueOf(Operand operand, IOperation at) => Single(operand, at);

    /// <summary><c>(a[i], i) = (b, 0)</c>: places first, then every right side, and only then the first left side changes.</summary>
    private Operand Deconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        Action<Operand> assign = Assigning(deconstruction.Target, deconstruction);
        Operand value = Visit(deconstruction.Value);
        assign(value);
        return value;
    }

    private Action<Operand> Assigning(IOperation target, IOperation at)
    {
        if (target is IDeclarationExpressionOperation declaration) target = declaration.Expression;
        if (target is not ITupleOperation tuple)
        {
            Place place = PlaceOf(target);
            return value => Write(place, value, at);
        }

        Action<Operand>[] parts = tuple.Elements.Select(element => Assigning(element, at)).ToArray();
        return value =>
        {
            ImmutableArray<Operand> values = Deconstructed(value, parts.Length, at);
            for (int i = 0; i < parts.Length; i++) parts[i](values[i]);
        };
    }

    /// <summary>The place that an expression denotes; index expressions are evaluated here, once.</summary>
    private Place PlaceOf(IOperation target)
    {
        switch (target)
        {
            case IDiscardOperation:
                return new DiscardPlace();
            case IParenthesizedOperation parenthesized:
                return PlaceOf(parenthesized.Operand);
            case IConditionalOperation { IsRef: true } choice:
                return ChosenPlaceOf(choice);
            case IInvocationOperation { TargetMethod: { ReturnsByRef: true } or { ReturnsByRefReadonly: true } } call:
                return ReturnedPlace(call);
            case IArrayElementReferenceOperation element when TableItem(element) is { } item:
                return new TablePlace(item);
            case IArrayElementReferenceOperation { Indices.Length: > 1 } element:
                return RectangularPlace(element);
            case IInlineArrayAccessOperation { Argument: not IRangeOperation } element:
                return InlinePlace(element);
            case IDeclarationExpressionOperation declaration:
                return PlaceOf(declaration.Expression);
            case ILocalReferenceOperation local:
                if (!_places.TryGetValue(local.Local, out Place? place))
                {
                    if (!local.IsDeclaration) throw new UnsupportedException();
                    _places[local.Local] = place = Declare(local.Local.Type, local.Local.Name, local);
                }

                return place;
            case IParameterReferenceOperation parameter:
                return _places.TryGetValue(parameter.Parameter, out Place? own) ? own
                    : _frame.This is ObjectPlace or AggregatePlace && ComponentPlace(_frame.This, parameter.Parameter) is { } captured ? captured
                    : KeptTable(parameter.Parameter) is { } kept ? new TablePlace(kept)
                    : throw Unsupported(
                        FrontEndDescriptors.OutsideState, parameter, parameter.Parameter.Name,
                        TypeMap.Buffer(parameter.Type) is null ? "keep it in a field or property and read that" : "pass the array as a parameter of the method");
            case IInstanceReferenceOperation when _frame.This is not null:
                return _frame.This;
            case IMemberReferenceOperation { Instance: not null } member when PlaceInObject(member) is { } held:
                return held;
            case IPropertyReferenceOperation { Property.SetMethod: { } } property when AccessorsOf(property) is { } accessors:
                return accessors;
            case IFieldReferenceOperation { Instance: { } instance } field when Components.Of(instance.Type) is not null:
                Place holding = PlaceOf(instance);
                if (holding is PoisonedPlace) return holding;
                return Components.IndexOf(instance.Type, field.Field) is >= 0 and var index && PartOf(holding, index) is { } part ? part : throw UnsupportedExpression(target, $"Writing '{StepText.Of(target.Syntax)}'", "write to a field of a local");
            case IPropertyReferenceOperation { Instance: { Type: { } owner } holder } property 
                when Components.IndexOf(owner, property.Property) is >= 0 and var component:
                return PartOf(PlaceOf(holder), component) ?? throw new UnsupportedException();
            case IArrayElementReferenceOperation { Indices: [not IRangeOperation and var which] } row when JaggedOf(row.ArrayReference) is { } rows:
                return RowOf(rows, which);
            case IImplicitIndexerReferenceOperation { Argument: not IRangeOperation } row when JaggedOf(row.Instance) is { } rows:
                return RowOf(rows, row.Argument);
            case IArrayElementReferenceOperation { Indices: [var only] } element:
                Value array = ArrayOf(element.ArrayReference);
                return ElementOf(array, IndexInto(array, only), element.Type);
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } receiver,
                Arguments: [var argument] } when TypeMap.Buffer(receiver.Type) is not null:
                Value span = ValueOf(receiver);
                return ElementOf(span, IndexInto(span, argument.Value), target.Type);
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list, Arguments: [var position] } when ListElement(list.Type) is not null:
                return ListPlace(list, position.Value);
            case IImplicitIndexerReferenceOperation fromEnd when ListElement(fromEnd.Instance.Type) is not null:
                return ListPlace(fromEnd.Instance, fromEnd.Argument);
            case IImplicitIndexerReferenceOperation implicitIndexer when TypeMap.Buffer(implicitIndexer.Instance.Type) is not null:
                Value buffer = ValueOf(implicitIndexer.Instance);
                return ElementOf(buffer, IndexInto(buffer, implicitIndexer.Argument), target.Type);
            case IInlineArrayAccessOperation:
                throw UnsupportedExpression(target, "An element of an inline array", "use a span, stackalloc or fields");
            case IPropertyReferenceOperation or IFieldReferenceOperation:
                ISymbol outside = ((IMemberReferenceOperation)target).Member;
                throw Unsupported(
                    FrontEndDescriptors.OutsideState, target, outside.Name, "return the new value, or write it to a parameter");
            default:
                throw UnsupportedExpression(
                    target, $"Assigning to '{StepText.Of(target.Syntax)}'", "assign to a local, a parameter or an element");
        }
    }

    /// <summary>A component of a struct, as a place; null where the struct is none.</summary>
    private static Place? PartOf(Place place, int component) => place switch
    {
        AggregatePlace aggregate => aggregate.Fields[component],
        TablePlace { Item: var item } => new TablePlace(PartOf(item, Components.Of(item.Type)!.Value[component])),
        ChosenPlace chosen when PartOf(chosen.First, component) is { } first && PartOf(chosen.Second, component) is { } second => new ChosenPlace(chosen.Condition, first, second),
        _ => null,
    };
}

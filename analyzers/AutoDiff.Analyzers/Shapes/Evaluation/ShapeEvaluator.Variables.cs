using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

internal sealed partial class ShapeEvaluator
{
    /// <summary>What the compiler's temporaries stand for where they are assigned to: <c>h = a ? b : c</c> keeps h first.</summary>
    private readonly Dictionary<CaptureId, IOperation> _places = [];

    private ShapeValue Capture(IFlowCaptureOperation capture)
    {
        if (capture.Value is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation)
            _places[capture.Id] = capture.Value;
        return Assign(capture.Id, Evaluate(capture.Value));
    }

    private ShapeValue Assignment(ISimpleAssignmentOperation assignment)
    {
        ShapeValue value = Evaluate(assignment.Value);
        Store(assignment.Target, value, assignment.Value);
        return value;
    }

    private void Store(IOperation target, ShapeValue value, IOperation? from)
    {
        if (value is ModelValue { IsTracked: true } model && target is IArrayElementReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation)
        {
            State.Untrack(m => m.Creation == model.Creation);
            value = model with { IsTracked = false };
        }

        switch (target)
        {
            case IDeclarationExpressionOperation declaration:
                Store(declaration.Expression, value, from);
                break;
            case ILocalReferenceOperation { Local: { IsRef: true } local } when !IsDeclared(target):
                State.ForgetTensorsOfCollections();
                State.ForgetTensors();
                Assign(local, value);
                break;
            case ILocalReferenceOperation { Local: var local }:
                Assign(local, Named(local, local.Type, value, target));
                break;
            case IParameterReferenceOperation { Parameter: var parameter }:
                Assign(parameter, Named(parameter, parameter.Type, value, target));
                break;
            case IArrayElementReferenceOperation { Indices: [var index] } element:
                StoreElement(element.ArrayReference, Evaluate(index), value);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection, Arguments: [var at] }:
                if (Evaluate(collection) is not TensorValue) StoreElement(collection, Key(at.Value), value);
                else if (Evaluate(target) is TensorValue part && from is not null)
                    CheckWritten(target, from, part, SourceText.Of(target.Syntax));
                break;
            case IFieldReferenceOperation { Instance: { } holder, Field: var field } when Evaluate(holder) is TupleValue whole:
                Store(holder, WithItem(whole, field, value), null);
                break;
            case ITupleOperation tuple:
                if (value is ModelValue record) value = Deconstructed(record);
                for (int i = 0; i < tuple.Elements.Length; i++)
                    Store(tuple.Elements[i], value is TupleValue { Items: var items } && i < items.Length ? items[i]
                        : ShapeValue.Unknown, null);
                break;
            case IDiscardOperation:
                break;
            case IFlowCaptureReferenceOperation { Id: var id }:
                Assign(id, value);
                if (_places.TryGetValue(id, out IOperation? place)) Store(place, value, from);
                break;
            default:
                // A member with a shape text keeps that shape: what is put into it has to have it.
                if (from is not null && target is IMemberReferenceOperation { Member: var member } && (member.ShapeText() ?? member.ParameterShapeText()) is not null)
                    CheckStored(target, Declared(member, target), value, from);
                if (target is IMemberReferenceOperation { Member: var written }) MemberWritten?.Invoke(written, target, value);
                StoreMember(target, value);
                break;
        }
    }

    /// <summary>Whether a name is bound here for the first time, and not written through.</summary>
    private static bool IsDeclared(IOperation target) => target.Syntax is VariableDeclaratorSyntax or ForEachStatementSyntax;

    /// <summary>What the declaration of a member says it holds, whatever it holds now.</summary>
    private ShapeValue Declared(ISymbol member, IOperation target)
    {
        ShapeValue value = MemberValues.Of(_scope, member);
        return target is not IMemberReferenceOperation { Instance: { } instance } ? value : Evaluate(instance) switch
        {
            ModelValue { IsThis: true } self => Declares(self.Type, member) ? value : Inheritance.In(_scope, self.Type, member.ContainingType, value),
            ModelValue model when Declares(model.Type, member) => Substitution.In(value, name => model.Argument(name) ?? SizeIn(model, name)),
            _ => Substitution.In(value, static _ => null),
        };
    }

    private ShapeValue Assign(object variable, ShapeValue value)
    {
        if (value is ModelValue { IsTracked: true } model && variable is ISymbol captured && _names.Captured.Contains(captured)) value = model with { IsTracked = false };
        bool isShared = variable is ISymbol symbol && _names.Shared.Contains(symbol);
        if (isShared) SharedWritten?.Invoke((ISymbol)variable, value);
        State[variable] = isShared ? ShapeValue.Unknown : value;
        return value;
    }

    /// <summary>An integer of which nothing is known gets a name of its own, after the variable.</summary>
    private ShapeValue Named(ISymbol variable, ITypeSymbol type, ShapeValue value, IOperation at)
    {
        bool isUnknown = value is UnknownValue || value is NumberValue number && number.Size.IsUnknown();
        if (!isUnknown || !IsInteger(type)) return value;
        string name = $"{variable.Name}#{at.Syntax.SpanStart.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        State.Forget(name);
        return new NumberValue(Dim.Symbol(name));
    }

    /// <summary>Whatever a statement writes is not known any more.</summary>
    public void ForgetWritten(IOperation statement)
    {
        foreach (IOperation operation in statement.DescendantsAndSelf())
        {
            IOperation? target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation increment => increment.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                _ => null,
            };
            if (target is not null) Store(target, ShapeValue.Unknown, null);
        }
    }

    /// <summary>
    /// A number that changes, and that a condition compares with what is not known: who asks sees to it that it fits from here on, so that nothing may be said in the number
    /// that it happens to be here.
    /// </summary>
    public void ForgetGuarded(IOperation? condition)
    {
        while (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not) condition = not.Operand;
        if (condition is IInvocationOperation or IPropertyReferenceOperation) ForgetAsked(condition);
        if (condition is not IBinaryOperation { Syntax.Parent: not ForStatementSyntax } comparison
            || comparison.OperatorKind is not (BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan
                or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)) return;
        Forget(comparison.LeftOperand, comparison.RightOperand);
        Forget(comparison.RightOperand, comparison.LeftOperand);

        void Forget(IOperation guarded, IOperation bound)
        {
            if (Bare(guarded) is ILocalReferenceOperation { Local: var variable } reference && _names.Reassigned.Contains(variable) && Size(reference).Literal is not null
                && Bare(bound) is IMemberReferenceOperation or IParameterReferenceOperation && Size(bound).IsUnknown())
                Assign(variable, Named(variable, variable.Type, ShapeValue.Unknown, condition));
        }
    }

    /// <summary>Tensors that change from round to round, and that a question which is not understood is asked of.</summary>
    private void ForgetAsked(IOperation question)
    {
        foreach (IOperation operand in question.ChildOperations.Select(static o => o is IArgumentOperation argument ? argument.Value : o))
            if (Bare(operand) is ILocalReferenceOperation { Local: var variable } && State[variable] is TensorValue && (_names.Reassigned.Contains(variable) || IsOfALoop(variable)))
                Assign(variable, ShapeValue.Unknown);
    }

    private static IOperation Bare(IOperation operation) => operation is IConversionOperation conversion ? Bare(conversion.Operand) : operation;

    private ShapeValue Forgotten(IOperation target)
    {
        Store(target, ShapeValue.Unknown, null);
        return ShapeValue.Unknown;
    }

    /// <summary>A record as the tuple of what it was made with.</summary>
    private ShapeValue Deconstructed(ModelValue record) => record.Type.IsRecord && TypeNames.Of(_scope, record.Type).Constructor is { } constructor
        ? new TupleValue(constructor.Parameters.Select(p => record.Value(p.Name)).ToEquatable()) : ShapeValue.Unknown;

    private ShapeValue Deconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        ShapeValue value = Evaluate(deconstruction.Value);
        Store(deconstruction.Target, value, null);
        return value;
    }

    private ShapeValue Increment(IIncrementOrDecrementOperation increment)
    {
        Dim step = increment.Kind == OperationKind.Increment ? Dim.One : Dim.Constant(-1);
        Dim size = Size(increment.Target);
        ShapeValue value = size.IsUnknown() ? ShapeValue.Unknown : new NumberValue(size + step);
        Store(increment.Target, value, null);
        return increment.IsPostfix ? new NumberValue(size) : value;
    }

    private ShapeValue CompoundAssignment(ICompoundAssignmentOperation compound)
    {
        ShapeValue left = Evaluate(compound.Target), right = Evaluate(compound.Value), value;
        if (left is TensorValue || right is TensorValue)
        {
            // In place where the operator is: the target keeps its shape.
            value = Elementwise(compound, [compound.Target, compound.Value], [left, right], isOperator: true);
            if (compound.OperatorMethod is { ReturnsVoid: true })
            {
                CheckInPlace(compound, left, right);
                value = left;
            }

        }
        else
        {
            value = left is NumberValue a && right is NumberValue b
                ? new NumberValue(Numbers.Combine(compound.OperatorKind, a.Size, b.Size)) : ShapeValue.Unknown;
        }

        Store(compound.Target, value, null);
        return value;
    }

    /// <summary>An operator that writes into its left operand does not make it any larger.</summary>
    private void CheckInPlace(ICompoundAssignmentOperation compound, ShapeValue left, ShapeValue right)
    {
        if (left is not TensorValue { Shape: { HasRest: false } target } || right is not TensorValue { Shape: { HasRest: false } added }) return;
        bool isLarger = added.Rank > target.Rank && added.Dims.Take(added.Rank - target.Rank).Any(static d => d.Literal is > 1);
        for (int i = 1; i <= Math.Min(added.Rank, target.Rank); i++) isLarger |= target[target.Rank - i].IsOne && added[added.Rank - i].Literal is > 1;
        if (isLarger)
            Report(ShapeDescriptors.Broadcast, compound.Value,
                $"{Described(compound.Value, right)}, which does not go into '{SourceText.Of(compound.Target.Syntax)}' in place, which is {Text(target)}");
    }

    private ShapeValue Binary(IBinaryOperation binary)
    {
        ShapeValue left = Evaluate(binary.LeftOperand), right = Evaluate(binary.RightOperand);
        if (binary.OperatorMethod is { } method && !IsOfTensors(method))
            return Overloaded(binary, method, [left, right]);
        if (left is NumberValue a && right is NumberValue b)
        {
            if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)
                _names.Compare(a.Size.Symbols.Concat(b.Size.Symbols));
            if (Numbers.Compare(binary.OperatorKind, a.Size, b.Size) is bool truth) return new BooleanValue(truth);
            return IsInteger(binary.Type) ? new NumberValue(Numbers.Combine(binary.OperatorKind, a.Size, b.Size)) : ShapeValue.Unknown;
        }

        if (left is BooleanValue or UnknownValue && right is BooleanValue or UnknownValue
            && binary.Type?.SpecialType == SpecialType.System_Boolean) return Logic(binary.OperatorKind, left, right);
        return left is TensorValue || right is TensorValue
            ? Elementwise(binary, [binary.LeftOperand, binary.RightOperand], [left, right], isOperator: true)
            : ShapeValue.Unknown;
    }

    private static bool IsOfTensors(IMethodSymbol method)
        => method.IsIn("System.Numerics.Tensors");

    private ShapeValue Unary(IUnaryOperation unary)
    {
        ShapeValue value = Evaluate(unary.Operand);
        if (unary.OperatorMethod is { } method && !IsOfTensors(method)) return Overloaded(unary, method, [value]);
        return (unary.OperatorKind, value) switch
        {
            (UnaryOperatorKind.Hat, NumberValue number) => new IndexValue(number.Size, true),
            (UnaryOperatorKind.Minus, NumberValue number)
                => new NumberValue(Numbers.Combine(BinaryOperatorKind.Subtract, Dim.Zero, number.Size)),
            (UnaryOperatorKind.Plus or UnaryOperatorKind.Minus, TensorValue) => value,
            (UnaryOperatorKind.Not, BooleanValue truth) => new BooleanValue(!truth.Value),
            _ => ShapeValue.Unknown,
        };
    }

    private static ShapeValue Logic(BinaryOperatorKind operation, ShapeValue left, ShapeValue right)
    {
        bool? a = (left as BooleanValue)?.Value, b = (right as BooleanValue)?.Value;
        bool? truth = operation switch
        {
            BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => And(a, b),
            BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => !And(!a, !b),
            BinaryOperatorKind.Equals when a is not null && b is not null => a == b,
            BinaryOperatorKind.NotEquals when a is not null && b is not null => a != b,
            _ => null,
        };
        return truth is bool known ? new BooleanValue(known) : ShapeValue.Unknown;
    }

    private static bool? And(bool? a, bool? b) => a == false || b == false ? false : a == true && b == true ? true : null;
}

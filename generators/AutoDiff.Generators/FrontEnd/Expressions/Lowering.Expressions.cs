using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// The dispatch of expressions; each family is a file of its own.
internal sealed partial class Lowering
{
    private Value ValueOf(IOperation operation) => Single(Visit(operation), operation);

    private Operand Visit(IOperation operation)
    {
        cancellation.ThrowIfCancellationRequested();
        IOperation? outer = _current;
        _current = operation;
        try
        {
            Operand result = ConstantOf(operation) is Value constant ? new ValueOperand(constant)
                : operation.ConstantValue is { HasValue: true, Value: string text } ? Text(text)
                : Evaluated(operation) ?? Expression(operation);
            if (result is ValueOperand { Value: var value }) _locations.AddValue(value.Id, operation.Syntax.GetLocation());
            return result;
        }
        finally
        {
            _current = outer;
        }
    }

    private Operand Expression(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => Local(local),
        IParameterReferenceOperation parameter => Captured(parameter) ?? Read(PlaceOf(parameter), parameter),
        IFieldReferenceOperation field => Field(field),
        IPropertyReferenceOperation property => Property(property),
        IInstanceReferenceOperation instance => Instance(instance),
        IParenthesizedOperation parenthesized => Visit(parenthesized.Operand),
        ISimpleAssignmentOperation assignment => Assignment(assignment),
        ICompoundAssignmentOperation assignment => CompoundAssignment(assignment),
        IIncrementOrDecrementOperation increment => Increment(increment),
        IDeconstructionAssignmentOperation deconstruction => Deconstruction(deconstruction),
        IBinaryOperation binary => Binary(binary),
        IUnaryOperation unary => Unary(unary),
        IConditionalOperation choice => Conditional(choice),
        ICoalesceOperation coalesce => Coalesce(coalesce),
        ICoalesceAssignmentOperation assignment => CoalesceAssignment(assignment),
        IConditionalAccessOperation access => ConditionalAccess(access),
        IConditionalAccessInstanceOperation => _conditional.Peek(),
        ITupleBinaryOperation comparison => TupleComparison(comparison),
        IConversionOperation conversion => Conversion(conversion),
        IInvocationOperation invocation => Invocation(invocation),
        IArrayElementReferenceOperation element => ArrayElement(element),
        IImplicitIndexerReferenceOperation element => ImplicitIndexer(element),
        IArrayCreationOperation creation => ArrayCreation(creation),
        ICollectionExpressionOperation collection => Collection(collection),
        ITupleOperation tuple => Tuple(tuple),
        IObjectCreationOperation creation => ObjectCreation(creation),
        IDefaultValueOperation value => Default(value),
        ISwitchExpressionOperation choice => SwitchExpression(choice),
        IIsPatternOperation pattern => IsPattern(pattern),
        ILiteralOperation { ConstantValue: { HasValue: true, Value: null } } => _candidates[0],
        IIsTypeOperation { IsNegated: false } test when Visit(test.ValueOperand) is var tested && IsReferent(tested) => new ValueOperand(HasType(tested, test.TypeOperand)),
        IIsTypeOperation { IsNegated: false } test when TypeMap.IsObject(test.ValueOperand.Type!) => new ValueOperand(IsInstance(ValueOf(test.ValueOperand), test.TypeOperand)),
        IWithOperation with => With(with),
        ITranslatedQueryOperation query => Visit(query.Operation),
        IAnonymousObjectCreationOperation creation => AnonymousObject(creation),
        IDelegateCreationOperation creation => Visit(creation.Target),
        IAnonymousFunctionOperation lambda => new FunctionOperand(lambda, lambda.Symbol),
        IMethodReferenceOperation reference => MethodGroup(reference),
        IDeclarationExpressionOperation declaration => Read(PlaceOf(declaration), declaration),
        _ when operation.Syntax is StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax
            => StackAllocation(operation),
        IInterpolatedStringOperation
            => throw UnsupportedExpression(operation, "A string", "make strings in the caller"),
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation
            => throw UnsupportedExpression(operation, "A dynamic expression", "give the variable its static type"),
        IAwaitOperation => throw UnsupportedExpression(operation, "await", "await in the caller and pass the value"),
        IInlineArrayAccessOperation element => InlineElement(element),
        _ when operation.Type?.SpecialType == SpecialType.System_Decimal => throw UnsupportedExpression(operation, $"'{StepText.Of(operation.Syntax)}', a decimal,", "compute with double"),
        IInvalidOperation => throw new UnsupportedException(),
        _ => throw UnsupportedExpression(
            operation, $"The {operation.Syntax.Kind()} '{StepText.Of(operation.Syntax)}'", "write it with arithmetic, calls and locals"),
    };

    /// <summary>A compile-time constant of a number type, or null.</summary>
    private Value? ConstantOf(IOperation operation)
    {
        if (operation.ConstantValue is not { HasValue: true, Value: { } value } || TypeMap.Element(operation.Type) is not ElementKind kind)
            return null;
        return ConstantOf(kind, value);
    }

    private Value ConstantOf(ElementKind kind, object value)
    {
        var type = new ScalarType(kind);
        Value result = _values.New(type);
        long bits = value switch
        {
            double d => BitConverter.DoubleToInt64Bits(d),
            float f => BitConverter.DoubleToInt64Bits(f),
            bool b => b ? 1 : 0,
            ulong u => unchecked((long)u),
            _ => System.Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        };
        _builder.Append(new Constant(result, bits));
        if (kind.IsInteger()) _dims[result.Id] = Dim.Constant(bits);
        return result;
    }

    private Operand Local(ILocalReferenceOperation local)
    {
        if (local.IsDeclaration) return Read(PlaceOf(local), local);
        if (_places.TryGetValue(local.Local, out Place? place)) return Read(place, local);
        throw _diagnostics.Count > 0 ? new UnsupportedException()
            : UnsupportedExpression(local, $"'{local.Local.Name}'", "declare it in the method");
    }

    private Operand Conditional(IConditionalOperation choice)
    {
        if (VectorChoice(choice) is { } vector) return vector;
        Value condition = ValueOf(choice.Condition);
        if (condition.Type is TensorType)
        {
            Value whenTrue = ValueOf(choice.WhenTrue), whenFalse = ValueOf(choice.WhenFalse!);
            return new ValueOperand(TensorElementwise(ScalarOp.Select, choice, condition, whenTrue, whenFalse));
        }

        return Branch(condition, choice, () => ValueOrThrow(choice.WhenTrue), () => ValueOrThrow(choice.WhenFalse!))
            ?? throw new UnsupportedException();
    }

    private Operand Tuple(ITupleOperation tuple)
        => new AggregateOperand(tuple.NaturalType ?? tuple.Type!, tuple.Elements.Select(e => Computed(Visit(e), e)).ToImmutableArray());

    private Operand Default(IOperation value) => DefaultOf(value.Type!, value);

    private Operand DefaultOf(ITypeSymbol type, IOperation at)
    {
        type = TypeArguments.Of(type);
        if (TypeMap.Element(type) is ElementKind kind) return new ValueOperand(_builder.Constant(new ScalarType(kind), 0));
        if (Vector(type) is not null) return Filled(type, static (builder, lane) => builder.Constant(lane, 0));
        if (Components.Of(type) is { } components) return new AggregateOperand(type, components.Select(f => DefaultOf(f.Type, at)).ToImmutableArray());
        if (TypeMap.Buffer(type) is (_, not BufferKind.Array) && ScalarOrBuffer(type, at.Syntax.GetLocation()) is BufferType span)
            return new ValueOperand(Allocate(span with { Kind = BufferKind.Span }, _builder.Int(0)));
        if (IsReference(type) || type.TypeKind is TypeKind.Delegate or TypeKind.Array) return _candidates[0];
        throw UnsupportedExpression(at, $"default({type.ToDisplayString()})", "use a number, or new with a length");
    }
}

using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>
/// The abstract value of an expression: its shape in symbolic sizes. Works on the bound tree and on the operations of a control flow
/// graph; what it does not know is unknown, which nothing is ever said about.
/// </summary>
internal sealed partial class ShapeEvaluator
{
    private readonly AnalysisScope _scope;
    private readonly INamedTypeSymbol? _type;
    private readonly MethodNames _names;
    private readonly AnalyzerSizes _sizes;
    private readonly Findings? _findings;
    private readonly Callees _callees;

    /// <summary>For a method, whose findings are reported.</summary>
    /// <param name="callees">Follows calls of methods whose source is here.</param>
    public ShapeEvaluator(AnalysisScope scope, INamedTypeSymbol? type, MethodNames names, Findings findings, Callees callees)
    {
        _scope = scope;
        _type = type;
        _names = names;
        _sizes = new AnalyzerSizes(names);
        _findings = findings;
        _callees = callees;
    }

    /// <summary>For the initialiser of a member: nothing is reported.</summary>
    public ShapeEvaluator(AnalysisScope scope, INamedTypeSymbol type)
    {
        _scope = scope;
        _type = type;
        _names = MethodNames.None;
        _sizes = new AnalyzerSizes(_names);
        _callees = new Callees(scope, _names, CancellationToken.None);
    }

    /// <summary>The control flow graph that is walked; null for an expression by itself.</summary>
    public ControlFlowGraph? Graph { get; init; }

    /// <summary>The object whose method is followed; null for any object of the type.</summary>
    public ShapeValue? Receiver { get; init; }

    /// <summary>Told what is put into a member, and where.</summary>
    public Action<ISymbol, IOperation, ShapeValue>? MemberWritten { get; init; }

    /// <summary>Told what is put into a variable that nested functions write too.</summary>
    public Action<ISymbol, ShapeValue>? SharedWritten { get; init; }

    /// <summary>Told what an iterator hands out.</summary>
    public Action<ShapeValue>? Yielded { get; init; }

    public MethodNames Names => _names;

    /// <summary>Which result a call of several results is taken to have; null where only what holds of all of them is.</summary>
    public Choices? Choices { get; set; }

    /// <summary>Whether a call of several results was met.</summary>
    public bool MeetsChoices { get; private set; }

    /// <summary>What is known before the next operation.</summary>
    public FlowState State { get; set; } = new();

    private readonly Dictionary<IOperation, (FlowState State, ShapeValue Value)> _results = [];

    /// <summary>Runs one statement, whose calls and creations do what they do once, however often their values are asked for.</summary>
    public ShapeValue Run(IOperation? statement)
    {
        _results.Clear();
        return Evaluate(statement);
    }

    private ShapeValue Once(IOperation operation)
    {
        if (_results.TryGetValue(operation, out (FlowState State, ShapeValue Value) known) && known.State == State) return known.Value;
        ShapeValue value = operation switch
        {
            ISimpleAssignmentOperation assignment => Assignment(assignment),
            IDeconstructionAssignmentOperation deconstruction => Deconstruction(deconstruction),
            ICompoundAssignmentOperation compound => CompoundAssignment(compound),
            IIncrementOrDecrementOperation increment => Increment(increment),
            IInvocationOperation call => Invocation(call),
            _ => Creation((IObjectCreationOperation)operation),
        };
        _results[operation] = (State, value);
        return value;
    }

    public ShapeValue Evaluate(IOperation? operation)
    {
        if (operation is null) return ShapeValue.Unknown;
        if (operation.ConstantValue is { HasValue: true, Value: var constant } && Integer(constant) is long number)
            return Numbers.Of(number);
        if (operation.ConstantValue is { HasValue: true, Value: bool truth }) return new BooleanValue(truth);
        if (operation.ConstantValue is { HasValue: true, Value: null }) return new NullValue();
        return operation switch
        {
            ILocalReferenceOperation local => _names.Kept.TryGetValue(local.Local, out ShapeValue? kept) ? kept : State[local.Local],
            IParameterReferenceOperation parameter => ParameterValue(parameter.Parameter),
            IFlowCaptureReferenceOperation capture => State[capture.Id],
            IFlowCaptureOperation capture => Capture(capture),
            IInstanceReferenceOperation => This(),
            IConversionOperation conversion => Converted(conversion),
            IParenthesizedOperation parenthesized => Evaluate(parenthesized.Operand),
            IArgumentOperation argument => Evaluate(argument.Value),
            IExpressionStatementOperation statement => Evaluate(statement.Operation),
            ISimpleAssignmentOperation or IDeconstructionAssignmentOperation or ICompoundAssignmentOperation or IIncrementOrDecrementOperation
                or IInvocationOperation or IObjectCreationOperation => Once(operation),
            IBinaryOperation binary => Binary(binary),
            IUnaryOperation unary => Unary(unary),
            IPropertyReferenceOperation property => Property(property),
            IFieldReferenceOperation field => Member(field.Instance, field.Field, field),
            IArrayElementReferenceOperation element => ArrayElement(element),
            IImplicitIndexerReferenceOperation indexer => Indexed(indexer),
            IArrayCreationOperation array => ArrayCreation(array),
            ICollectionExpressionOperation collection => Collection(collection),
            IRangeOperation range => RangeOf(range),
            ITupleOperation tuple => new TupleValue(tuple.Elements.Select(HandedOn).ToEquatable()),
            IConditionalOperation conditional => Conditional(conditional),
            ICoalesceOperation coalesce => Joins.Of(Evaluate(coalesce.Value), Evaluate(coalesce.WhenNull)),
            IDeclarationExpressionOperation => Forgotten(operation),
            IIsPatternOperation pattern => Tested(pattern),
            IIsTypeOperation test => IsOf(Evaluate(test.ValueOperand), test.TypeOperand) is bool matches ? new BooleanValue(matches != test.IsNegated) : ShapeValue.Unknown,
            IIsNullOperation test => Evaluate(test.Operand) is NullValue ? new BooleanValue(true) : ShapeValue.Unknown,
            IAwaitOperation wait => Evaluate(wait.Operation),
            IReturnOperation { Kind: OperationKind.YieldReturn, ReturnedValue: { } item } => HandOut(item),
            IFlowAnonymousFunctionOperation lambda => new FunctionValue(lambda.Symbol, lambda) { Graph = Graph, Captured = Captured(lambda.Syntax) },
            IAnonymousFunctionOperation lambda => new FunctionValue(lambda.Symbol, lambda),
            IDelegateCreationOperation { Target: var target } => Evaluate(target),
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local } when _findings is not null && local.OriginalDefinition.DeclaringSyntaxReferences is [var declaration]
                => new FunctionValue(local, null) { Graph = Graph, Captured = Captured(declaration.GetSyntax()) },
            IMethodReferenceOperation method => new FunctionValue(method.Method, null, method.Instance is null ? null : HandedOn(method.Instance)),
            _ => Others(operation),
        };
    }

    private ShapeValue HandOut(IOperation item)
    {
        ShapeValue value = Evaluate(item);
        Yielded?.Invoke(value);
        return value;
    }

    private static long? Integer(object? constant) => constant switch
    {
        int value => value,
        long value => value,
        short value => value,
        byte value => value,
        _ => null,
    };

    private ShapeValue This() => Receiver is not null ? Receiver : _type is null ? ShapeValue.Unknown : new ModelValue(_type.OriginalDefinition, []) { IsThis = true };

    private ShapeValue ParameterValue(IParameterSymbol parameter)
    {
        // The parameter of an extension block is what its member is called on.
        if (parameter.ContainingSymbol is INamedTypeSymbol) return Receiver ?? ShapeValue.Unknown;
        ShapeValue value = State[parameter];
        if (value is not UnknownValue || _findings is not null
            && parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Constructor })
            return value;

        // A parameter of the constructor, in a member that captures it or in an initialiser.
        if (Receiver is ModelValue { IsThis: false } made) return made.Value(parameter.Name);
        return IsInteger(parameter.Type) && parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
            && !_names.Reassigned.Contains(parameter)
            && _type is not null && SymbolEqualityComparer.Default.Equals(TypeNames.Of(_scope, _type).Constructor,
                constructor.OriginalDefinition)
            ? new NumberValue(Dim.Symbol(parameter.Name))
            : ShapeValue.Unknown;
    }

    /// <summary>What is not of shapes itself may have something in it that is.</summary>
    private ShapeValue Others(IOperation operation)
    {
        if (operation.Syntax is StackAllocArrayCreationExpressionSyntax && operation.ChildOperations.FirstOrDefault() is { } count)
            return new SequenceValue(Size(count), null, ShapeValue.Unknown);
        if (operation is ILocalFunctionOperation)
            return ShapeValue.Unknown;
        foreach (IOperation child in operation.ChildOperations) Evaluate(child);
        return ShapeValue.Unknown;
    }

    private ShapeValue Converted(IConversionOperation conversion)
    {
        ShapeValue value = Evaluate(conversion.Operand);
        return value switch
        {
            SequenceValue { Length: var length } when TypeMap.Tensor(conversion.Type) is not null
                => new TensorValue(Shape.Of(length)) { Origin = new Origin(null, conversion.Syntax) },
            NumberValue { Size: var size } when IsIndex(conversion.Type) => new IndexValue(size, false),
            NumberValue => IsInteger(conversion.Type) ? value : ShapeValue.Unknown,
            IndexValue index when conversion.Type?.Name == "NRange" && !index.Position.IsUnknown()
                => new RangeValue(index, index with { Position = index.FromEnd ? index.Position - Dim.One : index.Position + Dim.One }),
            _ => value,
        };
    }

    private static bool IsIndex(ITypeSymbol? type) => type is { Name: "Index" or "NIndex" };

    private static bool IsInteger(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64
        or SpecialType.System_IntPtr or SpecialType.System_Int16 or SpecialType.System_Byte or SpecialType.System_UInt32
        or SpecialType.System_UInt64 or SpecialType.System_UIntPtr;

    private ShapeValue Conditional(IConditionalOperation conditional)
    {
        Evaluate(conditional.Condition);
        if (conditional.WhenFalse is null or IThrowOperation || Unwrapped(conditional.WhenFalse) is IThrowOperation)
            return Evaluate(conditional.WhenTrue);
        if (Unwrapped(conditional.WhenTrue) is IThrowOperation) return Evaluate(conditional.WhenFalse);
        return Joins.Of(Evaluate(conditional.WhenTrue), Evaluate(conditional.WhenFalse));
    }

    private static IOperation Unwrapped(IOperation operation)
        => operation is IConversionOperation conversion ? Unwrapped(conversion.Operand) : operation;

    private Dim Size(IOperation? operation) => Evaluate(operation) is NumberValue number ? number.Size : SizeComparison.Unknown;
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// What a member of a struct works on: the variable itself, which it may change, or a copy of what is none.
internal sealed partial class Lowering
{
    /// <summary>The struct or object that a member works on.</summary>
    private Place ReceiverPlace(IOperation instance, IMethodSymbol member)
    {
        if (IsModel(instance.Type)) return new FixedPlace(Visit(instance));
        if (IsReference(instance.Type) || TypeMap.IsObject(instance.Type!))
            return Visit(instance) is var receiver && receiver is ObjectOperand { Place: var made } ? made : new FixedPlace(receiver);
        bool isNamed = instance is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IInstanceReferenceOperation;
        if (isNamed && member.IsReadOnly || IsVariable(instance)) return PlaceOf(instance);
        Place copy = Declare(instance.Type!, "", instance);
        Write(copy, Visit(instance), instance);
        return copy;
    }

    /// <summary>Whether an <c>in</c> parameter is the caller's own variable, which the method may change by another name.</summary>
    private bool IsSharedForReading(IArgumentOperation argument)
        => argument.Parameter is { RefKind: RefKind.In or RefKind.RefReadOnlyParameter, Type: var type } && (TypeMap.Element(type) is not null || Components.Of(type) is not null)
            && IsVariable(argument.Value) && SymbolEqualityComparer.Default.Equals(argument.Value.Type, type);

    /// <summary>
    /// Whether a member that changes its struct changes this one. Of a value, and of what is readonly (a field, an <c>in</c> parameter), C# hands
    /// it a copy.
    /// </summary>
    private bool IsVariable(IOperation instance) => instance switch
    {
        IParenthesizedOperation parenthesized => IsVariable(parenthesized.Operand),
        ILocalReferenceOperation { Local: var local } => local.RefKind != RefKind.RefReadOnly,
        IParameterReferenceOperation { Parameter.RefKind: var kind } => kind is RefKind.None or RefKind.Ref or RefKind.Out,
        IInstanceReferenceOperation => _frame.Method is not { IsReadOnly: true },
        IFieldReferenceOperation { Field.IsReadOnly: true } field => field.Instance is IInstanceReferenceOperation && _frame.Method is { MethodKind: MethodKind.Constructor },
        IFieldReferenceOperation { Instance: { Type.IsValueType: true } holder } => IsVariable(holder),
        IFieldReferenceOperation => true,
        IArrayElementReferenceOperation { Indices: [not IRangeOperation, ..] } => true,
        IPropertyReferenceOperation property => property.Property.ReturnsByRef,
        IImplicitIndexerReferenceOperation { IndexerSymbol: IPropertySymbol indexer } => indexer.ReturnsByRef,
        IInvocationOperation call => call.TargetMethod.ReturnsByRef,
        IConditionalOperation choice => choice.IsRef,
        _ => false,
    };
}

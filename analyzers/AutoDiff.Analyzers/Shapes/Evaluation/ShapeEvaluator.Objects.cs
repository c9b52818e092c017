using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// Objects that only local variables hold: what their members hold is followed through the methods that change them, until something else gets
// hold of the object (an escape analysis in the sense of Choi et al. 1999, within one method).
internal sealed partial class ShapeEvaluator
{
    /// <summary>Whether nobody but the method that is looked at can change its object meanwhile.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Whether the object may have been handed out.</summary>
    public bool Leaks { get; private set; }

    /// <summary>A new object of a class whose source is here.</summary>
    /// <param name="model">What it was made with.</param>
    /// <param name="constructor">What has made it.</param>
    /// <param name="members">What the constructor has left; null where its body has not been followed.</param>
    private ModelValue Tracked(ModelValue model, IMethodSymbol? constructor, IEnumerable<ModelArgument>? members)
    {
        if (_findings is null || model.Type.TypeKind != TypeKind.Class || !_scope.IsHere(model.Type)) return members is null ? model : model.With(members);
        bool hasBody = constructor is { IsImplicitlyDeclared: false } && constructor.DeclaringSyntaxReferences.Any(static r => r.GetSyntax() is ConstructorDeclarationSyntax);
        members ??= hasBody ? [] : MemberValues.Initial(_scope, model).Members.Select(static m => new ModelArgument(m.Name, m.Value));
        return model.With(members) with { IsTracked = true };
    }

    /// <summary>The object that a method is called on, with what its members hold now.</summary>
    private ShapeValue Receiving(IInvocationOperation call, ShapeValue receiver)
        => call.Instance is IInstanceReferenceOperation && IsAlone && Receiver is ModelValue { IsThis: false } self
            ? self.With(State.Members.Select(static m => new ModelArgument(m.Name, m.Value))) with { IsTracked = true } : receiver;

    /// <summary>What a call has done to the object that it was a call on.</summary>
    /// <returns>The result, which may be that object.</returns>
    private ShapeValue After(IInvocationOperation call, ShapeValue receiver, CalleeOutcome? outcome, ShapeValue result)
    {
        if (call.Instance is IInstanceReferenceOperation)
        {
            // The constructor of a base type knows nothing of the members of this one.
            bool isOfBase = call.TargetMethod.MethodKind == MethodKind.Constructor && !SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, _type);
            if (outcome is null or { Leaks: true }) Leaks |= !isOfBase;
            else if (IsAlone || call.TargetMethod.MethodKind == MethodKind.Constructor) _membersAfter = outcome.Members;
            return result;
        }

        if (receiver is not ModelValue { IsTracked: true, Creation: { } creation } tracked)
        {
            if (call.Instance is { Type: INamedTypeSymbol type }) UntrackAllOf(type);
            return result;
        }

        if (outcome is null or { Leaks: true })
        {
            State.Untrack(m => m.Creation == creation);
            return result;
        }

        ModelValue after = tracked.With(outcome.Members);
        State.Update(creation, _ => after);
        return result is ModelValue same && same.Creation == creation ? after : result;
    }

    /// <summary>Something other than a local variable gets hold of an object.</summary>
    private void Escape(IOperation? operation)
    {
        if (operation is null || Bare(operation) is var variable && variable is not (ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation)) return;
        if (Evaluate(operation) is ModelValue { IsTracked: true, Creation: var creation }) State.Untrack(m => m.Creation == creation);
    }

    /// <summary>A value that becomes part of another.</summary>
    private ShapeValue HandedOn(IOperation operation)
    {
        Escape(operation);
        ShapeValue value = Evaluate(operation);
        return value is ModelValue { IsTracked: true } model ? model with { IsTracked = false } : value;
    }

    /// <summary>A member of another object is written.</summary>
    private void StoreInObject(IOperation instance, ISymbol member, ShapeValue value)
    {
        if (Evaluate(instance) is not ModelValue { IsTracked: true, Creation: { } creation })
        {
            if (instance.Type is INamedTypeSymbol type) UntrackAllOf(type);
        }
        else if (member is IFieldSymbol || member is IPropertySymbol { IsVirtual: false, IsOverride: false } property && MemberValues.IsAutomatic(property))
        {
            State.Update(creation, model => model.With(member.Name, value));
        }
        else
        {
            State.Untrack(m => m.Creation == creation);
        }
    }

    /// <summary>An object that is not known changes: it may be any of its type.</summary>
    private void UntrackAllOf(INamedTypeSymbol type)
    {
        if (State.HasTracked) State.Untrack(m => Related(m.Type, type) || Related(type, m.Type));
    }
}

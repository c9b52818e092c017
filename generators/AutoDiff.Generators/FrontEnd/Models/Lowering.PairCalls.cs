using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Calls with tensors or models: the shapes of the arguments are matched with the shape texts of the parameters, which gives the sizes that
// the pair takes and the shape of the result.
internal sealed partial class Lowering
{
    private Operand PairCall(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        if (!target.IsDifferentiable() && !target.HasNoGradient())
        {
            throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, target.Name,
                target.IsStatic ? "mark it [Differentiable]" : $"mark '{target.ContainingType.Name}.{target.Name}' [Differentiable]");
        }

        if (InlinedPair(call, target) is { } inlined) return inlined;
        if (target.IsGenericMethod)
            throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, target.Name, "it is generic; write it for one number type");
        if (target.IsDifferentiable()) RequireMembers(_summaries.Of(target));
        var inputs = new List<Value>();
        var parameters = new List<CalleeParameter>();
        ModelScope? scope = null;
        if (call.Instance is { } instance)
        {
            Value receiver = ValueOf(instance);
            scope = ScopeOf(receiver) ?? new ModelScope(target.ContainingType, "", "", null);
            inputs.Add(receiver);
            parameters.Add(
                new CalleeParameter(
                "this", receiver.Type, PassingKind.ByValue, HasGradients(target.ContainingType), false, TypeText(target.ContainingType)));
        }

        var match = new SignatureMatch(call, target, scope, this);
        foreach (IArgumentOperation argument in call.Arguments.OrderBy(static a => a.Parameter!.Ordinal))
        {
            IParameterSymbol parameter = argument.Parameter!;
            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
                throw Unsupported(
                    FrontEndDescriptors.UnsupportedCall, argument, target.Name,
                    $"'{parameter.Name}' is passed by reference; return the value");
            Value value = ValueOf(argument.Value);
            if (TypeMap.Element(parameter.Type) is ElementKind kind && value.Type is ScalarType)
            {
                Value converted = _builder.Convert(value, kind);
                if (converted != value && DimOf(value) is { } size) _dims[converted.Id] = size;
                value = converted;
            }

            inputs.Add(value);
            bool isModel = value.Type is ModelType or ModelListType;
            parameters.Add(new CalleeParameter(
                parameter.Name, value.Type, PassingOf(parameter), (isModel ? HasGradients(parameter.Type) : value.Type.IsDifferentiable)
                    && !parameter.HasNoGradient(),
                value.Type is BufferType && _summaries.Of(target).Written.Contains(parameter.Name), TypeText(parameter.Type)));
            match.Add(parameter, value, argument);
        }

        match.Solve();
        IrType? result = match.Result();
        var callee = new Callee(
            target.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), target.Name, !target.IsStatic,
                parameters.ToEquatable(), result,
            target.IsDifferentiable() && !target.HasNoGradient(), HasSideEffects: !target.IsDifferentiable()
                && !target.HasNoGradient(), UsesPair: true, match.Names);
        _callees[callee] = target;
        Value[] defines = result is null ? [] : [_values.New(result)];
        if (result is not null) _locations.AddValue(defines[0].Id, call.Syntax.GetLocation());
        Effect(new Call(new(defines), callee, inputs.ToEquatable(), match.Sizes));
        if (result is null) return Nothing;
        return target.HasNoGradient() ? Detach(new ValueOperand(defines[0])) : new ValueOperand(defines[0]);
    }

    /// <summary>
    /// The body of a method of this project that asks for inlining, in place of its call, so that it is fused with what stands around it;
    /// null where the method goes through its pair.
    /// </summary>
    private Operand? InlinedPair(IInvocationOperation call, IMethodSymbol target)
    {
        bool asks = (target.MethodImplementationFlags & System.Reflection.MethodImplAttributes.AggressiveInlining) != 0;
        if (!asks || target.HasNoGradient() || target.IsVirtual || target.IsOverride || BodyOf(target, call) is not { } body) return null;
        Place? receiver = call.Instance is { } instance ? new FixedPlace(new ValueOperand(ValueOf(instance))) : null;
        var operands = call.Arguments.OrderBy(static a => a.Parameter!.Ordinal).Select(
            a => (Operand)new ValueOperand(ValueOf(a.Value))).ToImmutableArray();
        return Inline(target, body.Body, operands, call, references: null, receiver);
    }
}

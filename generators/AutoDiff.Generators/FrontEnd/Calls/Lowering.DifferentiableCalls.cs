using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>A call that stays a call: of the callee only the signature and the attributes are looked at.</summary>
    private Operand DifferentiableCall(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        if (UsesPair(target)) return PairCall(call);
        if (!target.IsStatic)
            throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, call, target.Name,
                "its receiver is not a model; make it static, or mark its type and itself [Differentiable]");
        if (target.IsGenericMethod || target.ContainingType.IsGenericType)
            throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, target.Name, "it is generic; write it for one number type");
        CalleeSummary summary = _summaries.Of(target);
        ImmutableArray<CalleeParameter> parameters = target.Parameters.Select(p => CalleeParameterOf(p, summary, call)).ToImmutableArray();
        IrType? result = target.ReturnsVoid ? null : TypeMap.ScalarOrBuffer(target.ReturnType) as ScalarType
            ?? throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, call, target.Name,
                $"it returns '{target.ReturnType.ToDisplayString()}'; return a number, or write to a span");

        var inputs = new List<Value>();
        var outputs = new List<(Place Place, IrType Type)>();
        foreach (IArgumentOperation argument in call.Arguments.OrderBy(static a => a.Parameter!.Ordinal))
        {
            CalleeParameter parameter = parameters[argument.Parameter!.Ordinal];
            if (parameter.Passing is PassingKind.Ref or PassingKind.Out && parameter.Type is ScalarType)
            {
                Place place = PlaceOf(argument.Value);
                outputs.Add((place, parameter.Type));
                if (parameter.Passing == PassingKind.Ref) inputs.Add(ValueOf(Read(place, argument.Value), argument.Value));
                continue;
            }

            Value value = ValueOf(argument.Value);
            inputs.Add(parameter.Type is ScalarType scalar && value.Type is ScalarType ? _builder.Convert(value, scalar.Kind) : value);
        }

        bool differentiable = target.IsDifferentiable() && !target.HasNoGradient();
        var callee = new Callee(
            target.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), target.Name, false, parameters.ToEquatable(),
                result, differentiable,
            HasSideEffects: !target.IsDifferentiable() && !target.HasNoGradient(), UsesPair: summary.UsesPair, []);
        _callees[callee] = target;
        var defines = new List<Value>();
        if (result is not null) defines.Add(_values.New(result));
        defines.AddRange(outputs.Select(o => _values.New(o.Type)));
        foreach (Value defined in defines) _locations.AddValue(defined.Id, call.Syntax.GetLocation());
        Effect(new Call(defines.ToEquatable(), callee, inputs.ToEquatable(), []));
        for (int i = 0; i < outputs.Count; i++) Write(outputs[i].Place, new ValueOperand(defines[i + (result is null ? 0 : 1)]), call);
        if (result is null) return Nothing;
        return target.HasNoGradient() ? Detach(new ValueOperand(defines[0])) : new ValueOperand(defines[0]);
    }

    private CalleeParameter CalleeParameterOf(IParameterSymbol parameter, CalleeSummary summary, IOperation at)
    {
        IrType type = TypeMap.ScalarOrBuffer(parameter.Type)
            ?? throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, at, parameter.ContainingSymbol.Name,
                $"its parameter '{parameter.Name}' is a '{parameter.Type.ToDisplayString()}'; {SupportedTypes}");
        return new CalleeParameter(
            parameter.Name, type, PassingOf(parameter), type.IsDifferentiable && !parameter.HasNoGradient(), summary.Written.Contains(parameter.Name),
            TypeText(parameter.Type))
        {
            IsNeeded = !summary.Ignored.Contains(parameter.Name),
        };
    }

    private static PassingKind PassingOf(IParameterSymbol parameter) => parameter.RefKind switch
    {
        RefKind.Ref => PassingKind.Ref,
        RefKind.Out => PassingKind.Out,
        RefKind.In or RefKind.RefReadOnlyParameter => PassingKind.In,
        _ => PassingKind.ByValue,
    };

    private static string TypeText(ITypeSymbol type)
        => type.ToDisplayString(
            SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
}

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
        CalleeRule? rule = RulesOf(target) is { } rules ? CalleeRuleOf(rules) : null;
        if (rule is null && UsesPair(target)) return PairCall(call);
        if (!target.IsStatic && !TypeMap.IsObject(target.ContainingType))
            throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, call, target.Name, "it is a method of a struct that is not inlined; make it static and pass the struct");
        CalleeSummary summary = rule is null ? _summaries.Of(Nested?.Original(target) ?? target) : SummaryOf(target, rule);
        ImmutableArray<CalleeParameter> parameters = target.Parameters.Select(p => CalleeParameterOf(p, summary, call.Syntax.GetLocation())).ToImmutableArray();
        IrType? result = target.ReturnsVoid ? null : TypeMap.ScalarOrBuffer(target.ReturnType) as ScalarType
            ?? throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, call, target.Name,
                $"it returns '{target.ReturnType.ToDisplayString()}'; return a number, or write to a span");

        var inputs = new List<Value>();
        if (!target.IsStatic)
        {
            inputs.Add(ValueOf(call.Instance!));
            parameters = parameters.Insert(0, ReceiverOf(target));
        }

        // Arguments are evaluated in the order of the source, and what a reference stands for is read when all of them are.
        var outputs = new SortedDictionary<int, (Place Place, IrType Type)>();
        var arguments = new SortedDictionary<int, Func<Value>>();
        foreach (IArgumentOperation argument in call.Arguments)
        {
            int ordinal = argument.Parameter!.Ordinal;
            CalleeParameter parameter = parameters[ordinal + (target.IsStatic ? 0 : 1)];
            if (parameter.Passing is PassingKind.Ref or PassingKind.Out && parameter.Type is ScalarType)
            {
                Place place = PlaceOf(argument.Value);
                outputs.Add(ordinal, (place, parameter.Type));
                if (parameter.Passing == PassingKind.Ref) arguments.Add(ordinal, () => ValueOf(Read(place, argument.Value), argument.Value));
                continue;
            }

            Value value = ValueOf(argument.Value);
            if (parameter.Type is ScalarType scalar && value.Type is ScalarType) value = _builder.Convert(value, scalar.Kind);
            arguments.Add(ordinal, () => value);
        }

        inputs.AddRange(arguments.Values.Select(static read => read()));

        bool differentiable = (target.IsDifferentiable() || rule is not null) && !target.HasNoGradient();
        var callee = new Callee(
            target.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), target.Name, !target.IsStatic, parameters.ToEquatable(),
                result, differentiable,
            HasSideEffects: !differentiable && !target.HasNoGradient(), UsesPair: summary.UsesPair, []) { Rule = rule, TypeArguments = TypeArgumentsOf(target) };
        _callees[callee] = Nested?.Original(target) ?? target;
        var defines = new List<Value>();
        if (result is not null) defines.Add(_values.New(result));
        defines.AddRange(outputs.Values.Select(o => _values.New(o.Type)));
        foreach (Value defined in defines) _locations.AddValue(defined.Id, call.Syntax.GetLocation());
        Effect(new Call(defines.ToEquatable(), callee, inputs.ToEquatable(), []));
        int written = result is null ? 0 : 1;
        foreach ((Place place, IrType _) in outputs.Values) Write(place, new ValueOperand(defines[written++]), call);
        if (result is null) return Nothing;
        return target.HasNoGradient() ? Detach(new ValueOperand(defines[0])) : new ValueOperand(defines[0]);
    }

    private static string TypeArgumentsOf(IMethodSymbol target)
        => target.IsGenericMethod ? $"<{string.Join(", ", target.TypeArguments.Select(TypeText))}>" : "";

    private static CalleeParameter ReceiverOf(IMethodSymbol target)
        => new("this", new OpaqueType(TypeText(target.ContainingType)), PassingKind.ByValue, false, false, TypeText(target.ContainingType));

    private CalleeParameter CalleeParameterOf(IParameterSymbol parameter, CalleeSummary summary, Location at)
    {
        IrType type = TypeMap.ScalarOrBuffer(parameter.Type) ?? (TypeMap.IsObject(parameter.Type) ? new OpaqueType(TypeText(parameter.Type)) : null)
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

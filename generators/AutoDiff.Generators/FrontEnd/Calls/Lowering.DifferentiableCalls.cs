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
        CalleeRule? rule = RulesOf(target) is { } rules ? CalleeRuleOf(rules, target) : null;
        if (rule is null && UsesPair(target)) return PairCall(call);
        if (!target.IsStatic && !TypeMap.IsObject(target.ContainingType))
            throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, call, target.Name, "it is a method of a struct that is not inlined; make it static and pass the struct");
        CalleeSummary summary = rule is null ? _summaries.Of(Nested?.Original(target) ?? target) : SummaryOf(target, rule);
        bool isHelper = rule is null && IsRecursiveHelper(target) && CarriesDerivatives(target);
        if (target.IsDifferentiable()) RequireMembers(summary);
        else if (isHelper) RequireHelper(summary);
        Location at = call.Syntax.GetLocation();
        var parts = new List<SignaturePart>();
        var parameters = new List<CalleeParameter>();
        var inputs = new List<Value>();
        if (!target.IsStatic)
        {
            inputs.Add(ValueOf(call.Instance!));
            parameters.Add(ReceiverOf(target));
        }

        // Arguments are evaluated in the order of the source, and what a reference stands for is read when all of them are.
        var ordered = target.Parameters.Select(p => CalleeParametersOf(p, summary, rule, parts, at).ToArray()).ToArray();
        var references = new SortedDictionary<int, Place[]>();
        var arguments = new SortedDictionary<int, Func<IEnumerable<Value>>>();
        IrType? result = ResultOf(target, rule, at);
        foreach (IArgumentOperation argument in call.Arguments)
        {
            int ordinal = argument.Parameter!.Ordinal;
            CalleeParameter[] leaves = ordered[ordinal];
            if (leaves[0] is { Passing: PassingKind.Ref or PassingKind.Out } && (leaves.Length > 1 || leaves[0].Type is ScalarType))
            {
                Place[] places = references[ordinal] = [.. LeafPlaces(PlaceOf(argument.Value))];
                if (places.Length != leaves.Length) throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, target.Name, $"'{StepText.Of(argument.Syntax)}' is no variable; use a local");
                if (leaves[0].Passing == PassingKind.Ref) arguments.Add(ordinal, () => places.Select(p => ValueOf(Read(p, argument.Value), argument.Value)));
                continue;
            }

            Operand operand = Visit(argument.Value);
            Value[] values = leaves.Length == 1 && operand is ValueOperand ? [ValueOf(operand, argument.Value)]
                : [.. LeafValues(Convert(operand, argument.Parameter.Type, argument.Value), argument.Value)];
            values = [.. values.Zip(leaves, (v, p) => p.Type is ScalarType scalar && v.Type is ScalarType ? _builder.Convert(v, scalar.Kind) : ToSignature(v, p.Type))];
            if (values.Zip(leaves, static (v, p) => v.Type is BufferType && p.Type is OpaqueType).Any(static o => o))
                throw Unsupported(FrontEndDescriptors.UnsupportedCall, argument, target.Name, $"of '{StepText.Of(argument.Value.Syntax)}' only the elements are known here; let it take an array or a span");
            arguments.Add(ordinal, () => values);
        }

        inputs.AddRange(arguments.Values.SelectMany(static read => read()));
        parameters.AddRange(ordered.SelectMany(static p => p));
        (Place Place, IrType Type)[] outputs =
        [
            .. references.SelectMany(r => r.Value.Zip(ordered[r.Key], static (place, leaf) => (place, leaf.Type))).Where(static o => o.Type is ScalarType),
        ];

        // Who calls a method and drops what it gives wants what it does.
        bool isDropped = call.Parent is IExpressionStatementOperation;
        bool differentiable = (target.IsDifferentiable() || isHelper || rule is not null) && !target.HasNoGradient();
        var callee = new Callee(
            (target.IsStatic ? call.ConstrainedToType ?? target.ContainingType : target.ContainingType).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), target.Name,
            !target.IsStatic, parameters.ToEquatable(), result, differentiable,
            HasSideEffects: !differentiable && (!target.HasNoGradient() || isDropped) && !IsWithoutEffects(target), UsesPair: summary.UsesPair, []) { ChangesState = !IsWithoutEffects(target), TakesElements = rule is null && TakesElements(target), Rule = rule, TypeArguments = TypeArgumentsOf(target), Parts = parts.ToEquatable() };
        callee = callee with { Tangent = TangentOf(target, callee) };
        _callees[callee] = Nested?.Original(target) ?? target;
        var defines = new List<Value>(callee.ResultTypes.Select(t => _values.New(t)));
        int returned = defines.Count;
        defines.AddRange(outputs.Select(o => _values.New(o.Type)));
        foreach (Value defined in defines) _locations.AddValue(defined.Id, at);
        Effect(new Call(defines.ToEquatable(), callee, inputs.ToEquatable(), []));
        for (int i = 0; i < outputs.Length; i++) Write(outputs[i].Place, new ValueOperand(defines[returned + i]), call);
        if (result is null) return Nothing;
        Operand value = result is StructType ? Whole(target.ReturnType, new(defines.Take(returned))) : new ValueOperand(FromSignature(defines[0], TypeMap.ScalarOrBuffer(target.ReturnType)));
        return target.HasNoGradient() ? Detach(value) : value;
    }

    /// <summary>Whether calls hand the elements and the lengths of rectangular arrays to the members of a method.</summary>
    private bool TakesElements(IMethodSymbol target) => (target.IsDifferentiable() || IsRecursiveHelper(target)) && target.Parameters.Any(static p => RectangularPart.Of(p).Count > 0);

    /// <summary>Whether it is known that the method does nothing but compute.</summary>
    private static bool IsWithoutEffects(IMethodSymbol target)
        => target.ContainingType is { Name: "BitOperations", ContainingNamespace: { Name: "Numerics", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } };

    /// <summary>A caller of what has no members gets none either: what is wrong is said there, and not again in the caller's generated file.</summary>
    private void RequireMembers(CalleeSummary callee)
    {
        if (!callee.IsEmitted) throw Waiting();
    }

    private UnsupportedException Waiting()
    {
        _waits = true;
        return new UnsupportedException();
    }

    private static string TypeArgumentsOf(IMethodSymbol target)
        => target.IsGenericMethod ? $"<{string.Join(", ", target.TypeArguments.Select(TypeText))}>" : "";

    private static CalleeParameter ReceiverOf(IMethodSymbol target)
        => new("this", new OpaqueType(TypeText(target.ContainingType)), PassingKind.ByValue, false, false, TypeText(target.ContainingType));

    /// <summary>What stands for a parameter: itself, or one for each leaf of a struct.</summary>
    private IEnumerable<CalleeParameter> CalleeParametersOf(IParameterSymbol parameter, CalleeSummary summary, CalleeRule? rule, List<SignaturePart> parts, Location at)
    {
        if (rule is null && TakesElements((IMethodSymbol)parameter.ContainingSymbol) && RectangularPart.Of(parameter) is { Count: > 0 } rectangular)
            return rectangular.Select(part => new CalleeParameter(
                part.Name, part.Type, PassingKind.ByValue, part.Type.IsDifferentiable && !parameter.HasNoGradient(), summary.Written.Contains(part.Name), part.TypeText)
            {
                IsNeeded = !summary.Ignored.Contains(part.Name),
            });
        if (rule is not null || TypeMap.ScalarOrBuffer(parameter.Type) is not null || Components.Of(parameter.Type) is null || Components.IsNullable(parameter.Type))
            return [CalleeParameterOf(parameter, summary, at)];
        StructType type = StructTypes.Of(parameter.Type, out string problem) ?? throw Refused(problem);
        parts.Add(new SignaturePart(parameter.Name, type));
        return type.Leaves.Select(leaf => new CalleeParameter(
            parameter.Name + leaf.Path, leaf.Type, PassingOf(parameter), leaf.IsDifferentiable && !parameter.HasNoGradient(), false, LeafTypeText(leaf.Type))
        {
            IsNeeded = !summary.Ignored.Contains(parameter.Name) && !summary.Ignored.Contains(parameter.Name + leaf.Path),
        });

        UnsupportedException Refused(string why) => Unsupported(
            FrontEndDescriptors.UnsupportedCall, at, parameter.ContainingSymbol.Name, $"its parameter '{parameter.Name}' is a '{parameter.Type.ToDisplayString()}'; {(why.Length > 0 ? why : SupportedTypes)}");
    }

    private IrType? ResultOf(IMethodSymbol target, CalleeRule? rule, Location at)
    {
        if (target.ReturnsVoid) return null;
        if (EnumType(target.ReturnType) is { } enumeration) return enumeration;
        if (TypeMap.ScalarOrBuffer(target.ReturnType) is ScalarType scalar) return scalar;
        string problem = "";
        if (rule is null && TypeMap.ScalarOrBuffer(target.ReturnType) is null && Components.Of(target.ReturnType) is not null && !Components.IsNullable(target.ReturnType)
            && StructTypes.Of(target.ReturnType, out problem) is { } type) return type;
        throw Unsupported(FrontEndDescriptors.UnsupportedCall, at, target.Name,
            $"it returns '{target.ReturnType.ToDisplayString()}'; {(problem.Length > 0 ? problem : "return a number, a tuple or a struct of numbers, or write to a span")}");
    }

    private static IEnumerable<Place> LeafPlaces(Place place) => place is AggregatePlace whole ? whole.Fields.SelectMany(LeafPlaces) : [place];

    private IEnumerable<Value> LeafValues(Operand operand, IOperation at)
        => operand is AggregateOperand whole ? whole.Fields.SelectMany(f => LeafValues(f, at)) : [Single(operand, at)];

    /// <summary>A struct of leaves, in order.</summary>
    private Operand Whole(ITypeSymbol type, Queue<Value> leaves)
        => TypeMap.Element(type) is null && Components.Of(type) is { } components
            ? new AggregateOperand(type, components.Select(c => Whole(c.Type, leaves)).ToImmutableArray())
            : new ValueOperand(FromSignature(leaves.Dequeue(), TypeMap.ScalarOrBuffer(type)));

    private CalleeParameter CalleeParameterOf(IParameterSymbol parameter, CalleeSummary summary, Location at)
    {
        IrType type = EnumType(parameter.Type) ?? ScalarOrBuffer(parameter.Type, at) ?? (TypeMap.IsObject(parameter.Type) || IsObjectArray(parameter.Type) ? new OpaqueType(TypeText(parameter.Type)) : null)
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

    /// <summary>The type of a parameter. What a caller may leave out may be null, also where the method does not say so.</summary>
    private static string ParameterText(IParameterSymbol parameter)
        => TypeText(IsOptional(parameter) ? parameter.Type.WithNullableAnnotation(NullableAnnotation.Annotated) : parameter.Type);

    private static string TypeText(ITypeSymbol type)
        => TypeArguments.Of(type).ToDisplayString(
            SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
}

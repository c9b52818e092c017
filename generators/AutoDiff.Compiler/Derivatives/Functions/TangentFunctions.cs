using AutoDiff.Compiler.Derivatives.Forward;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Derivatives.Functions;

/// <summary>The derivative functions that carry tangents: <c>FJvp</c>, and <c>FHvp</c> as forward over reverse.</summary>
public static class TangentFunctions
{
    /// <summary>
    /// FJvp: the parameters of F; the tangent of each input in their order (of a <c>ref</c> number and of a span that is read and written it goes in and out);
    /// the tangents of the other outputs in their order. Returns what F returns, then its tangent.
    /// </summary>
    /// <exception cref="NotSupportedException">There is an instruction that forward mode does not know.</exception>
    public static DerivedFunction Jvp(Function primal, DerivativeOptions options)
    {
        TangentFunction tangents = ForwardTransform.Differentiate(primal, options);
        var parameters = primal.Parameters.Select(static p => (Parameter: p, Role: new DerivedParameter(ParameterRole.Own, p.Name))).ToList();
        parameters.AddRange(tangents.Tangents.Where(t => IsInput(t.Primal, primal)).Select(static t => (t.Tangent, new DerivedParameter(ParameterRole.Tangent, t.Primal.Name))));
        parameters.AddRange(tangents.Tangents.Where(t => !IsInput(t.Primal, primal))
            .Select(static t => (t.Tangent, new DerivedParameter(ParameterRole.TangentDestination, t.Primal.Name))));
        return Finish(primal, tangents.Function, parameters, [], static _ => true);
    }

    /// <summary>
    /// FHvp: the parameters of F; a direction for each input; a gradient destination for each buffer that is read; a destination for each part of the
    /// Hessian-vector product. Returns the value, then the gradients of numbers, then their parts of the product.
    /// </summary>
    /// <exception cref="NotSupportedException">There is an instruction that forward mode does not know.</exception>
    public static DerivedFunction Hvp(Function primal, DerivativeOptions options)
    {
        DerivedFunction gradient = GradientFunction.Of(primal, options with { UnitSeed = true });
        TangentFunction tangents = ForwardTransform.Differentiate(gradient.Function, options);
        var parameters = gradient.Primal.Parameters.Select(static p => (Parameter: p, Role: new DerivedParameter(ParameterRole.Own, p.Name))).ToList();
        var local = new InstructionBuilder(new ValueFactory(Numbering.NextId(tangents.Function)));
        foreach (TangentParameter pair in tangents.Tangents)
            if (gradient.Find(ParameterRole.Own, pair.Primal.Name) is not null && Direction(pair, primal, local) is { } direction)
                parameters.Add((direction, new DerivedParameter(ParameterRole.Tangent, pair.Primal.Name)));
        for (int k = 0; k < gradient.Roles.Length; k++)
            if (gradient.Roles[k].Role == ParameterRole.Gradient) parameters.Add((gradient.Function.Parameters[k], gradient.Roles[k]));
        for (int k = 0; k < gradient.Roles.Length; k++)
        {
            if (gradient.Roles[k].Role != ParameterRole.Gradient) continue;
            TangentParameter pair = tangents.Tangents.First(t => t.Primal.Name == gradient.Function.Parameters[k].Name);
            parameters.Add((pair.Tangent, new DerivedParameter(ParameterRole.GradientTangent, gradient.Roles[k].Of)));
        }

        // The tangents of what the method itself gives are not asked for.
        Output[] gradients = [.. gradient.Function.Outputs.Where(static o => o.Kind == OutputKind.Gradient)];
        int first = gradient.Function.Outputs.Length;
        return Finish(primal, tangents.Function with { Name = primal.Name + "Hvp" }, parameters, local.Body, k
            => k < first || (tangents.Function.Outputs[k] is { Kind: OutputKind.Tangent, Name.Length: > 0 }));
    }

    /// <summary>FHvp without the gradient itself: what the columns of the Hessian are made of.</summary>
    /// <param name="hvp">FHvp.</param>
    public static DerivedFunction HessianPart(DerivedFunction hvp)
    {
        int[] parameters = [.. Enumerable.Range(0, hvp.Roles.Length).Where(k => hvp.Roles[k].Role != ParameterRole.Gradient)];
        int[] outputs = [.. Enumerable.Range(0, hvp.Function.Outputs.Length).Where(k => hvp.Function.Outputs[k].Kind != OutputKind.Gradient)];
        Region body = WriteOnly.Without(hvp.Function.Body, hvp.With(ParameterRole.Gradient).Select(static p => p.Value));
        EquatableArray<Parameter> kept = parameters.Select(k => hvp.Function.Parameters[k]).ToEquatable();
        body = WithOwnGradients(hvp, body);
        Function function = hvp.Function with
        {
            Parameters = kept,
            Outputs = outputs.Select(k => hvp.Function.Outputs[k]).ToEquatable(),
            Body = DeadCode.Run(new Region(kept.Select(static p => p.Value).ToEquatable(), body.Body, outputs.Select(k => body.Yields[k]).ToEquatable())),
        };
        return new DerivedFunction(hvp.Primal, function, parameters.Select(k => hvp.Roles[k]).ToEquatable());
    }

    /// <summary>Pullbacks of calls add to gradients that nobody asked for: those have memory of their own.</summary>
    private static Region WithOwnGradients(DerivedFunction hvp, Region body)
    {
        var local = new InstructionBuilder(new ValueFactory(Numbering.NextId(hvp.Function)));
        for (int k = 0; k < hvp.Roles.Length; k++)
        {
            Value gradient = hvp.Function.Parameters[k].Value;
            if (hvp.Roles[k].Role != ParameterRole.Gradient || !FreeValues.Of(body with { Parameters = [] }).Any(v => v.Id == gradient.Id)) continue;
            Value length = local.Values.New(IrType.Int32);
            local.Append(new BufferLength(length, hvp.Find(ParameterRole.Own, hvp.Roles[k].Of)!.Value));
            local.Append(new AllocateBuffer(gradient, length));
        }

        return body with { Body = [.. local.Body, .. body.Body] };
    }

    /// <summary>Whether what a parameter holds at entry matters, as reverse mode sees it: the modes agree on what the inputs are.</summary>
    public static bool IsInput(Parameter parameter, Function primal) => parameter.IsDifferentiable && parameter.Passing != PassingKind.Out
        && (!parameter.IsWritten || EntryReads.AreInput(parameter, ReverseTransform.Prepared(primal)));

    /// <summary>
    /// The direction of an input as a parameter that is only read: tangents of what the method writes live in memory of their own, and tangents of numbers
    /// that come out are not asked for.
    /// </summary>
    private static Parameter? Direction(TangentParameter pair, Function primal, InstructionBuilder local)
    {
        Parameter tangent = pair.Tangent;
        bool isInput = IsInput(pair.Primal, primal);
        if (tangent.Value.Type is not BufferType type) return isInput ? tangent with { Passing = PassingKind.ByValue } : null;
        if (!tangent.IsWritten) return tangent;
        Value length = local.Values.New(IrType.Int32);
        local.Append(new BufferLength(length, pair.Primal.Value));
        local.Append(new AllocateBuffer(tangent.Value, length));
        if (!isInput) return null;
        Value direction = local.Values.New(type with { Kind = BufferKind.ReadOnlySpan }, tangent.Value.Name);
        local.Append(new CopyBuffer(tangent.Value, direction));
        return tangent with { Value = direction, IsWritten = false, TypeText = $"global::System.ReadOnlySpan<{type.ElementText}>" };
    }

    private static DerivedFunction Finish(
        Function primal, Function function, List<(Parameter Parameter, DerivedParameter Role)> parameters, IEnumerable<Instruction> local, Func<int, bool> keeps)
    {
        int[] kept = [.. Enumerable.Range(0, function.Outputs.Length).Where(keeps)];
        EquatableArray<Parameter> ordered = parameters.Select(static p => p.Parameter).ToEquatable();
        function = function with
        {
            Parameters = ordered,
            Outputs = kept.Select(k => function.Outputs[k]).ToEquatable(),
            Body = new Region(
                ordered.Select(static p => p.Value).ToEquatable(), [.. local, .. function.Body.Body], kept.Select(k => function.Body.Yields[k]).ToEquatable()),
        };
        function = CommonSubexpressions.Run(function);
        return new DerivedFunction(primal, function with { Body = DeadCode.Run(function.Body) }, parameters.Select(static p => p.Role).ToEquatable());
    }
}

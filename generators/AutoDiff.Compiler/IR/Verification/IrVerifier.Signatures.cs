using AutoDiff.Compiler.Derivatives;

namespace AutoDiff.Compiler.IR;

public sealed partial class IrVerifier
{
    private void CheckSignature(Function function)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Parameter parameter in function.Parameters)
        {
            if (!names.Add(parameter.Name)) Report($"two parameters are called {parameter.Name}");
            if (parameter.IsDifferentiable && !parameter.Value.Type.IsDifferentiable)
                Report($"the parameter {parameter.Name} of type {parameter.Value.Type} cannot be differentiable");
            if (parameter.IsWritten && parameter.Value.Type is not BufferType { Kind: not BufferKind.ReadOnlySpan })
                Report($"the parameter {parameter.Name} of type {parameter.Value.Type} cannot be written");
        }

        foreach (DimBinding binding in function.Dimensions)
            if (binding.Parameter is { } parameter ? !names.Contains(parameter) : binding.Expression is null)
                Report($"the dimension {binding.Symbol} is bound to nothing");
        foreach (DimConstraint constraint in function.Constraints)
        {
            CheckDim(constraint.Left, "a constraint");
            CheckDim(constraint.Right, "a constraint");
        }

        string[] finals = function.Parameters.Where(static p
            => p is { Passing: PassingKind.Ref or PassingKind.Out, Value.Type: ScalarType })
            .Select(static p => p.Name).ToArray();
        Output[] outputs = function.Outputs.Where(static o => o.Kind is not (OutputKind.Gradient or OutputKind.Tangent)).ToArray();
        if (!outputs.Where(static o => o.Kind == OutputKind.Parameter).Select(static o => o.Name).SequenceEqual(finals))
            Report($"the outputs of parameters are not the ref and out scalars ({string.Join(", ", finals)})");
        int returned = SignatureParts.Result(function)?.Leaves.Count() ?? 1;
        if (outputs.Skip(returned).Any(static o => o.Kind == OutputKind.Return)) Report("the returned value is not the first output");
        CheckParts(function);
        foreach (MemoryPart memory in function.Memories)
            if (function.Parameters.FirstOrDefault(p => p.Name == memory.Name)?.Value.Type is not BufferType { Kind: BufferKind.Span or BufferKind.ReadOnlySpan })
                Report($"the parameter {memory.Name} has no elements");
        HashSet<int> read = [.. ReadValues(function.Body)];
        foreach (Parameter parameter in function.Parameters.Where(static p => p.Passing == PassingKind.Out))
            if (read.Contains(parameter.Value.Id)) Report($"the out parameter {parameter.Name} is read");
    }

    /// <summary>A struct in the signature has a parameter, or an output, for each of its leaves.</summary>
    private void CheckParts(Function function)
    {
        foreach (SignaturePart part in function.Parts.Where(static p => p.Name.Length > 0))
        {
            UserParameter? whole = SignatureParts.Parameters(function).FirstOrDefault(p => p.Name == part.Name);
            if (whole is null || !whole.Leaves.Select(static p => (p.Name, p.Value.Type)).SequenceEqual(
                part.Type.Leaves.Select(l => (part.Name + l.Path, l.Type))))
                Report($"the parameter {part.Name} has no parameters for its leaves");
        }

        if (SignatureParts.Result(function) is not { } result) return;
        if (!SignatureParts.ReturnedOutputs(function).Select(k => (function.Outputs[k].Name, function.Outputs[k].Type)).SequenceEqual(
            result.Leaves.Select(static l => (l.Path, l.Type))))
            Report("the returned struct has no outputs for its leaves");
    }

    /// <summary>A parameter whose elements the body writes, directly or through views or calls, says so.</summary>
    private void CheckWritten(Function function, Region body)
    {
        var written = new HashSet<int>();
        CollectWritten(body, written);
        foreach (Parameter parameter in function.Parameters)
            if (written.Contains(parameter.Value.Id) && !parameter.IsWritten)
                Report($"the parameter {parameter.Name} is written, and is not marked so");
    }

    private void CollectWritten(Region region, HashSet<int> written)
    {
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value buffer in Writes(instruction))
            {
                int id = buffer.Id;
                while (_views.TryGetValue(id, out int viewed)) id = viewed;
                written.Add(id);
            }

            foreach (Region nested in instruction.Regions) CollectWritten(nested, written);
        }
    }

    private static IEnumerable<Value> Writes(Instruction instruction) => instruction switch
    {
        Store store => [store.Buffer],
        Accumulate accumulate => [accumulate.Buffer],
        CopyBuffer copy => [copy.Destination],
        FillBuffer fill => [fill.Buffer],
        Call call => call.Callee.Parameters.Where(static p => p.Passing != PassingKind.Out).Zip(call.Inputs, static (p, v) => (p, v))
            .Where(static pair => pair.p.IsWritten).Select(static pair => pair.v),
        _ => [],
    };

    private static IEnumerable<int> ReadValues(Region region)
        => region.Body.SelectMany(static i => i.Operands.Select(static v => v.Id).Concat(i.Regions.SelectMany(ReadValues)))
            .Concat(region.Yields.Select(static v => v.Id));

    /// <summary>Forward sees the parameters and cotangents, Backward also the top-level values of Forward and shadows; it reads those that are its
    /// residuals.</summary>
    private void CheckDerivative(Derivative derivative)
    {
        Function primal = derivative.Primal;
        _scope = new Scope(_scope);
        _where = "forward";
        if (derivative.Forward.Parameters.Length > 0)
            Report("the forward part has parameters of its own", derivative.Forward.Parameters != primal.Body.Parameters);
        else foreach (Parameter parameter in primal.Parameters) Define(parameter.Value);
        foreach (Cotangent cotangent in derivative.Cotangents)
        {
            Define(cotangent.Value);
            if (cotangent.Output < 0 || cotangent.Output >= primal.Outputs.Length)
                Report($"the cotangent {cotangent.Name} is of no output");
            else CheckType(cotangent.Value, primal.Outputs[cotangent.Output].Type, $"the cotangent {cotangent.Name}");
        }

        CheckContents(derivative.Forward, primal.Outputs.Select(static o => o.Type).ToArray(), "the outputs");
        CheckWritten(primal, derivative.Forward);

        _where = "backward";
        HashSet<int> visible =
            [.. primal.Parameters.Select(static p => p.Value.Id), .. derivative.Cotangents.Select(static c => c.Value.Id), .. derivative.Residuals.Select(static r => r.Id)];
        foreach (Value residual in derivative.Residuals) Use(residual);
        foreach (Shadow shadow in derivative.Shadows)
        {
            Use(shadow.Primal);
            Define(shadow.Value);
            visible.Add(shadow.Value.Id);
            if (shadow.Primal.Type is not BufferType type
                || shadow.Value.Type is not BufferType { Kind: not BufferKind.ReadOnlySpan } adjoint || !HaveSameElements(type, adjoint))
                Report($"the shadow {shadow.Name} of type {shadow.Value.Type} cannot hold the adjoint of {shadow.Primal.Type}");
        }

        foreach (Value free in FreeValues.Of(derivative.Backward))
            if (_scope.Contains(free.Id) && !visible.Contains(free.Id)) Report($"{Describe(free)} is read, and is not among the residuals");
        CheckContents(derivative.Backward, derivative.Backward.Yields.Select(static y => y.Type).ToArray(), "nothing");
        CheckGradients(derivative);
        _scope = _scope.Outer!;
    }

    private void CheckGradients(Derivative derivative)
    {
        string[] expected = derivative.Primal.Parameters
            .Where(static p => p.IsDifferentiable && p.Passing != PassingKind.Out && p.Value.Type is ScalarType or TensorType)
                .Select(static p => p.Name).ToArray();
        if (!derivative.Gradients.Select(static g => g.Parameter).SequenceEqual(expected))
            Report($"the gradients are not those of the parameters ({string.Join(", ", expected)})");
        foreach (Gradient gradient in derivative.Gradients)
        {
            Parameter? parameter = derivative.Primal.Parameters.FirstOrDefault(p => p.Name == gradient.Parameter);
            if (parameter is not null && !AreEqual(parameter.Value.Type, gradient.Type))
                Report($"the gradient {gradient.Name} is {gradient.Type}, and its parameter is {parameter.Value.Type}");
            if (gradient.Value is not { } value) continue;
            Use(value);
            CheckType(value, gradient.Type, $"the gradient {gradient.Name}");
        }
    }

    private void Report(string violation, bool condition)
    {
        if (condition) Report(violation);
    }
}

using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Derivatives.Functions;

/// <summary>
/// Second derivatives where calls stay calls, as those of recursion and of interfaces do: reverse over forward. FJvp calls the MJvp of its callees, and MJvp is a method
/// like any other, with a pair of its own.
/// </summary>
public static class CalledDerivatives
{
    /// <summary>
    /// MJvp as a method: one that returns value and tangent in a tuple. Null where a call of it would be more than that: M has no result with a derivative, passes anything
    /// by reference, writes memory, or has structs in its signature.
    /// </summary>
    /// <exception cref="NotSupportedException">There is an instruction that forward mode does not know.</exception>
    public static Function? TangentMethod(Function primal, DerivativeOptions options)
    {
        if (!IsSimple(primal)) return null;
        Function jvp = TangentFunctions.Jvp(primal, options).Function;
        IrType number = jvp.Outputs[0].Type;
        return jvp with
        {
            Outputs = [new Output(OutputKind.Return, ".Value", number), new Output(OutputKind.Return, ".Tangent", number)],
            Parts = [new SignaturePart("", TupleOf(number))],
        };
    }

    /// <summary>(T Value, T Tangent)</summary>
    public static StructType TupleOf(IrType result)
    {
        string text = result is StructType type ? type.Name : ((ScalarType)result).Kind.CSharp();
        return new StructType($"({text} Value, {text} Tangent)", StructForm.Tuple,
            [new StructComponent("Value", result, ComponentAccess.Field, true), new StructComponent("Tangent", result, ComponentAccess.Field, true)], []);
    }

    /// <summary>
    /// FHvp from one backward pass over FJvp: the adjoint of the direction, with seed 1 for the tangent of the result alone, is the gradient, and that of the input the
    /// Hessian-vector product. Null where FJvp is more than value and tangent.
    /// </summary>
    /// <exception cref="NotSupportedException">There is an instruction that forward mode does not know.</exception>
    public static DerivedFunction? Hvp(Function primal, DerivativeOptions options)
    {
        if (Directional(primal, options) is not var (directional, directions)) return null;
        DerivedFunction pulled = GradientFunction.Of(directional, options with { UnitSeed = true });
        var parameters = new List<(Parameter Parameter, DerivedParameter Role)>();
        for (int k = 0; k < pulled.Roles.Length; k++)
            if (pulled.Roles[k] is { Role: ParameterRole.Own, Of: var own })
                parameters.Add((pulled.Function.Parameters[k], directions.TryGetValue(own, out string? of) ? new DerivedParameter(ParameterRole.Tangent, of) : pulled.Roles[k]));
        parameters.AddRange(Destinations(ParameterRole.Gradient, areDirections: true));
        parameters.AddRange(Destinations(ParameterRole.GradientTangent, areDirections: false));
        int[] gradients = [.. Enumerable.Range(0, pulled.Function.Outputs.Length).Where(k => pulled.Function.Outputs[k].Kind == OutputKind.Gradient)];
        (int Index, Output Output)[] outputs =
        [
            (1, new Output(OutputKind.Return, "", pulled.Function.Outputs[1].Type)),
            .. gradients.Where(k => directions.ContainsKey(pulled.Function.Outputs[k].Name)).Select(k => (k, pulled.Function.Outputs[k] with { Name = directions[pulled.Function.Outputs[k].Name] })),
            .. gradients.Where(k => !directions.ContainsKey(pulled.Function.Outputs[k].Name))
                .Select(k => (k, new Output(OutputKind.Tangent, DerivedNames.Tangent(pulled.Function.Outputs[k].Name), pulled.Function.Outputs[k].Type))),
        ];
        EquatableArray<Parameter> ordered = parameters.Select(static p => p.Parameter).ToEquatable();
        Function function = pulled.Function with
        {
            Name = primal.Name + "Hvp",
            Parameters = ordered,
            Outputs = outputs.Select(static o => o.Output).ToEquatable(),
            Body = DeadCode.Run(new Region(
                ordered.Select(static p => p.Value).ToEquatable(), pulled.Function.Body.Body, outputs.Select(o => pulled.Function.Body.Yields[o.Index]).ToEquatable())),
        };
        return new DerivedFunction(primal, function, parameters.Select(static p => p.Role).ToEquatable());

        IEnumerable<(Parameter, DerivedParameter)> Destinations(ParameterRole role, bool areDirections)
        {
            for (int k = 0; k < pulled.Roles.Length; k++)
            {
                if (pulled.Roles[k].Role != ParameterRole.Gradient || directions.ContainsKey(pulled.Roles[k].Of) != areDirections) continue;
                string of = areDirections ? directions[pulled.Roles[k].Of] : pulled.Roles[k].Of, name = DerivedNames.Adjoint(of);
                yield return (pulled.Function.Parameters[k] with { Name = areDirections ? name : DerivedNames.Tangent(name) }, new DerivedParameter(role, of));
            }
        }
    }

    /// <summary>FJvp with its tangent as the result and its value beside it, and which of its parameters are the directions of which.</summary>
    public static (Function Function, Dictionary<string, string> Directions)? Directional(Function primal, DerivativeOptions options)
    {
        if (!IsSimple(primal)) return null;
        DerivedFunction jvp = TangentFunctions.Jvp(primal, options);
        var directions = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int k = 0; k < jvp.Roles.Length; k++)
            if (jvp.Roles[k].Role == ParameterRole.Tangent) directions[jvp.Function.Parameters[k].Name] = jvp.Roles[k].Of;
        IrType number = jvp.Function.Outputs[0].Type;
        Function function = jvp.Function with
        {
            Outputs = [new Output(OutputKind.Return, "", number), new Output(OutputKind.Tangent, "", number)],
            Body = jvp.Function.Body with { Yields = [jvp.Function.Body.Yields[1], jvp.Function.Body.Yields[0]] },
        };
        return (function, directions);
    }

    private static bool IsSimple(Function primal)
        => primal.Parts.IsEmpty && primal.Outputs is [{ Kind: OutputKind.Return, Type: ScalarType { IsDifferentiable: true } }]
            && primal.Parameters.All(static p => !p.IsWritten && p.Passing is PassingKind.ByValue or PassingKind.In);
}

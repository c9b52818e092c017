using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>
/// The end of a member of scalars, structs and spans: the last states of <c>ref</c> and <c>out</c> parameters, the returned value, gradients. Structs are put
/// together again from their leaves.
/// </summary>
/// <param name="writer">Where the member is written.</param>
/// <param name="model">The method.</param>
/// <param name="derivative">Its derivative.</param>
/// <param name="context">How values are written.</param>
/// <param name="own">The member's parameter that is the method's own, or a leaf of it.</param>
internal sealed class MemberEnd(SourceWriter writer, MethodModel model, Derivative derivative, EmitContext context, Func<string, string> own)
{
    /// <summary>Writes the end of a forward half, which has no gradients, or of a whole member.</summary>
    public void Write(bool hasGradients)
    {
        List<(string Target, string State)> references = References();
        var results = new List<string>();
        if (model.ReturnTypeText != "void") results.Add(BeforeReferences(Result(), model.ReturnTypeText, "value", references));
        if (hasGradients)
            foreach (UserParameter parameter in ScalarSignature.ReturnedGradients(derivative))
                results.Add(BeforeReferences(GradientOf(parameter), ScalarSignature.GradientType(parameter), MemberNames.Adjoint(parameter.Name), references));
        FinalStates.Write(writer, references);
        Return(results);
    }

    /// <summary>Writes the end of a backward half.</summary>
    public void WriteGradients() => Return([.. ScalarSignature.ReturnedGradients(derivative).Select(GradientOf)]);

    private void Return(List<string> results)
    {
        if (results.Count == 1) writer.WriteLine($"return {results[0]};");
        else if (results.Count > 1) writer.WriteLine($"return ({string.Join(", ", results)});");
    }

    // What is still to be computed from a parameter is computed before the parameter gets its last state.
    private string BeforeReferences(string text, string type, string name, List<(string Target, string State)> references)
    {
        if (!references.Any(r => FinalStates.Mentions(text, r.Target))) return text;
        string local = context.NewName(name);
        writer.WriteLine($"{type} {local} = {text};");
        return local;
    }

    /// <summary>What <c>ref</c> and <c>out</c> parameters refer to, with its last state, where that is another than the first.</summary>
    private List<(string Target, string State)> References()
        => [.. SignatureParts.Parameters(derivative.Primal).SelectMany(p => FinalStates.Of(p.Passing, p.Struct, own(p.Name), [.. p.Leaves.Select(LastState)]))];

    private string LastState(Parameter leaf)
    {
        Function primal = derivative.Primal;
        for (int k = 0; k < primal.Outputs.Length; k++)
            if (primal.Outputs[k] is { Kind: OutputKind.Parameter } output && output.Name == leaf.Name) return context.Use(derivative.Forward.Yields[k]);
        return own(leaf.Name);
    }

    private string Result()
    {
        string[] values = [.. SignatureParts.ReturnedOutputs(derivative.Primal).Select(k => context.Use(derivative.Forward.Yields[k]))];
        return SignatureParts.Result(derivative.Primal) is { } type ? StructText.Build(type, k => values[k]) : values[0];
    }

    private string GradientOf(UserParameter parameter)
    {
        string?[] values =
        [
            .. parameter.Leaves.Select(leaf => derivative.Gradients.FirstOrDefault(g => g.Parameter == leaf.Name) is { Value: Value value } ? context.Use(value) : null),
        ];
        return parameter.Struct is { } type
            ? StructText.Build(type, k => values[k], isGradient: true)
            : values[0] ?? Literals.Exact(new Constant(new Value(-1, parameter.Leaves[0].Value.Type, ""), 0)).Text;
    }
}

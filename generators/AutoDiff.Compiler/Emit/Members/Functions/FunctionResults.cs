using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>The end of a member: what <c>ref</c> and <c>out</c> parameters become, all at once, then what is returned.</summary>
internal static class FunctionResults
{
    public static void Write(SourceWriter writer, EmitContext context, Function function, EquatableArray<Value> yields, FunctionSignature signature)
    {
        var finals = new List<(string Target, string State)>();
        for (int k = 0; k < function.Outputs.Length; k++)
        {
            if (function.Outputs[k] is not { Kind: OutputKind.Parameter } output) continue;
            string own = signature.NameOf(function.Parameters.First(p => p.Name == output.Name)), state = context.Use(yields[k]);
            if (own != state) finals.Add((own, state));
        }

        List<string> results = [.. FunctionSignature.Returned(function).Select(k => context.Use(yields[k]))];
        if (finals.Count > 0)
        {
            // What is returned may be an expression of the parameters as they were.
            int[] returned = [.. FunctionSignature.Returned(function)];
            for (int k = 0; k < results.Count; k++)
            {
                if (yields[returned[k]].Type is not ScalarType type || results[k].All(char.IsDigit)) continue;
                string kept = context.NewName(returned[k] == 0 ? "result" : "part");
                writer.WriteLine($"{type.Kind.CSharp()} {kept} = {results[k]};");
                results[k] = kept;
            }
        }

        if (finals.Count == 1) writer.WriteLine($"{finals[0].Target} = {finals[0].State};");
        else if (finals.Count > 1)
            writer.WriteLine($"({string.Join(", ", finals.Select(static f => f.Target))}) = ({string.Join(", ", finals.Select(static f => f.State))});");
        if (results.Count == 1) writer.WriteLine($"return {results[0]};");
        else if (results.Count > 1) writer.WriteLine($"return ({string.Join(", ", results)});");
    }
}

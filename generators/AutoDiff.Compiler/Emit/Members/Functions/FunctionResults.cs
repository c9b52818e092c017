using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>The end of a member: what <c>ref</c> and <c>out</c> parameters become, then what is returned.</summary>
internal static class FunctionResults
{
    public static void Write(SourceWriter writer, EmitContext context, Function function, EquatableArray<Value> yields, FunctionSignature signature)
    {
        var outputs = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int k = 0; k < function.Outputs.Length; k++)
            if (function.Outputs[k].Kind == OutputKind.Parameter) outputs[function.Outputs[k].Name] = k;
        List<(string Target, string State)> finals = [.. signature.Members.SelectMany(m => FinalStates.Of(m.Passing, m.Struct, signature.NameOf(m), States(m), m.Role.Role != ParameterRole.Own))];
        List<string> results = [.. signature.Results.Select(r => r.Text(k => context.Use(yields[k])))];
        if (finals.Count > 0)
        {
            // What is returned may be an expression of the parameters as they were.
            for (int k = 0; k < results.Count; k++)
            {
                if (results[k].All(char.IsDigit)) continue;
                string kept = context.NewName(k == 0 && signature.Results[k].Kind == OutputKind.Return ? "result" : "part");
                writer.WriteLine($"{signature.Results[k].TypeText} {kept} = {results[k]};");
                results[k] = kept;
            }
        }

        FinalStates.Write(writer, finals);
        if (results.Count == 1) writer.WriteLine($"return {results[0]};");
        else if (results.Count > 1) writer.WriteLine($"return ({string.Join(", ", results)});");

        // A leaf that is no output keeps what it is; a tangent has none for what carries no derivative.
        string?[] States(MemberParameter member)
        {
            var states = new string?[member.Struct?.Leaves.Count() ?? 1];
            foreach ((Parameter parameter, int leaf) in member.Leaves)
                states[leaf] = outputs.TryGetValue(parameter.Name, out int output) ? context.Use(yields[output]) : signature.NameOf(parameter);
            return states;
        }
    }
}

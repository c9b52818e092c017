using System.Text.RegularExpressions;
using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members;

// What a member leaves behind: references, the returned value, gradients. Structs are put together again from their leaves.
internal sealed partial class ScalarMember
{
    private void Return()
    {
        List<(string Target, string State)> references = References();
        var results = new List<string>();
        if (_model.ReturnTypeText != "void") results.Add(BeforeReferences(Result(), _model.ReturnTypeText, "value"));
        foreach (UserParameter parameter in ScalarSignature.ReturnedGradients(_derivative))
            results.Add(BeforeReferences(GradientOf(parameter), ScalarSignature.GradientType(parameter), MemberNames.Adjoint(parameter.Name)));
        LeaveReferences(references);
        if (results.Count == 1) _writer.WriteLine($"return {results[0]};");
        else if (results.Count > 1) _writer.WriteLine($"return ({string.Join(", ", results)});");

        // What is still to be computed from a parameter is computed before the parameter gets its last state.
        string BeforeReferences(string text, string type, string name)
        {
            if (!references.Any(r => Mentions(text, r.Target))) return text;
            string local = _context.NewName(name);
            _writer.WriteLine($"{type} {local} = {text};");
            return local;
        }
    }

    /// <summary>What <c>ref</c> and <c>out</c> parameters refer to, with its last state, where that is another than the first.</summary>
    private List<(string Target, string State)> References()
    {
        var references = new List<(string Target, string State)>();
        foreach (UserParameter parameter in SignatureParts.Parameters(_derivative.Primal))
        {
            if (parameter.Passing is not (PassingKind.Ref or PassingKind.Out)) continue;
            string[] owns = [.. parameter.Leaves.Select(leaf => _signature.Own(leaf.Name))], states = [.. parameter.Leaves.Select(LastState)];
            int[] changed = [.. Enumerable.Range(0, states.Length).Where(k => states[k] != owns[k])];
            if (parameter.Struct is { } type
                && (parameter.Passing == PassingKind.Out || changed.Any(k => !StructText.IsAssignable(type, parameter.PathOf(k)))))
            {
                if (changed.Length > 0) references.Add((_signature.Own(parameter.Name), StructText.Build(type, k => states[k])));
                continue;
            }

            references.AddRange(changed.Select(k => (owns[k], states[k])));
        }

        return references;
    }

    private void LeaveReferences(List<(string Target, string State)> references)
    {
        bool areExchanged = references.Where((r, k) => references.Take(k).Any(earlier => Mentions(r.State, earlier.Target))).Any();
        if (areExchanged)
            _writer.WriteLine($"({string.Join(", ", references.Select(static r => r.Target))}) = ({string.Join(", ", references.Select(static r => r.State))});");
        else
            foreach ((string target, string state) in references) _writer.WriteLine($"{target} = {state};");
    }

    private static bool Mentions(string text, string target) => Regex.IsMatch(text, $@"(?<![\w.@]){Regex.Escape(target)}(?!\w)");

    private string LastState(Parameter leaf)
    {
        Function primal = _derivative.Primal;
        for (int k = 0; k < primal.Outputs.Length; k++)
            if (primal.Outputs[k] is { Kind: OutputKind.Parameter } output && output.Name == leaf.Name) return _context.Use(_derivative.Forward.Yields[k]);
        return _signature.Own(leaf.Name);
    }

    private string Result()
    {
        Function primal = _derivative.Primal;
        string[] values = [.. SignatureParts.ReturnedOutputs(primal).Select(k => _context.Use(_derivative.Forward.Yields[k]))];
        return SignatureParts.Result(primal) is { } type ? StructText.Build(type, k => values[k]) : values[0];
    }

    private string GradientOf(UserParameter parameter)
    {
        string?[] values =
        [
            .. parameter.Leaves.Select(leaf => _derivative.Gradients.FirstOrDefault(g => g.Parameter == leaf.Name) is { Value: Value value }
                ? _context.Use(value)
                : null),
        ];
        return parameter.Struct is { } type
            ? StructText.Build(type, k => values[k], isGradient: true)
            : values[0] ?? Literals.Exact(new Constant(new Value(-1, parameter.Leaves[0].Value.Type, ""), 0)).Text;
    }
}

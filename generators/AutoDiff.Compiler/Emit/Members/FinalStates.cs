using System.Text.RegularExpressions;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>What <c>ref</c> and <c>out</c> parameters refer to at the end of a member: leaf by leaf where leaves can be assigned, else the whole struct.</summary>
internal static class FinalStates
{
    /// <summary>The assignments of one parameter, without those that change nothing.</summary>
    /// <param name="passing">How it is passed.</param>
    /// <param name="type">Its struct type; null for a number.</param>
    /// <param name="whole">How it is written.</param>
    /// <param name="states">The last state of each leaf; null where it has the default value of its type.</param>
    /// <param name="isGradient">Whether a struct is a tangent or a gradient.</param>
    public static IEnumerable<(string Target, string State)> Of(PassingKind passing, StructType? type, string whole, IReadOnlyList<string?> states, bool isGradient = false)
    {
        if (passing is not (PassingKind.Ref or PassingKind.Out)) return [];
        if (type is null) return states[0] is { } state && state != whole ? [(whole, state)] : [];
        string[] paths = [.. type.Leaves.Select(static l => l.Path)], targets = [.. paths.Select(p => StructText.Access(whole, p))];
        int[] changed = [.. Enumerable.Range(0, states.Count).Where(k => states[k] is { } state && state != targets[k])];
        if (passing == PassingKind.Out || changed.Any(k => !StructText.IsAssignable(type, paths[k])))
            return changed.Length > 0 || passing == PassingKind.Out ? [(whole, StructText.Build(type, k => states[k], isGradient))] : [];
        return changed.Select(k => (targets[k], states[k]!));
    }

    /// <summary>Writes the assignments, all at once where one reads what another changes.</summary>
    public static void Write(SourceWriter writer, IReadOnlyList<(string Target, string State)> finals)
    {
        bool areExchanged = finals.Where((r, k) => finals.Take(k).Any(earlier => Mentions(r.State, earlier.Target))).Any();
        if (areExchanged) writer.WriteLine($"({string.Join(", ", finals.Select(static r => r.Target))}) = ({string.Join(", ", finals.Select(static r => r.State))});");
        else
            foreach ((string target, string state) in finals) writer.WriteLine($"{target} = {state};");
    }

    /// <summary>Whether an expression reads a variable.</summary>
    public static bool Mentions(string text, string target) => Regex.IsMatch(text, $@"(?<![\w.@]){Regex.Escape(target)}(?!\w)");
}

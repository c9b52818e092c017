using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Variables;

/// <summary>
/// Which values one would like to see in one variable: the states of a carried value (what it is initially, in the body, what the body yields, what comes
/// out), the result of a branch with what its regions yield, and values of one name.
/// </summary>
internal static class Affinity
{
    /// <summary>Parameter and result of a loop: always one variable.</summary>
    public static IEnumerable<(Value, Value)> LoopStates(RegionSite root)
        => from site in Sites(root) from pair in LoopStates(site) select pair;

    /// <summary>Values that meet at the entry or exit of a region: one variable where their lifetimes allow it.</summary>
    public static IEnumerable<(Value, Value)> Meetings(RegionSite root)
        => from site in Sites(root) from pair in Meetings(site) select pair;

    /// <summary>The carried values of a loop among the parameters of its body: those of a counted loop come after the counter.</summary>
    public static IEnumerable<Value> Carried(Instruction loop) => loop switch
    {
        For counted => counted.Body.Parameters.Skip(1),
        While other => other.Body.Parameters,
        _ => [],
    };

    public static IEnumerable<Site> Sites(RegionSite region)
    {
        for (int i = 0; i < region.Body.Length; i++)
        {
            foreach (RegionSite nested in region.Nested(i))
                foreach (Site site in Sites(nested)) yield return site;
            yield return new Site(region, i);
        }
    }

    private static IEnumerable<(Value, Value)> LoopStates(Site site)
        => site.Instruction is For or While ? Carried(site.Instruction).Zip(site.Instruction.Results, static (p, r) => (p, r)) : [];

    private static IEnumerable<(Value, Value)> Meetings(Site site) => site.Instruction switch
    {
        For loop => Pairs(loop, loop.Initial, loop.Body.Yields),
        While loop => Pairs(loop, loop.Initial, loop.Body.Yields),
        If branch => branch.Defines.Zip(branch.Then.Yields, static (r, y) => (r, y)).Concat(branch.Defines.Zip(branch.Else.Yields, static (r, y) => (r, y))),
        _ => [],
    };

    private static IEnumerable<(Value, Value)> Pairs(Instruction loop, EquatableArray<Value> initial, EquatableArray<Value> yields)
        => Carried(loop).Zip(yields, static (p, y) => (p, y)).Concat(Carried(loop).Zip(initial, static (p, v) => (p, v)));
}

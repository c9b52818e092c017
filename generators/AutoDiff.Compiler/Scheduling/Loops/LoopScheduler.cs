using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>
/// Marks the loops whose iterations run in lanes (<see cref="For.InLanes"/>) and says of the others why they do not (<see cref="For.Serial"/>). Inner loops
/// first: only where none of the loops inside can, the loop around them is tried.
/// </summary>
internal sealed class LoopScheduler
{
    private readonly IndexFacts _facts;
    private readonly ElementKind _element;

    private LoopScheduler(IndexFacts facts, ElementKind element) => (_facts, _element) = (facts, element);

    /// <summary>Marks the loops of regions that follow one another.</summary>
    public static Region[] Run(IReadOnlyDictionary<int, Value> twins, params Region[] regions)
    {
        if (ElementOf(regions) is not { } element) return regions;
        var scheduler = new LoopScheduler(new IndexFacts(regions, twins), element);
        return [.. regions.Select(r => scheduler.Mark(r, out _))];
    }

    /// <summary>Whether any loop runs in lanes.</summary>
    public static bool HasLanes(Region region) => region.Body.Any(static i => i is For { InLanes: true } || i.Regions.Any(HasLanes));

    /// <summary>The kind of the floating-point numbers in memory: the widest one that lanes have.</summary>
    public static ElementKind? ElementOf(params IEnumerable<Region> regions)
    {
        ElementKind? found = null;
        foreach (Region region in regions) Visit(region);
        return found;

        void Visit(Region region)
        {
            foreach (Instruction instruction in region.Body)
            {
                foreach (Value value in instruction.Results.Concat(instruction.Operands))
                {
                    if (value.Type is not ScalarType { Kind: (ElementKind.Double or ElementKind.Single) and var kind }) continue;
                    if (found is null || kind == ElementKind.Double) found = kind;
                }

                foreach (Region nested in instruction.Regions) Visit(nested);
            }
        }
    }

    private Region Mark(Region region, out bool anyLanes)
    {
        anyLanes = false;
        var body = new List<Instruction>();
        foreach (Instruction instruction in region.Body)
        {
            bool inner = false;
            Instruction marked = instruction switch
            {
                For loop => Mark(loop, out inner),
                While loop => loop with { Body = Mark(loop.Body, out inner) },
                If branch => Branch(branch, out inner),
                _ => instruction,
            };
            anyLanes |= inner;
            body.Add(marked);
        }

        return region with { Body = body.ToEquatable() };
    }

    private If Branch(If branch, out bool anyLanes)
    {
        Region then = Mark(branch.Then, out bool inThen), otherwise = Mark(branch.Else, out bool inElse);
        anyLanes = inThen || inElse;
        return branch with { Then = then, Else = otherwise };
    }

    private For Mark(For loop, out bool anyLanes)
    {
        Region body = Mark(loop.Body, out anyLanes);
        if (anyLanes) return loop with { Body = body };
        if (LaneAnalysis.Of(loop, _facts, _element, out string reason) is not null)
        {
            anyLanes = true;
            return loop with { InLanes = true };
        }

        return loop with { Body = body, Serial = reason };
    }
}

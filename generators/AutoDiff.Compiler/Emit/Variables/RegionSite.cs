using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Variables;

/// <summary>A region at its place in a body: the one thing that holds positions, since instructions and regions are equal by value.</summary>
internal sealed class RegionSite
{
    private readonly RegionSite[][] _nested;

    public RegionSite(RegionSite? parent, int parentIndex, Region region)
    {
        Parent = parent;
        ParentIndex = parentIndex;
        Region = region;
        Depth = parent is null ? 0 : parent.Depth + 1;
        _nested = new RegionSite[region.Body.Length][];
        for (int i = 0; i < _nested.Length; i++)
        {
            int index = i;
            _nested[i] = region.Body[i].Regions.Select(r => new RegionSite(this, index, r)).ToArray();
        }
    }

    public RegionSite? Parent { get; }

    /// <summary>Where in the parent's body the instruction stands that holds this region.</summary>
    public int ParentIndex { get; }

    public Region Region { get; }

    public int Depth { get; }

    public EquatableArray<Instruction> Body => Region.Body;

    /// <summary>The instruction that holds this region; null for the whole body.</summary>
    public Instruction? Holder => Parent?.Body[ParentIndex];

    /// <summary>The regions of the instruction at <paramref name="index"/>.</summary>
    public IReadOnlyList<RegionSite> Nested(int index) => _nested[index];

    public bool Encloses(RegionSite other)
    {
        RegionSite? region = other;
        while (region is not null && region.Depth > Depth) region = region.Parent;
        return ReferenceEquals(region, this);
    }
}

/// <summary>An instruction at its place; <see cref="Index"/> is −1 for the parameters of the region and the length of the body for its yields.</summary>
internal readonly record struct Site(RegionSite Region, int Index)
{
    public Instruction? Instruction => Index >= 0 && Index < Region.Body.Length ? Region.Body[Index] : null;

    /// <summary>The innermost region that holds both, and where in it the earlier one stands.</summary>
    public static Site Common(Site a, Site b)
    {
        while (a.Region.Depth > b.Region.Depth) a = a.Lift();
        while (b.Region.Depth > a.Region.Depth) b = b.Lift();
        while (!ReferenceEquals(a.Region, b.Region)) (a, b) = (a.Lift(), b.Lift());
        return a.Index <= b.Index ? a : b;
    }

    private Site Lift() => new(Region.Parent!, Region.ParentIndex);
}

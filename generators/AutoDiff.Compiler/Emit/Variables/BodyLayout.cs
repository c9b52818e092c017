using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Variables;

/// <summary>Where each value of a body is defined and used.</summary>
internal sealed class BodyLayout
{
    private readonly Dictionary<int, Site> _definitions = [];
    private readonly Dictionary<int, List<Site>> _uses = [];
    private readonly List<Value> _values = [];

    public BodyLayout(Region body)
    {
        Root = new RegionSite(null, 0, body);
        Visit(Root);
    }

    public RegionSite Root { get; }

    /// <summary>Every value that the body defines, in program order.</summary>
    public IReadOnlyList<Value> Values => _values;

    /// <summary>Where a value is defined; null for one from outside.</summary>
    public Site? DefinitionOf(Value value) => _definitions.TryGetValue(value.Id, out Site site) ? site : null;

    /// <summary>The instruction that defines a value as its result; null for parameters and values from outside.</summary>
    public Instruction? InstructionOf(Value value) => DefinitionOf(value)?.Instruction;

    /// <summary>The places that use a value, once for each use.</summary>
    public IReadOnlyList<Site> UsesOf(Value value) => _uses.TryGetValue(value.Id, out List<Site>? sites) ? sites : [];

    private void Visit(RegionSite region)
    {
        foreach (Value parameter in region.Region.Parameters) Define(parameter, new Site(region, -1));
        for (int i = 0; i < region.Body.Length; i++)
        {
            var site = new Site(region, i);
            foreach (Value operand in region.Body[i].Operands) Use(operand, site);
            foreach (RegionSite nested in region.Nested(i)) Visit(nested);
            foreach (Value result in region.Body[i].Results) Define(result, site);
        }

        foreach (Value yield in region.Region.Yields) Use(yield, new Site(region, region.Body.Length));
    }

    private void Define(Value value, Site site)
    {
        _definitions.Add(value.Id, site);
        _values.Add(value);
    }

    private void Use(Value value, Site site)
    {
        if (!_uses.TryGetValue(value.Id, out List<Site>? sites)) _uses.Add(value.Id, sites = []);
        sites.Add(site);
    }
}

using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Emit;

// Elements that every iteration adds to: their lanes are kept over the loop, and meet behind it.
internal sealed partial class LaneEmitter
{
    private readonly List<(Accumulate Origin, string Lanes)> _sums = [];

    private void DeclareGathered()
    {
        foreach (Accumulate accumulate in Loop.Body.Body.OfType<Accumulate>())
        {
            (int, int) key = (accumulate.Buffer.Id, accumulate.Index.Id);
            if (_loop.KindOf(accumulate.Index) != LaneKind.Uniform || IsOfTheLoop(accumulate.Index) || IsOfTheLoop(accumulate.Buffer) || _gathered.ContainsKey(key)) continue;
            string name = _context.Names.Reserve(CSharpNames.Unescape(NameHints.Of(accumulate.Buffer, _context)) + "Lanes");
            _context.Statement($"V {name} = V.Zero;");
            _gathered[key] = name;
            _sums.Add((accumulate, name));
        }
    }

    // Where the loop does not run at all, the element need not exist.
    private void WriteGathered(string last, string first)
    {
        foreach ((Accumulate origin, string lanes) in _sums)
            _context.Statement($"if ({first} < {last}) {_context.Element(origin.Buffer, origin.Index)} += V.Sum({lanes});");
    }

    private bool IsOfTheLoop(Value value) => _context.Plan.Layout.DefinitionOf(value) is { } site && Encloses(site.Region);

    private bool Encloses(Variables.RegionSite? region)
    {
        for (; region is not null; region = region.Parent)
            if (ReferenceEquals(region.Region, Loop.Body)) return true;
        return false;
    }
}

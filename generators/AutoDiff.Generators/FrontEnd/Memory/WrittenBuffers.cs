using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// Which parameters a function writes: those whose memory something stands for that is written, a view of it or what branches and loops choose. A
/// may-analysis, insensitive to flow.
/// </summary>
internal sealed class WrittenBuffers
{
    private readonly BufferRoots _roots;
    private readonly HashSet<int> _written = [];

    public WrittenBuffers(IEnumerable<Parameter> parameters, Region body)
    {
        _roots = new BufferRoots(parameters, body);
        Visit(body);
    }

    public bool IsWritten(Value parameter) => _written.Contains(parameter.Id);

    private void Visit(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            IEnumerable<Value> targets = instruction switch
            {
                Store store => [store.Buffer],
                Accumulate accumulate => [accumulate.Buffer],
                CopyBuffer copy => [copy.Destination],
                FillBuffer fill => [fill.Buffer],
                Call call => call.WrittenBuffers(),
                _ => [],
            };
            foreach (Value root in targets.SelectMany(_roots.RootsOf)) _written.Add(root.Id);
            foreach (Region nested in instruction.Regions) Visit(nested);
        }
    }
}

using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Derivatives.Reverse;

/// <summary>
/// Whether a written buffer's contents at entry can matter: a must-write analysis (which elements has every path written so far?) that asks at each read whether
/// the elements that it may read are among them. Elements are ranges of polynomials over counters and lengths. What cannot be proved counts as a read, since a superfluous
/// gradient destination is a zero and a missing one would be a lost derivative.
/// </summary>
internal sealed class EntryReads
{
    private readonly IndexFacts _facts;
    private readonly BufferRoots _roots;
    private readonly Value _buffer;
    private readonly List<For> _loops = [];

    private EntryReads(Value buffer, IndexFacts facts, BufferRoots roots) => (_buffer, _facts, _roots) = (buffer, facts, roots);

    /// <summary>Whether the function may read an element of one of its buffers that it has not written before.</summary>
    public static bool Any(Function function, Value buffer)
    {
        var reads = new EntryReads(buffer, new IndexFacts([function.Body]), new BufferRoots(function.Parameters, function.Body));
        var written = new WrittenRanges(reads._facts);
        return reads.Scan(function.Body, written) || function.Body.Yields.Any(y => reads.ReadsAll(y, written));
    }

    /// <summary>Whether what a parameter holds at entry can matter.</summary>
    public static bool AreInput(Parameter parameter, Function function) => !parameter.IsWritten || parameter.HoldsInput || Any(function, parameter.Value);

    /// <summary>Whether an iteration of a loop may read an element that it has not written itself.</summary>
    public static bool Any(Region body, Value buffer, IndexFacts facts, BufferRoots roots) => new EntryReads(buffer, facts, roots).Scan(body, new WrittenRanges(facts));

    /// <summary>Adds what a region writes; true where it reads what has not been written.</summary>
    private bool Scan(Region region, WrittenRanges written)
    {
        foreach (Instruction instruction in region.Body)
        {
            bool reads = instruction switch
            {
                SliceBuffer or BufferLength => false,
                Load load => Reads(load.Buffer, written, _facts.Of(load.Index), load.Path),
                If branch => Either(branch, written),
                For loop => Loop(loop, written),
                While loop => Scan(loop.Body, written.Copy()),
                CopyBuffer copy => ReadsAll(copy.Source, written),
                Store or FillBuffer => false,
                _ => instruction.Operands.Any(o => ReadsAll(o, written)),
            };
            if (reads) return true;
            switch (instruction)
            {
                case Store store when Part(store.Buffer) is { } view:
                    written.Add(ElementRange.Of(view.First + _facts.Of(store.Index), store.Path));
                    break;
                case FillBuffer { Buffer: var filled } when Part(filled) is { } view:
                    written.Add(view);
                    break;
                case CopyBuffer { Destination: var copied } when Part(copied) is { } view:
                    written.Add(view);
                    break;
                case Throw:
                    // Nothing behind it is reached.
                    written.AddEverything();
                    return false;
            }
        }

        return false;
    }

    private bool Either(If branch, WrittenRanges written)
    {
        WrittenRanges then = written.Copy(), otherwise = written.Copy();
        if (Scan(branch.Then, then) || Scan(branch.Else, otherwise)) return true;
        written.AddBoth(then, otherwise);
        return false;
    }

    // What an iteration writes has been written after the loop where the pieces of all iterations join. One that may stop early proves nothing.
    private bool Loop(For loop, WrittenRanges written)
    {
        WrittenRanges body = written.Copy();
        _loops.Add(loop);
        bool reads = Scan(loop.Body, body);
        _loops.RemoveAt(_loops.Count - 1);
        if (reads) return true;
        if (!loop.HasCondition && loop.Stride > 0) written.AddSwept(body, loop, Inside(loop.Body));
        return false;
    }

    /// <summary>Whether reading an element at an index reads what was there at entry.</summary>
    private bool Reads(Value buffer, WrittenRanges written, IndexPolynomial index, string path)
    {
        if (!MayBe(buffer)) return false;

        // An element of a view is inside the view, or else there is an exception.
        return Part(buffer) is { } view ? !written.Covers(view) && !AreWritten(ElementRange.Of(view.First + index, path), written) : !written.Covers(Whole);
    }

    // Where one element is not enough to prove it, those that all iterations around read may be.
    private bool AreWritten(ElementRange range, WrittenRanges written)
    {
        if (written.Covers(range)) return true;
        for (int k = _loops.Count - 1; k >= 0; k--)
        {
            int counter = IndexFacts.AtomOf(_loops[k].Counter);
            if (!range.Mentions(atom => atom == counter)) continue;
            if (range.Swept(_loops[k], _facts) is not { } all) return false;
            if (written.Covers(range = all)) return true;
        }

        return false;
    }

    private bool ReadsAll(Value operand, WrittenRanges written)
        => operand.Type is BufferType && MayBe(operand) && !AreWritten(Part(operand) ?? Whole, written);

    private bool MayBe(Value buffer) => _roots.RootsOf(buffer).Contains(_buffer);

    private ElementRange Whole => new(IndexPolynomial.Constant(0), _facts.LengthOf(_buffer), null);

    /// <summary>Which part of the buffer a value is; null where it may be another buffer, or control flow chooses which part.</summary>
    private ElementRange? Part(Value buffer)
    {
        if (_facts.RootOf(buffer) != _buffer) return null;
        IndexPolynomial first = _facts.StartOf(buffer);
        return new ElementRange(first, first + _facts.LengthOf(buffer), null);
    }

    /// <summary>The atoms of what a region defines.</summary>
    private static HashSet<int> Inside(Region region)
    {
        var atoms = new HashSet<int>();
        Visit(region);
        return atoms;

        void Visit(Region r)
        {
            foreach (Value parameter in r.Parameters) Add(parameter);
            foreach (Instruction instruction in r.Body)
            {
                foreach (Value result in instruction.Results) Add(result);
                foreach (Region nested in instruction.Regions) Visit(nested);
            }
        }

        void Add(Value value)
        {
            atoms.Add(IndexFacts.AtomOf(value));
            atoms.Add(IndexFacts.AtomOf(value) + 1);
        }
    }
}

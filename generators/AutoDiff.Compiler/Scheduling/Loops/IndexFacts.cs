using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>
/// What is known of whole numbers and buffers in a body: numbers as polynomials, lengths, the memory behind a view, the range of a counter. Arithmetic is
/// taken to be exact: an index that overflowed would fail its bounds check in the loop as in front of it.
/// </summary>
internal sealed class IndexFacts
{
    private readonly Dictionary<int, Instruction> _definitions = [];
    private readonly Dictionary<int, For> _counters = [];
    private readonly Dictionary<int, IndexPolynomial> _polynomials = [];
    private readonly HashSet<int> _regionParameters = [];

    private readonly IReadOnlyDictionary<int, Value> _twins;

    /// <param name="regions">Regions that follow one another.</param>
    /// <param name="twins">Buffers that are checked at entry to be as long as others: shadows by id, with what they belong to.</param>
    public IndexFacts(IEnumerable<Region> regions, IReadOnlyDictionary<int, Value>? twins = null)
    {
        _twins = twins ?? new Dictionary<int, Value>();
        foreach (Region region in regions) Visit(region, isBody: true);
    }

    /// <summary>Adds what a new instruction defines; nothing that is known may change.</summary>
    public void Include(Instruction instruction) => Visit(new Region([], [instruction], []), isBody: true);

    public static int AtomOf(Value value) => 2 * value.Id;

    public Instruction? DefinitionOf(Value value) => _definitions.TryGetValue(value.Id, out Instruction? instruction) ? instruction : null;

    /// <summary>The atom of a value, or of the length of a buffer.</summary>
    public IndexPolynomial Of(Value value)
    {
        if (_polynomials.TryGetValue(value.Id, out IndexPolynomial? known)) return known;
        IndexPolynomial own = IndexPolynomial.Atom(AtomOf(value));
        _polynomials[value.Id] = own;
        return _polynomials[value.Id] = Compute(value) ?? own;
    }

    public IndexPolynomial LengthOf(Value buffer) => DefinitionOf(buffer) switch
    {
        AllocateBuffer allocate => Of(allocate.Length),
        SliceBuffer slice => Of(slice.Length),
        ReserveTape run => Of(run.End) - Of(run.First),
        ReleaseTape run => Of(run.End) - Of(run.First),
        _ => IndexPolynomial.Atom(2 * (_twins.TryGetValue(buffer.Id, out Value? twin) ? twin : buffer).Id + 1),
    };

    /// <summary>The buffer that a buffer is a view of; null where control flow chooses it.</summary>
    public Value? RootOf(Value buffer)
    {
        while (DefinitionOf(buffer) is SliceBuffer slice) buffer = slice.Buffer;
        return DefinitionOf(buffer) is If or For or While || _regionParameters.Contains(buffer.Id) ? null : buffer;
    }

    /// <summary>Whether the ranges of two views of the same memory cannot meet.</summary>
    public bool AreApart(Value a, Value b)
    {
        IndexPolynomial distance = StartOf(b) - StartOf(a);
        return IsNonNegative(distance - LengthOf(a)) || IsNonNegative(IndexPolynomial.Constant(0) - distance - LengthOf(b));
    }

    /// <summary>Whether an index lies in its buffer for every number of a counter between <paramref name="first"/> and <paramref name="end"/>.</summary>
    public bool IsInside(IndexPolynomial index, Value counter, IndexPolynomial first, IndexPolynomial end, Value buffer)
    {
        if (index.Split(AtomOf(counter)) is not var (coefficient, rest)) return false;
        IndexPolynomial length = LengthOf(buffer);
        if (coefficient.AsConstant is 0) return IsNonNegative(rest) && IsNonNegative(length - rest - IndexPolynomial.Constant(1));
        return coefficient.AsConstant is 1 && IsNonNegative(rest + first) && IsNonNegative(length - rest - end);
    }

    /// <summary>Whether a number is proved not to be negative.</summary>
    public bool IsNonNegative(IndexPolynomial polynomial) => polynomial.IsNonNegative(IsNonNegativeAtom) || Bounded(polynomial, 3);

    // A counter c of for (c = first; c < end) is at most end − 1: where it counts against the number, its greatest value is tried.
    private bool Bounded(IndexPolynomial polynomial, int depth)
    {
        if (depth == 0) return false;
        foreach ((int[] atoms, long coefficient) in polynomial.Terms)
        {
            if (coefficient >= 0) continue;
            foreach (int atom in atoms)
            {
                if ((atom & 1) != 0 || !_counters.TryGetValue(atom >> 1, out For? loop) || loop.Stride != 1) continue;
                if (polynomial.Split(atom) is not var (factor, rest)) continue;
                if (IndexPolynomial.Multiply(factor, Of(loop.End) - IndexPolynomial.Constant(1)) is not { } greatest) continue;
                IndexPolynomial least = greatest + rest;
                if (factor.AsConstant is < 0 && (least.IsNonNegative(IsNonNegativeAtom) || Bounded(least, depth - 1))) return true;
            }
        }

        return false;
    }

    private bool IsNonNegativeAtom(int atom)
    {
        if ((atom & 1) != 0) return true;
        return _counters.TryGetValue(atom >> 1, out For? loop) && loop.Stride > 0 && Of(loop.Start).IsNonNegative(IsNonNegativeAtom);
    }

    /// <summary>Where a view starts in the memory behind it.</summary>
    public IndexPolynomial StartOf(Value buffer)
    {
        IndexPolynomial start = IndexPolynomial.Constant(0);
        for (; DefinitionOf(buffer) is SliceBuffer slice; buffer = slice.Buffer) start += Of(slice.Start);
        return start;
    }

    private IndexPolynomial? Compute(Value value)
    {
        switch (DefinitionOf(value))
        {
            case Constant constant when value.Element.IsInteger():
                return IndexPolynomial.Constant(constant.Bits);
            case BufferLength length:
                return LengthOf(length.Buffer);
            case Apply { Operation: Elementwise { Op: var op } } apply when value.Type.Equals(IrType.Int32) && apply.Inputs.All(static v => v.Type.Equals(IrType.Int32)):
                return op switch
                {
                    ScalarOp.Add => Of(apply.Inputs[0]) + Of(apply.Inputs[1]),
                    ScalarOp.Subtract => Of(apply.Inputs[0]) - Of(apply.Inputs[1]),
                    ScalarOp.Negate => IndexPolynomial.Constant(0) - Of(apply.Inputs[0]),
                    ScalarOp.Multiply => IndexPolynomial.Multiply(Of(apply.Inputs[0]), Of(apply.Inputs[1])),
                    _ => null,
                };
            default:
                return null;
        }
    }

    private void Visit(Region region, bool isBody)
    {
        if (!isBody) _regionParameters.UnionWith(region.Parameters.Select(static v => v.Id));
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value result in instruction.Results) _definitions[result.Id] = instruction;
            if (instruction is For loop) _counters[loop.Counter.Id] = loop;
            foreach (Region nested in instruction.Regions) Visit(nested, isBody: false);
        }
    }
}

using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Residuals;

/// <summary>
/// Whether the backward part of a loop may run earlier than the rest of the backward part: of the adjoint buffers around it, it does nothing but add to them, and
/// nothing that runs before it in the backward part does more than that either. Sums do not mind their order.
/// </summary>
internal sealed class AdjointMemory
{
    private readonly BufferFacts _buffers;
    private readonly HashSet<int> _destinations;
    private readonly Dictionary<int, Value> _views = [];
    private readonly HashSet<int> _adjoints = [];
    private readonly HashSet<int> _local = [];

    /// <param name="buffers">What the method does with its own memory.</param>
    /// <param name="shadows">The adjoint buffers of parameters.</param>
    /// <param name="backward">The whole backward part.</param>
    public AdjointMemory(BufferFacts buffers, IEnumerable<Shadow> shadows, Region backward)
    {
        _buffers = buffers;
        _destinations = [.. shadows.Where(static s => s.Kind == ShadowKind.Destination).Select(static s => s.Value.Id)];
        _adjoints.UnionWith(shadows.Select(static s => s.Value.Id));
        Index(backward);
    }

    /// <summary>The adjoint buffers around a loop that it adds to; null where it does more.</summary>
    public HashSet<int>? AddedTo(Region body)
    {
        var added = new HashSet<int>();
        var inside = new HashSet<int>();
        return IsAdding(body, added, inside) && added.All(id => _destinations.Contains(id) || _local.Contains(id)) ? added : null;
    }

    /// <summary>Whether instructions do no more to these buffers than add to them.</summary>
    public bool OnlyAdd(IEnumerable<Instruction> instructions, HashSet<int> roots)
    {
        return instructions.All(Adds);

        bool Adds(Instruction instruction) => instruction switch
        {
            Accumulate or SliceBuffer or BufferLength => true,
            AllocateBuffer => true,
            CallPullback call => Written(call).All(Apart) && call.Inputs.All(Apart),
            _ => instruction.Operands.All(Apart) && instruction.Regions.All(r => r.Yields.All(Apart) && r.Body.All(Adds)),
        };

        bool Apart(Value value) => value.Type is not BufferType || !roots.Contains(Root(value));
    }

    private bool IsAdding(Region region, HashSet<int> added, HashSet<int> inside)
    {
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case Constant or Apply or BufferLength or SliceBuffer:
                    break;
                case AllocateBuffer allocate:
                    inside.Add(allocate.Result.Id);
                    break;
                case Accumulate accumulate:
                    Add(accumulate.Buffer);
                    break;
                case Load load when IsInside(load.Buffer) || IsReadOnly(load.Buffer):
                    break;
                case Store store when IsInside(store.Buffer):
                    break;
                case FillBuffer fill when IsInside(fill.Buffer):
                    break;
                case CopyBuffer copy when IsInside(copy.Destination) && (IsInside(copy.Source) || IsReadOnly(copy.Source)):
                    break;
                case CallPullback call when Written(call).All(IsInside):
                    foreach (Value shadow in call.Shadows) Add(shadow);
                    break;
                case If or For or While when instruction.Results.Concat(instruction.Regions.SelectMany(static r => r.Parameters)).All(static v => v.Type is ScalarType):
                    if (!instruction.Regions.All(r => IsAdding(r, added, inside))) return false;
                    break;
                default:
                    return false;
            }
        }

        return true;

        void Add(Value buffer)
        {
            if (!IsInside(buffer)) added.Add(Root(buffer));
        }

        bool IsInside(Value buffer) => inside.Contains(Root(buffer));

        bool IsReadOnly(Value buffer) => !_adjoints.Contains(Root(buffer)) && !_local.Contains(Root(buffer)) && !_buffers.IsWritten(buffer) && !_buffers.IsChosen(buffer);
    }

    // Of a buffer that the callee writes, the pullback replaces the adjoint.
    private static IEnumerable<Value> Written(CallPullback call)
        => call.Callee.Parameters.Where(static p => p is { IsDifferentiable: true, Type: BufferType })
            .Zip(call.Shadows, static (p, shadow) => (p, shadow)).Where(static x => x.p.IsWritten).Select(static x => x.shadow);

    private int Root(Value buffer)
    {
        while (_views.TryGetValue(buffer.Id, out Value? whole)) buffer = whole;
        return buffer.Id;
    }

    private void Index(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is SliceBuffer slice) _views[slice.Result.Id] = slice.Buffer;
            if (instruction is AllocateBuffer allocate) _local.Add(allocate.Result.Id);
            foreach (Value result in instruction.Results.Concat(instruction.Regions.SelectMany(static r => r.Parameters)))
                if (result.Type is BufferType) _adjoints.Add(result.Id);
            foreach (Region nested in instruction.Regions) Index(nested);
        }
    }
}

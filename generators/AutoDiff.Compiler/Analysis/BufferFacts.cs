using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis;

/// <summary>
/// Which memory a buffer value stands for, and which memory is written. Buffers that may share memory (views, and what branches and loops choose among) are one
/// class, known by its root (union-find: a may-analysis, insensitive to flow). Two buffers with different roots do not overlap (the generated code checks
/// that at entry), two with the same root may. What stands outside of the function is memory too: it stays as it is, or it may change.
/// </summary>
public sealed class BufferFacts
{
    private readonly Dictionary<int, Value> _parents = [];
    private readonly List<Value> _written = [];
    private readonly Dictionary<int, Value> _views = [];
    private readonly HashSet<int> _chosen = [];
    private readonly HashSet<int> _allocations = [];
    private readonly HashSet<Load> _unchanged = new(IdentityComparer<Load>.Instance);
    private HashSet<int>? _writtenRoots;

    private BufferFacts()
    {
    }

    /// <param name="function">The function.</param>
    /// <param name="isApart">Whether the backward part is a method of its own, which runs at any time after the forward part.</param>
    public static BufferFacts Of(Function function, bool isApart = false)
    {
        var facts = new BufferFacts { OutsideMayChange = isApart || OutsideState.Changes(function.Body) };
        facts.Visit(function.Body);
        return facts;
    }

    /// <summary>Whether what stands outside of the function may be another before the backward part reads it again.</summary>
    public bool OutsideMayChange { get; init; }

    /// <summary>Adds what a derivative does with memory of its own.</summary>
    public void Include(Region region)
    {
        _writtenRoots = null;
        Visit(region);
    }

    public Value Root(Value buffer)
    {
        while (_parents.TryGetValue(buffer.Id, out Value? parent)) buffer = parent;
        return buffer;
    }

    /// <summary>Whether anything in the function writes the memory behind a buffer.</summary>
    public bool IsWritten(Value buffer)
    {
        _writtenRoots ??= [.. _written.Select(w => Root(w).Id)];
        return _writtenRoots.Contains(Root(buffer).Id);
    }

    /// <summary>Whether the function itself makes the buffer, and leaves it as it is: zeros. Adjoint memory is not the function's own.</summary>
    public bool IsZeros(Value allocation) => _allocations.Contains(allocation.Id) && !IsWritten(allocation);

    /// <summary>Declares that the backward part of a load runs before the element that it read is written again.</summary>
    public void MarkUnchanged(Load load) => _unchanged.Add(load);

    /// <summary>Whether the load may run again in its backward part.</summary>
    public bool MayReload(Load load) => !IsChosen(load.Buffer) && (!IsWritten(load.Buffer) || _unchanged.Contains(load));

    /// <summary>Whether control flow chose the memory: it may be another one when the backward part gets there.</summary>
    public bool IsChosen(Value buffer)
    {
        while (_views.TryGetValue(buffer.Id, out Value? whole)) buffer = whole;
        return _chosen.Contains(buffer.Id);
    }

    private void Visit(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case AllocateBuffer allocate:
                    _allocations.Add(allocate.Result.Id);
                    break;
                case SliceBuffer slice:
                    _views[slice.Result.Id] = slice.Buffer;
                    Join(slice.Result, slice.Buffer);
                    break;
                case If branch:
                    Join(branch.Results, branch.Then.Yields);
                    Join(branch.Results, branch.Else.Yields);
                    break;
                case For loop:
                    Carry(loop.Results, loop.Initial, loop.Body.Parameters.Skip(1).ToEquatable(), loop.Body.Yields);
                    break;
                case While loop:
                    Carry(loop.Results, loop.Initial, loop.Body.Parameters, loop.Body.Yields);
                    break;
                case Store store:
                    _written.Add(store.Buffer);
                    break;
                case Accumulate accumulate:
                    _written.Add(accumulate.Buffer);
                    break;
                case FillBuffer fill:
                    _written.Add(fill.Buffer);
                    break;
                case CopyBuffer copy:
                    _written.Add(copy.Destination);
                    break;
                case Call call:
                    _written.AddRange(call.WrittenBuffers());
                    break;
            }

            foreach (Region nested in instruction.Regions) Visit(nested);
        }
    }

    private void Carry(EquatableArray<Value> results, EquatableArray<Value> initial, EquatableArray<Value> states, EquatableArray<Value> yields)
    {
        Join(states, initial);
        Join(states, yields);
        Join(results, states);
    }

    private void Join(EquatableArray<Value> a, EquatableArray<Value> b)
    {
        for (int k = 0; k < a.Length; k++)
        {
            if (a[k].Type is not BufferType) continue;
            _chosen.Add(a[k].Id);
            Join(a[k], b[k]);
        }
    }

    // The one defined first is the root: a parameter, or an allocation.
    private void Join(Value a, Value b)
    {
        (a, b) = (Root(a), Root(b));
        if (a.Id == b.Id) return;
        if (a.Id < b.Id) _parents[b.Id] = a;
        else _parents[a.Id] = b;
    }
}

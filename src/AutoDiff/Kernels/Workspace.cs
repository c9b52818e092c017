using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <summary>
/// Memory for the intermediates of one call, reused from call to call: a bump allocator over pinned chunks, and stacks for residual frames.
/// </summary>
/// <remarks>
/// Each thread keeps the workspaces that were returned on it. Chunks are never moved or shrunk while in use, so spans stay valid while the
/// workspace grows; when all is released, several chunks become one, so that the next identical use fits and allocates nothing. Not
/// thread-safe: one workspace belongs to one call on one thread (bodies of a parallel loop may write spans of it).
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class Workspace
{
    private const int KeptPerThread = 8;

    [ThreadStatic]
    private static Workspace?[]? t_free;

    private bool _rented;

    private Workspace()
    {
    }

    /// <summary>A workspace of this thread's own, empty. A nested call gets another one.</summary>
    public static Workspace Rent()
    {
        Workspace?[] free = t_free ??= new Workspace?[KeptPerThread];
        for (int i = free.Length - 1; i >= 0; i--)
        {
            if (free[i] is { } workspace)
            {
                free[i] = null;
                workspace._rented = true;
                return workspace;
            }
        }

        return new Workspace { _rented = true };
    }

    /// <summary>Releases everything and gives the workspace back. Spans of it must not be used afterwards.</summary>
    /// <exception cref="InvalidOperationException">It has been returned already.</exception>
    public void Return()
    {
        if (!_rented)
            throw new InvalidOperationException("The workspace has been returned already.");
        _rented = false;
        Release(default);
        ClearStacks();

        // The lowest free place, so that the next Rent, which takes the highest, finds the workspace returned last: nested calls return
        // inner before outer, and each level meets its own workspace again.
        Workspace?[] free = t_free ??= new Workspace?[KeptPerThread];
        for (int i = 0; i < free.Length; i++)
        {
            if (free[i] is null)
            {
                free[i] = this;
                return;
            }
        }
    }

    /// <summary>Uninitialised memory for <paramref name="length"/> elements, aligned to 64 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative length.</exception>
    public Span<T> Allocate<T>(int length)
        where T : unmanaged =>
        Span(AllocateBlock<T>(length));

    /// <summary>As <see cref="Allocate{T}"/>, as a handle that fits into a residual frame.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative length.</exception>
    public Block<T> AllocateBlock<T>(int length)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        long lines = ((long)length * Unsafe.SizeOf<T>() + Chunk.LineSize - 1) / Chunk.LineSize;
        long offset = Reserve(lines);
        return new(_current, offset, length);
    }

    /// <summary>The memory of a block.</summary>
    public Span<T> Span<T>(scoped in Block<T> block)
        where T : unmanaged =>
        block.Length == 0 ? [] : _chunks[block.Chunk].Span<T>(block.Offset, block.Length);
}

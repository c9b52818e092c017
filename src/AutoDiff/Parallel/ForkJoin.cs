using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace AutoDiff.Parallel;

/// <summary>A parallel loop over the calling thread and persistent workers, without allocation once the workers exist.</summary>
/// <remarks>
/// A loop inside a loop, or one that finds the workers busy for another thread, runs on its own thread: no deadlock, no
/// oversubscription. The workers spin for some microseconds after a loop, then sleep.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public static unsafe class ForkJoin
{
    private const int ChunksPerThread = 4;

    private static int _maxThreads = Environment.ProcessorCount;

    /// <summary>The number of threads a loop may use, the caller included; by default the number of processors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public static int MaxThreads
    {
        get => _maxThreads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxThreads = value;
        }
    }

    /// <summary>
    /// Runs <paramref name="body"/> over [0, <paramref name="count"/>) in ranges of at least <paramref name="grain"/> iterations.
    /// </summary>
    /// <remarks>An exception of any range reaches the caller (the first one), after all ranges that had begun are over.</remarks>
    public static void For<TBody>(int count, int grain, scoped ref TBody body)
        where TBody : IParallelBody, allows ref struct
    {
        if (count <= 0)
            return;
        grain = Math.Max(grain, 1);
        int threads = Math.Min(_maxThreads, (int)(((long)count + grain - 1) / grain));
        if (threads <= 1 || !Team.TryEnter())
        {
            body.Run(0, count);
            return;
        }

        // The body is copied to this frame and handed to the workers as a raw address. That is safe for the GC: this frame stays until
        // every worker has left the loop; the local is address-exposed, so the GC always sees and updates the references and byrefs in
        // it where they are; a worker's own `this` is a byref into another thread's stack, which the GC ignores, and what the worker
        // reads out of it lives in the worker's frame like any other local.
        TBody local = body;
        try
        {
            int chunk = Math.Max(grain, (int)(((long)count + threads * ChunksPerThread - 1) / (threads * ChunksPerThread)));
            Team.Run(&Invoke<TBody>, Unsafe.AsPointer(ref local), count, chunk, threads);
        }
        finally
        {
            Team.Exit();
            body = local;
        }
    }

    private static void Invoke<TBody>(void* body, int start, int end)
        where TBody : IParallelBody, allows ref struct =>
        Unsafe.AsRef<TBody>(body).Run(start, end);
}

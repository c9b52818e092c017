using System.Runtime.ExceptionServices;

namespace AutoDiff.Parallel;

/// <summary>The workers behind <see cref="ForkJoin"/> and the one loop they share at a time.</summary>
/// <remarks>
/// A loop is described by plain fields, written before <see cref="s_gate"/> opens. The gate holds, in one word, the number of the loop,
/// how many more workers may join it and how many are inside; a worker joins by compare-and-swap, so that it can neither enter a loop that
/// has been closed nor mistake the next loop for the last. The caller waits only for workers that did join: a sleeping or descheduled
/// worker delays nobody.
/// </remarks>
internal static unsafe class Team
{
    private const long Inside = 1;
    private const long InsideMask = 0xFFFF;
    private const long Place = 1L << 16;
    private const long PlacesMask = 0xFFFFL << 16;
    private const int LoopShift = 32;

    private static readonly Lock s_creation = new();
    private static Worker[] s_workers = [];
    private static int s_busy;

    private static long s_gate;
    private static int s_next;
    private static int s_count;
    private static int s_chunk;
    private static delegate*<void*, int, int, void> s_run;
    private static void* s_body;
    private static ExceptionDispatchInfo? s_failure;

    /// <summary>Takes the workers for the calling thread, unless they have a loop already.</summary>
    public static bool TryEnter() => Volatile.Read(ref s_busy) == 0 && Interlocked.CompareExchange(ref s_busy, 1, 0) == 0;

    public static void Exit() => Volatile.Write(ref s_busy, 0);

    public static void Run(delegate*<void*, int, int, void> run, void* body, int count, int chunk, int threads)
    {
        int helpers = Math.Min(threads, 0x7FFF) - 1;
        Worker[] workers = s_workers;
        if (workers.Length < helpers)
            workers = Grow(helpers);

        s_run = run;
        s_body = body;
        s_count = count;
        s_chunk = chunk;
        s_failure = null;
        Volatile.Write(ref s_next, 0);
        long loop = (Volatile.Read(ref s_gate) >> LoopShift) + 1;
        Interlocked.Exchange(ref s_gate, (loop << LoopShift) | (helpers * Place));
        for (int i = 0; i < helpers; i++)
            workers[i].WakeIfAsleep();

        RunChunks();

        // Close the gate, then wait for those inside.
        Interlocked.And(ref s_gate, ~PlacesMask);
        var spinner = new SpinWait();
        while ((Volatile.Read(ref s_gate) & InsideMask) != 0)
            spinner.SpinOnce(sleep1Threshold: -1);
        ExceptionDispatchInfo? failure = s_failure;
        s_body = null;
        s_failure = null;
        failure?.Throw();
    }

    /// <summary>Whether a loop other than <paramref name="lastLoop"/> has a place left.</summary>
    public static bool HasPlace(long lastLoop)
    {
        long gate = Volatile.Read(ref s_gate);
        return (gate & PlacesMask) != 0 && gate >> LoopShift != lastLoop;
    }

    /// <summary>Joins the current loop, if there is a place in one not joined before, and runs ranges until none is left.</summary>
    public static void JoinAndRun(ref long lastLoop)
    {
        long gate = Volatile.Read(ref s_gate);
        if ((gate & PlacesMask) == 0 || gate >> LoopShift == lastLoop)
            return;
        if (Interlocked.CompareExchange(ref s_gate, gate - Place + Inside, gate) != gate)
            return;
        lastLoop = gate >> LoopShift;
        RunChunks();
        Interlocked.Add(ref s_gate, -Inside);
    }

    private static void RunChunks()
    {
        try
        {
            while (true)
            {
                // Fits: at most one chunk beyond the count for each thread.
                long start = (uint)Interlocked.Add(ref s_next, s_chunk) - (long)s_chunk;
                if (start >= s_count)
                    return;
                s_run(s_body, (int)start, (int)Math.Min(start + s_chunk, s_count));
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref s_failure, ExceptionDispatchInfo.Capture(exception), null);
            Volatile.Write(ref s_next, s_count);
        }
    }

    private static Worker[] Grow(int helpers)
    {
        lock (s_creation)
        {
            Worker[] workers = s_workers;
            if (workers.Length < helpers)
            {
                IEnumerable<int> numbers = Enumerable.Range(workers.Length, helpers - workers.Length);
                s_workers = workers = [.. workers, .. numbers.Select(i => new Worker(i))];
            }

            return workers;
        }
    }
}

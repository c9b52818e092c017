namespace AutoDiff.Parallel;

/// <summary>One persistent background thread: spins for a loop to join, then sleeps until woken.</summary>
internal sealed class Worker
{
    // About 50 µs: longer than the serial part between two loops of a training step, short against a time slice.
    private const int SpinsBeforeSleep = 400;
    private const int PausesPerSpin = 12;

    private readonly SemaphoreSlim _wake = new(0);
    private int _asleep;

    public Worker(int number)
    {
        var thread = new Thread(Loop) { IsBackground = true, Name = $"AutoDiff worker {number + 1}" };
        thread.UnsafeStart();
    }

    public void WakeIfAsleep()
    {
        // The gate has been opened with a full fence before this read, and the worker reads the gate after its own fence:
        // one of the two sees the other.
        if (Volatile.Read(ref _asleep) == 1 && Interlocked.Exchange(ref _asleep, 0) == 1)
            _wake.Release();
    }

    private void Loop()
    {
        long lastLoop = 0;
        int spins = 0;
        while (true)
        {
            if (Team.HasPlace(lastLoop))
            {
                Team.JoinAndRun(ref lastLoop);
                spins = 0;
            }
            else if (spins++ < SpinsBeforeSleep)
            {
                Thread.SpinWait(PausesPerSpin);
            }
            else
            {
                Sleep(lastLoop);
                spins = 0;
            }
        }
    }

    private void Sleep(long lastLoop)
    {
        Interlocked.Exchange(ref _asleep, 1);

        // A loop that opened before the flag was visible would not wake this worker.
        if (Team.HasPlace(lastLoop) && Interlocked.Exchange(ref _asleep, 0) == 1)
            return;
        _wake.Wait();
    }
}

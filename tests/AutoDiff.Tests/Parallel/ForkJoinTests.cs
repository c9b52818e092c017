using AutoDiff.Parallel;

namespace AutoDiff.Tests.Parallel;

[Collection(ThreadCounts.Name)]
public class ForkJoinTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void EveryIndexRunsOnce(int threads) => ThreadCounts.With(threads, () =>
    {
        foreach (int count in new[] { 0, 1, 2, 7, 64, 1000, 12345 })
        {
            foreach (int grain in new[] { 0, 1, 3, 100 })
            {
                var visits = new int[count];
                var body = new CountVisits(visits);
                for (int i = 0; i < 20; i++)
                    ForkJoin.For(count, grain, ref body);
                Assert.All(visits, v => Assert.Equal(20, v));
            }
        }
    });

    [Fact]
    public void RangesAreAtLeastTheGrain() => ThreadCounts.With(8, () =>
    {
        var lengths = new System.Collections.Concurrent.ConcurrentBag<int>();
        var body = new Collect(lengths);
        ForkJoin.For(1000, 300, ref body);
        Assert.Equal(1000, lengths.Sum());
        Assert.True(lengths.Count(l => l < 300) <= 1);
    });

    [Fact]
    public void WorkersTakePart() => ThreadCounts.With(2, () =>
    {
        // Each range waits until the other one has begun: passes only with two threads.
        using var both = new Barrier(2);
        var body = new Meet(both);
        ForkJoin.For(2, 1, ref body);
        Assert.Equal(1, both.CurrentPhaseNumber);
    });

    [Fact]
    public void NestedLoopsRunInline() => ThreadCounts.With(4, () =>
    {
        var visits = new int[100 * 50];
        var body = new Outer(visits);
        ForkJoin.For(100, 1, ref body);
        Assert.All(visits, v => Assert.Equal(1, v));
    });

    [Fact]
    public void ManyCallersAtOnceAreServed() => ThreadCounts.With(3, () =>
    {
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 300; i++)
            {
                var visits = new int[97];
                var body = new CountVisits(visits);
                ForkJoin.For(visits.Length, 1, ref body);
                if (visits.Any(v => v != 1))
                    throw new InvalidOperationException("an index was missed or repeated");
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
    });

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    public void ExceptionsReachTheCaller(int where) => ThreadCounts.With(3, () =>
    {
        for (int i = 0; i < 20; i++)
        {
            var body = new Fail(where);
            var exception = Assert.Throws<InvalidOperationException>(() => ForkJoin.For(1000, 1, ref body));
            Assert.Equal("at " + where, exception.Message);
        }

        var visits = new int[100];
        var after = new CountVisits(visits);
        ForkJoin.For(100, 1, ref after);
        Assert.All(visits, v => Assert.Equal(1, v));
    });

    [Fact]
    public void SpansInTheBodySurviveCollections() => ThreadCounts.With(3, () =>
    {
        for (int round = 0; round < 30; round++)
        {
            // A fresh array each time and compacting collections meanwhile: the byref in the body moves under the workers.
            var values = new int[3000];
            var body = new WriteWithGarbage(values);
            ForkJoin.For(values.Length, 10, ref body);
            Assert.Equal(Enumerable.Range(0, values.Length), values);
        }
    });

    [Fact]
    public void NothingIsAllocatedAfterTheFirstLoop() => ThreadCounts.With(2, () =>
    {
        var visits = new int[1000];
        var body = new CountVisits(visits);
        ForkJoin.For(1000, 1, ref body);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            ForkJoin.For(1000, 1, ref body);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    });

    [Fact]
    public void ThreadsBelowOneAreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => ForkJoin.MaxThreads = 0);

    private readonly struct CountVisits(int[] visits) : IParallelBody
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
                Interlocked.Increment(ref visits[i]);
        }
    }

    private readonly struct Collect(System.Collections.Concurrent.ConcurrentBag<int> lengths) : IParallelBody
    {
        public void Run(int start, int end) => lengths.Add(end - start);
    }

    private readonly struct Meet(Barrier both) : IParallelBody
    {
        public void Run(int start, int end) => both.SignalAndWait(TimeSpan.FromSeconds(20));
    }

    private readonly struct Outer(int[] visits) : IParallelBody
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                var inner = new Inner(visits.AsSpan(i * 50, 50));
                ForkJoin.For(50, 1, ref inner);
            }
        }
    }

    private readonly ref struct Inner(Span<int> visits) : IParallelBody
    {
        private readonly Span<int> _visits = visits;

        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
                _visits[i]++;
        }
    }

    private readonly struct Fail(int where) : IParallelBody
    {
        public void Run(int start, int end)
        {
            if (start <= where && where < end)
                throw new InvalidOperationException("at " + where);
        }
    }

    private readonly ref struct WriteWithGarbage(Span<int> values) : IParallelBody
    {
        private readonly Span<int> _values = values;

        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                _values[i] = i + new byte[1000].Length - 1000;
                if (i % 500 == 0)
                    GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            }
        }
    }
}

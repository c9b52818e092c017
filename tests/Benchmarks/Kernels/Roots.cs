using AutoDiff.Parallel;
using AutoDiff.Simd;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>The rate of square roots and quotients, which share a unit of the processor that is busy for many cycles with each.</summary>
internal static class Roots
{
    private const int Length = 4096;

    /// <summary>Seconds for a root and a quotient of one float, in the first-level cache.</summary>
    public static double SecondsEach()
    {
        float[] x = [.. Enumerable.Range(1, Length).Select(static i => (float)i)], y = new float[Length];
        return Measure.Seconds(() =>
        {
            var loop = new Loop(x, y);
            RowLoops.Run<float, Loop>(ref loop, 1, Length);
        }) / Length;
    }

    private readonly ref struct Loop(ReadOnlySpan<float> x, Span<float> y) : IRowLoop<float>
    {
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _y = y;

        public void Rows<V>(int start, int end)
            where V : struct, IVector<V, float>
        {
            for (int i = 0; i <= _x.Length - V.Count; i += V.Count)
                V.Store(V.One / V.Sqrt(V.Load(_x, i)), _y, i);
        }
    }
}

using System.Numerics;
using AutoDiff.Simd;

namespace AutoDiff.Tests.Simd;

/// <summary>Arithmetic, masks and memory of the vectors, at every width and type, lane by lane against scalar code.</summary>
public class VectorTests
{
    private interface ICheck
    {
        void Run<V, T>()
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>;
    }

    [Fact]
    public void CountsAreTheWidths()
    {
        Assert.Equal((16, 8), (Vec512<float>.Count, Vec512<double>.Count));
        Assert.Equal((8, 4), (Vec256<float>.Count, Vec256<double>.Count));
        Assert.Equal((4, 2), (Vec128<float>.Count, Vec128<double>.Count));
    }

    [Fact]
    public void ArithmeticIsLaneWise() => Everywhere(default(Arithmetic));

    [Fact]
    public void PartialAccessesTouchOnlyTheirLanes() => Everywhere(default(PartialAccess));

    [Fact]
    public void StridedAccessesStep() => Everywhere(default(StridedAccess));

    [Fact]
    public void MasksSelect() => Everywhere(default(Masks));

    [Fact]
    public void HorizontalsHaveOneOrder() => Everywhere(default(Horizontals));

    [Fact]
    public void NeighboursMoveByOneLane() => Everywhere(default(Neighbours));

    [Fact]
    public void ExponentsAreExact() => Everywhere(default(Exponents));

    private static void Everywhere<TCheck>(TCheck check)
        where TCheck : ICheck
    {
        check.Run<Vec512<float>, float>();
        check.Run<Vec256<float>, float>();
        check.Run<Vec128<float>, float>();
        check.Run<Vec512<double>, double>();
        check.Run<Vec256<double>, double>();
        check.Run<Vec128<double>, double>();
    }

    private static T[] Values<T>(int seed, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] special = [0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1, -1, 0.5, 2.5, -3.5, 1e-320];
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(
            random.Next(3) == 0 ? special[random.Next(special.Length)] : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 4))))];
    }

    private static T[] Lanes<V, T>(V value)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lanes = new T[V.Count];
        V.Store(value, ref lanes[0], 0);
        return lanes;
    }

    private readonly struct Arithmetic : ICheck
    {
        public void Run<V, T>()
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            for (int seed = 0; seed < 100; seed++)
            {
                T[] a = Values<T>(seed, V.Count), b = Values<T>(seed + 1000, V.Count), c = Values<T>(seed + 2000, V.Count);
                V x = V.Load(in a[0], 0), y = V.Load(in b[0], 0), z = V.Load(in c[0], 0);
                Check(x + y, k => a[k] + b[k]);
                Check(x - y, k => a[k] - b[k]);
                Check(x * y, k => a[k] * b[k]);
                Check(x / y, k => a[k] / b[k]);
                Check(-x, k => -a[k]);
                Check(V.MultiplyAdd(x, y, z), k => T.FusedMultiplyAdd(a[k], b[k], c[k]));
                Check(V.MultiplyAddEstimate(x, y, z), k => T.MultiplyAddEstimate(a[k], b[k], c[k]));
                Check(V.MultiplyAdd(x, y, 0.1), k => T.MultiplyAddEstimate(a[k], b[k], T.CreateTruncating(0.1)));
                Check(V.Abs(x), k => T.Abs(a[k]));
                Check(V.Sqrt(V.Abs(x)), k => T.Sqrt(T.Abs(a[k])));
                Check(V.Reciprocal(x), k => T.One / a[k]);
                Check(V.Min(x, y), k => T.Min(a[k], b[k]));
                Check(V.Max(x, y), k => T.Max(a[k], b[k]));
                Check(V.AtLeast(V.One, x), k => T.Max(T.One, a[k]));
                Check(V.AtMost(V.One, x), k => T.Min(T.One, a[k]));
                Check(V.Floor(x), k => T.Floor(a[k]));
                Check(V.Ceiling(x), k => T.Ceiling(a[k]));
                Check(V.Round(x), k => T.Round(a[k]));
                Check(V.Truncate(x), k => T.Truncate(a[k]));
                Check(V.CopySign(x, y), k => T.CopySign(a[k], b[k]));
                Check(V.Sign(x), k => a[k] > T.Zero ? T.One : a[k] < T.Zero ? -T.One : a[k]);
                Check(V.Broadcast(b[0]), _ => b[0]);
                Check(V.Constant(0.1), _ => T.CreateTruncating(0.1));
                Check(V.Iota(T.CreateTruncating(7)), k => T.CreateTruncating(7 + k));
                Check(V.Zero, _ => T.Zero);
                Check(V.One, _ => T.One);
            }

            static void Check(V actual, Func<int, T> expected)
            {
                T[] lanes = Lanes<V, T>(actual);
                for (int k = 0; k < lanes.Length; k++)
                {
                    T e = expected(k);
                    Assert.Equal(e, lanes[k]);
                    Assert.True(T.IsNaN(e) || T.IsNegative(e) == T.IsNegative(lanes[k]));
                }
            }
        }
    }

    private readonly struct PartialAccess : ICheck
    {
        public void Run<V, T>()
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] source = [.. Enumerable.Range(1, 3 * V.Count).Select(i => T.CreateTruncating(i))];
            for (int count = 0; count <= V.Count; count++)
            {
                T[] lanes = Lanes<V, T>(V.LoadPartial(in source[0], 2, count));
                Assert.Equal(Enumerable.Range(0, V.Count).Select(k => k < count ? source[k + 2] : T.Zero), lanes);

                var destination = new T[3 * V.Count];
                V.StorePartial(V.Load(in source[0], 0), ref destination[0], V.Count, count);
                Assert.Equal(
                    Enumerable.Range(0, destination.Length).Select(k => k >= V.Count && k < V.Count + count ? source[k - V.Count] : T.Zero),
                    destination);
                T[] mask = Lanes<V, T>(V.Select(V.FirstLanes(count), V.One, V.Zero));
                Assert.Equal(Enumerable.Range(0, V.Count).Select(k => k < count ? T.One : T.Zero), mask);
            }
        }
    }

    private readonly struct StridedAccess : ICheck
    {
        public void Run<V, T>()
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] source = [.. Enumerable.Range(1, 4 * V.Count + 4).Select(i => T.CreateTruncating(i))];
            for (int stride = -2; stride <= 3; stride++)
            {
                int start = stride < 0 ? 2 * V.Count : 1;
                for (int count = 0; count <= V.Count; count++)
                {
                    V value = count == V.Count
                        ? V.LoadStrided(in source[0], start, stride)
                        : V.LoadStridedPartial(in source[0], start, stride, count);
                    Assert.Equal(
                        Enumerable.Range(0, V.Count).Select(k => k < count ? source[start + k * stride] : T.Zero),
                        Lanes<V, T>(value));
                    if (stride == 0)
                        continue;
                    var destination = new T[source.Length];
                    if (count == V.Count)
                        V.StoreStrided(value, ref destination[0], start, stride);
                    else
                        V.StoreStridedPartial(value, ref destination[0], start, stride, count);
                    for (int i = 0; i < destination.Length; i++)
                    {
                        bool written = (i - start) % stride == 0 && (i - start) / stride >= 0 && (i - start) / stride < count;
                        Assert.Equal(written ? source[i] : T.Zero, destination[i]);
                    }
                }
            }
        }
    }

    private readonly struct Masks : ICheck
    {
        public void Run<V, T>()
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            for (int seed = 0; seed < 100; seed++)
            {
                T[] a = Values<T>(seed, V.Count), b = Values<T>(seed + 1000, V.Count);
                V x = V.Load(in a[0], 0), y = V.Load(in b[0], 0);
                V less = V.LessThan(x, y), greater = V.GreaterThan(x, y);
                Check(less, k => a[k] < b[k]);
                Check(V.LessThanOrEqual(x, y), k => a[k] <= b[k]);
                Check(greater, k => a[k] > b[k]);
                Check(V.GreaterThanOrEqual(x, y), k => a[k] >= b[k]);
                Check(V.EqualTo(x, y), k => a[k] == b[k]);
                Check(V.NotEqualTo(x, y), k => a[k] != b[k]);
                Check(V.Or(less, greater), k => a[k] < b[k] || a[k] > b[k]);
                Check(V.And(less, V.FirstLanes(1)), k => a[k] < b[k] && k < 1);
                Check(V.AndNot(less, V.FirstLanes(1)), k => a[k] < b[k] && k >= 1);
                Check(V.Not(less), k => !(a[k] < b[k]));
            }

            static void Check(V mask, Func<int, bool> expected)
            {
                T[] lanes = Lanes<V, T>(V.Select(mask, V.One, V.Zero));
                bool[] set = [.. Enumerable.Range(0, V.Count).Select(expected)];
                Assert.Equal(set.Select(s => s ? T.One : T.Zero), lanes);
                Assert.Equal(set.Any(s => s), V.Any(mask));
                Assert.Equal(set.All(s => s), V.All(mask));
            }
        }
    }

    private readonly struct Neighbours : ICheck
    {
        public void Run<V, T>()
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] numbers = [.. Enumerable.Range(1, 2 * V.Count).Select(T.CreateChecked)];
            V first = V.Load(in numbers[0], 0), second = V.Load(in numbers[0], V.Count);
            Assert.Equal(numbers[(V.Count - 1)..^1], Lanes<V, T>(V.Preceding(first, second)));
            Assert.Equal(numbers[1..(V.Count + 1)], Lanes<V, T>(V.Following(first, second)));
        }

        private static T[] Lanes<V, T>(V vector)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] lanes = new T[V.Count];
            V.Store(vector, ref lanes[0], 0);
            return lanes;
        }
    }

    private readonly struct Horizontals : ICheck
    {
        public void Run<V, T>()
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            for (int seed = 0; seed < 50; seed++)
            {
                T[] a = Values<T>(seed, V.Count);
                V x = V.Load(in a[0], 0);
                Assert.Equal(Halves(a), V.Sum(x));
                Assert.Equal(a.Aggregate(T.Max), V.Max(x));
                Assert.Equal(a.Aggregate(T.Min), V.Min(x));
                if (!a.Any(T.IsNaN))
                    Assert.Equal(a.Aggregate(T.Max), V.Peak(x));
            }

            static T Halves(T[] lanes)
            {
                T[] sums = [.. lanes];
                for (int half = lanes.Length / 2; half > 0; half /= 2)
                {
                    for (int k = 0; k < half; k++)
                        sums[k] += sums[k + half];
                }

                return sums[0];
            }
        }
    }

    private readonly struct Exponents : ICheck
    {
        public void Run<V, T>()
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            bool single = typeof(T) == typeof(float);
            double[] values = single ? [1.18e-38, 1e-20, 0.3, 1, 1.5, 2, 1e30] : [2.3e-308, 1e-300, 0.3, 1, 1.5, 2, 1e300];
            foreach (double value in values)
            {
                T x = T.CreateTruncating(value);
                V m = V.Decompose(V.Broadcast(x), out V e);
                T mantissa = Lanes<V, T>(m)[V.Count - 1];
                int exponent = int.CreateTruncating(Lanes<V, T>(e)[V.Count - 1]);
                Assert.InRange(double.CreateTruncating(mantissa), 0.70710, 1.414214);
                Assert.Equal(x, T.ScaleB(mantissa, exponent));
            }

            foreach (int n in new[] { 0, 1, -1, 100, -100, 128, -126, -140, -149, -150, -160 })
            {
                int scale = single ? n : n * 7;
                T actual = Lanes<V, T>(V.ScaleByPowerOfTwo(V.Constant(1.3), V.Broadcast(T.CreateTruncating(scale))))[0];
                Assert.Equal(T.ScaleB(T.CreateTruncating(1.3), scale), actual);
            }
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using AutoDiff.Benchmarks.Figures;
using AutoDiff.Benchmarks.Peers;
using AutoDiff.Parallel;
using AutoDiff.Simd;

namespace AutoDiff.Benchmarks.Kernels;

/// <summary>Elementary functions over 64 K elements, one thread, beside the framework's vector versions and PyTorch's.</summary>
internal static class ElementwiseBenchmark
{
    private const int Length = 1 << 16;

    private static readonly (string Name, bool IsBounded)[] s_functions =
    [
        ("Exp", true), ("Expm1", false), ("Log", true), ("Log1p", false), ("Tanh", true), ("Sigmoid", true), ("Softplus", true), ("Silu", true), ("Erf", true), ("Gelu", true),
        ("GeluTanh", false), ("Sin", true), ("Cos", true), ("Tan", false), ("Pow", true), ("Atan", false), ("Exp+Tanh+Gelu+Log", false),
    ];

    public static IEnumerable<Figure> Figures()
    {
        IReadOnlyDictionary<string, double> peer = PyTorch.Kernels("elementwise");
        return [.. Of<float>("float", peer), .. Of<double>("double", peer)];
    }

    private static IEnumerable<Figure> Of<T>(string kind, IReadOnlyDictionary<string, double> peer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int function = 0; function < s_functions.Length; function++)
        {
            (string name, bool isBounded) = s_functions[function];
            double rate = Rate<T>(function), framework = FrameworkFunctions.Rate<T>(name, Values<T>());
            double torch = peer.TryGetValue($"{name}:{kind}", out double seconds) ? Length / 1e9 / seconds : 0;
            double best = Math.Max(framework, torch);
            string others = (framework > 0 ? $", framework {framework:F2}" : "") + (torch > 0 ? $", PyTorch {torch:F2}" : "");
            yield return new(kind, name, best > 0 ? rate / best : rate, best > 0 && isBounded ? Bound.AtLeast(1) : null, $"{rate:F2} billions a second{others}");
        }
    }

    private static T[] Values<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [.. Enumerable.Range(0, Length).Select(i => T.CreateTruncating((i * 7919 % 1000) * 0.01 - 4.995))];

    /// <summary>Seconds for the exponentials of so many elements.</summary>
    public static double ExpSeconds(int length)
    {
        float[] x = [.. Enumerable.Range(0, length).Select(static i => (i * 7919 % 1000) * 0.01f - 9)], y = new float[length];
        return Measure.Seconds(() =>
        {
            var loop = new Loop<float>(x, y, 0);
            RowLoops.Run<float, Loop<float>>(ref loop, 1, length);
        });
    }

    private static double Rate<T>(int function)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = Values<T>();
        var y = new T[Length];
        return Length / 1e9 / Measure.Seconds(() =>
        {
            var loop = new Loop<T>(x, y, function);
            RowLoops.Run<T, Loop<T>>(ref loop, 1, Length);
        });
    }

    private readonly ref struct Loop<T>(ReadOnlySpan<T> x, Span<T> y, int function) : IRowLoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> _x = x;
        private readonly Span<T> _y = y;

        public void Rows<V>(int start, int end)
            where V : struct, IVector<V, T>
        {
            switch (function)
            {
                case 0: Map<V, Exp>(); break;
                case 1: Map<V, Expm1>(); break;
                case 2: Map<V, Log>(); break;
                case 3: Map<V, Log1p>(); break;
                case 4: Map<V, Tanh>(); break;
                case 5: Map<V, Sigmoid>(); break;
                case 6: Map<V, Softplus>(); break;
                case 7: Map<V, Silu>(); break;
                case 8: Map<V, Erf>(); break;
                case 9: Map<V, Gelu>(); break;
                case 10: Map<V, GeluTanh>(); break;
                case 11: Map<V, Sin>(); break;
                case 12: Map<V, Cos>(); break;
                case 13: Map<V, Tan>(); break;
                case 14: Map<V, Pow>(); break;
                case 15: Map<V, Atan>(); break;
                default: Map<V, Fused>(); break;
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Map<V, TFunction>()
            where V : struct, IVector<V, T>
            where TFunction : IFunction
        {
            for (int i = 0; i <= _x.Length - V.Count; i += V.Count)
                V.Store(TFunction.Apply<V, T>(V.Load(in _x[0], i)), ref _y[0], i);
        }
    }

    private interface IFunction
    {
        static abstract V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>;
    }

    private readonly struct Exp : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Exp(x);
    }

    private readonly struct Expm1 : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Expm1(x);
    }

    private readonly struct Log : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Log(V.Abs(x));
    }

    private readonly struct Log1p : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Log1p(x);
    }

    private readonly struct Tanh : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Tanh(x);
    }

    private readonly struct Sigmoid : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Sigmoid(x);
    }

    private readonly struct Softplus : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Softplus(x);
    }

    private readonly struct Silu : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Silu(x);
    }

    private readonly struct Erf : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Erf(x);
    }

    private readonly struct Gelu : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Gelu(x);
    }

    private readonly struct GeluTanh : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.GeluTanh(x);
    }

    private readonly struct Sin : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Sin(x);
    }

    private readonly struct Cos : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Cos(x);
    }

    private readonly struct Tan : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Tan(x);
    }

    private readonly struct Pow : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Pow(V.Abs(x), x);
    }

    private readonly struct Atan : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Atan(x);
    }

    private readonly struct Fused : IFunction
    {
        public static V Apply<V, T>(V x)
            where V : struct, IVector<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Log(V.Exp(x) + V.One) * V.Tanh(x) + Generated.Lanes.Gelu<V, T>(x) * Generated.Lanes.Sigmoid<V, T>(x);
    }
}

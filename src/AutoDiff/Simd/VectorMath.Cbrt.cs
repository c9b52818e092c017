using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>∛x: |x| = a·8ᵏ, a quadratic guess at ∛a, then Newton’s iteration.</content>
internal static partial class VectorMath
{
    /// <summary>∛x.</summary>
    /// <remarks>At most 0.75 ulp (float) and 0.75 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Cbrt<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V m = DecomposeAny<V, T>(V.Abs(x), out V e);
        V third = V.Round(e * V.Constant(0.3333333333333333));
        V a = m * V.ScaleByPowerOfTwo(V.One, e - V.Constant(3) * third);

        // 2 % off; every step squares the error (times one).
        V y = V.MultiplyAdd(V.MultiplyAdd(a, V.Constant(-0.0812), V.Constant(0.585)), a, 0.5085);
        int steps = typeof(T) == typeof(float) ? 3 : 5;
        for (int i = 0; i < steps; i++)
        {
            V square = y * y;
            y -= V.MultiplyAdd(square, y, -a) / (V.Constant(3) * square);
        }

        V root = V.CopySign(V.ScaleByPowerOfTwo(y, third), x);
        V special = V.Or(V.EqualTo(x, V.Zero), V.Or(V.NotEqualTo(x, x), V.EqualTo(V.Abs(x), V.Constant(double.PositiveInfinity))));
        return V.Select(special, x, root);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>The error function, on erfcx(a) = eᵃ²·erfc(a).</content>
internal static partial class VectorMath
{
    /// <summary>erf x: a series below 1, 1 − e⁻ˣ²·erfcx(x) above.</summary>
    /// <remarks>At most 0.9 ulp (float) and 0.9 ulp (double).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V a = V.AtMost(typeof(T) == typeof(float) ? V.Constant(10.3) : V.Constant(27.4), V.Abs(x));
        V z = a * a;
        V small = V.MultiplyAdd(a, ErfSeries<V, T>(z), a);
        V large = V.One - ExpInBounds<V, T>(-z) * Erfcx<V, T>(a);
        return V.CopySign(V.Select(V.LessThan(a, V.One), small, large), x);
    }

    /// <summary>erfcx(a) for 0 ≤ a ≤ 10.3 (float) or 27.4 (double): a polynomial in t = (a − k) / (a + k), divided by 1 + 2a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Erfcx<V, T>(V a)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V k = typeof(T) == typeof(float) ? V.Constant(2) : V.Constant(4);
        V t = (a - k) / (a + k);
        return ErfcxSeries<V, T>(t) / V.MultiplyAdd(V.Constant(2), a, V.One);
    }

    /// <summary>erf(x) / x − 1, as a function of x², 0 ≤ x ≤ 1.</summary>
    /// <remarks>Minimax (Remez) of degree 6 for float, relative error 1.215e-9; 12 for double, 1.301e-19.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfSeries<V, T>(V z)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(7.85384982e-05), z, -0.000801020244);
            p = V.MultiplyAdd(p, z, 0.00518833054);
            p = V.MultiplyAdd(p, z, -0.0268538147);
            p = V.MultiplyAdd(p, z, 0.112835854);
            p = V.MultiplyAdd(p, z, -0.37612626);
            return V.MultiplyAdd(p, z, 0.128379166);
        }
        else
        {
            V p = V.MultiplyAdd(V.Constant(5.945255584223488e-11), z, -1.136567067182716e-09);
            p = V.MultiplyAdd(p, z, 1.4657883530919653e-08);
            p = V.MultiplyAdd(p, z, -1.635002619207727e-07);
            p = V.MultiplyAdd(p, z, 1.6460972954153765e-06);
            p = V.MultiplyAdd(p, z, -1.4925593518728226e-05);
            p = V.MultiplyAdd(p, z, 0.00012055331037551108);
            p = V.MultiplyAdd(p, z, -0.0008548326978765149);
            p = V.MultiplyAdd(p, z, 0.00522397762478137);
            p = V.MultiplyAdd(p, z, -0.02686617064507296);
            p = V.MultiplyAdd(p, z, 0.11283791670954858);
            p = V.MultiplyAdd(p, z, -0.3761263890318375);
            return V.MultiplyAdd(p, z, 0.1283791670955126);
        }
    }

    /// <summary>(1 + 2a)·erfcx(a) as a function of t.</summary>
    /// <remarks>Minimax (Remez) of degree 11 for float, relative error 9.528e-10; 22 for double, 1.078e-17.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfcxSeries<V, T>(V t)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(7.95341184e-05), t, 0.000169684499);
            p = V.MultiplyAdd(p, t, -0.000400587363);
            p = V.MultiplyAdd(p, t, -0.00142098602);
            p = V.MultiplyAdd(p, t, 0.00125249277);
            p = V.MultiplyAdd(p, t, 0.00870911498);
            p = V.MultiplyAdd(p, t, -0.00803079735);
            p = V.MultiplyAdd(p, t, -0.0542178228);
            p = V.MultiplyAdd(p, t, 0.164051026);
            p = V.MultiplyAdd(p, t, -0.166030526);
            p = V.MultiplyAdd(p, t, -0.0927638188);
            return V.MultiplyAdd(p, t, 1.27697837);
        }
        else
        {
            V p = V.MultiplyAdd(V.Constant(-1.78816135255357e-09), t, -1.3611322642523066e-08);
            p = V.MultiplyAdd(p, t, -7.831791307082295e-09);
            p = V.MultiplyAdd(p, t, 1.1507369888758861e-07);
            p = V.MultiplyAdd(p, t, 6.281390279933149e-08);
            p = V.MultiplyAdd(p, t, -8.346917311670584e-07);
            p = V.MultiplyAdd(p, t, 3.013734858313199e-07);
            p = V.MultiplyAdd(p, t, 5.7174711677445445e-06);
            p = V.MultiplyAdd(p, t, -1.122488842345302e-05);
            p = V.MultiplyAdd(p, t, -2.4402953218734158e-05);
            p = V.MultiplyAdd(p, t, 0.00015062231620538595);
            p = V.MultiplyAdd(p, t, -0.00019925557654811816);
            p = V.MultiplyAdd(p, t, -0.000757773367601465);
            p = V.MultiplyAdd(p, t, 0.005031969769529888);
            p = V.MultiplyAdd(p, t, -0.01619773405383429);
            p = V.MultiplyAdd(p, t, 0.0371675155608741);
            p = V.MultiplyAdd(p, t, -0.0663303658121121);
            p = V.MultiplyAdd(p, t, 0.09373283499690108);
            p = V.MultiplyAdd(p, t, -0.10103906603632046);
            p = V.MultiplyAdd(p, t, 0.068097054254734);
            p = V.MultiplyAdd(p, t, 0.015379652102620088);
            p = V.MultiplyAdd(p, t, -0.13962111684056286);
            return V.MultiplyAdd(p, t, 1.2329951186255526);
        }
    }
}

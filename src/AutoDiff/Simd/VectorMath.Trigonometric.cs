using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Simd;

/// <content>sin, cos and tan: x = n·π/2 + r with π/2 in three parts and |r| ≤ π/4.</content>
internal static partial class VectorMath
{
    /// <summary>sin x.</summary>
    /// <remarks>
    /// At most 1.5 ulp (float) and 1.5 ulp (double) up to 2¹⁵ (float) and 2²⁷ (double); the framework answers for larger angles.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V n = V.Zero;
        V r = ReduceAngle<V, T>(x, ref n);
        V result = Quadrant<V, T>(r, n);
        V limit = typeof(T) == typeof(float) ? V.Constant(1 << 15) : V.Constant(1 << 27);
        V large = V.GreaterThan(V.Abs(x), limit);
        if (V.Any(large))
            result = LargeAngles<V, T>(x, large, result, 0);
        return V.Select(V.EqualTo(x, V.Zero), x, result);
    }

    /// <summary>cos x.</summary>
    /// <remarks>At most 1.45 ulp (float) and 1.5 ulp (double), as <c>Sin</c>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V n = V.Zero;
        V r = ReduceAngle<V, T>(x, ref n);
        V result = Quadrant<V, T>(r, n + V.One);
        V limit = typeof(T) == typeof(float) ? V.Constant(1 << 15) : V.Constant(1 << 27);
        V large = V.GreaterThan(V.Abs(x), limit);
        if (V.Any(large))
            result = LargeAngles<V, T>(x, large, result, 1);
        return result;
    }

    /// <summary>tan x; −1 / tan r in odd quadrants.</summary>
    /// <remarks>At most 1.5 ulp (float) and 1.6 ulp (double), as <c>Sin</c>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tan<V, T>(V x)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V n = V.Zero;
        V r = ReduceAngleInTwoParts<V, T>(x, ref n, out V low);
        V z = r * r;
        V tangent = r + V.MultiplyAdd(r * z, TanSeries<V, T>(z), V.MultiplyAdd(z, low, low));
        V odd = V.NotEqualTo(n, V.Constant(2) * V.Floor(n * V.Constant(0.5)));
        V result = V.Select(odd, V.Constant(-1), tangent) / V.Select(odd, tangent, V.One);
        V limit = typeof(T) == typeof(float) ? V.Constant(1 << 15) : V.Constant(1 << 27);
        V large = V.GreaterThan(V.Abs(x), limit);
        if (V.Any(large))
            result = LargeAngles<V, T>(x, large, result, 2);
        return V.Select(V.EqualTo(x, V.Zero), x, result);
    }

    /// <summary>
    /// r = x − n·π/2. The first step is exact: both terms are multiples of one ulp of π/2, and their difference is small.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReduceAngle<V, T>(V x, ref V n)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Adding +0 turns −0 into +0, so that r keeps the sign of a zero x.
        n = V.Round(x * V.Constant(0.6366197723675814)) + V.Zero;
        V r = V.MultiplyAdd(n, V.Constant(typeof(T) == typeof(float) ? -1.57079637 : -1.5707963267948966), x);
        r = V.MultiplyAdd(n, V.Constant(typeof(T) == typeof(float) ? 4.37113883e-08 : -6.123233995736766e-17), r);
        return V.MultiplyAdd(n, V.Constant(typeof(T) == typeof(float) ? 1.71512451e-15 : 1.4973849048591698e-33), r);
    }

    /// <summary>r + low = x − n·π/2: as <c>ReduceAngle</c>, with the rounding errors of the later steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReduceAngleInTwoParts<V, T>(V x, ref V n, out V low)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        n = V.Round(x * V.Constant(0.6366197723675814)) + V.Zero;
        V high = V.MultiplyAdd(n, V.Constant(typeof(T) == typeof(float) ? -1.57079637 : -1.5707963267948966), x);
        V product = n * V.Constant(typeof(T) == typeof(float) ? 4.37113883e-08 : -6.123233995736766e-17);
        V middle = high + product;
        V added = middle - high;
        V error = (high - (middle - added)) + (product - added);
        V rest = V.MultiplyAdd(
            n, V.Constant(typeof(T) == typeof(float) ? 1.71512451e-15 : 1.4973849048591698e-33),
            V.MultiplyAdd(n, V.Constant(typeof(T) == typeof(float) ? 4.37113883e-08 : -6.123233995736766e-17), -product) + error);
        V r = middle + rest;
        low = (middle - r) + rest;
        return r;
    }

    /// <summary>sin(r + n·π/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quadrant<V, T>(V r, V n)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V z = r * r;
        V sine = V.MultiplyAdd(r * z, SinSeries<V, T>(z), r);
        V cosine = V.MultiplyAdd(z * z, CosSeries<V, T>(z), V.MultiplyAdd(z, V.Constant(-0.5), V.One));
        V quadrant = n - V.Constant(4) * V.Floor(n * V.Constant(0.25));
        V odd = V.Or(V.EqualTo(quadrant, V.One), V.EqualTo(quadrant, V.Constant(3)));
        V value = V.Select(odd, cosine, sine);
        return V.Select(V.GreaterThanOrEqual(quadrant, V.Constant(2)), -value, value);
    }

    /// <summary>Angles beyond the reduction, one by one: rare, and the framework reduces them with as many digits as it takes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V LargeAngles<V, T>(V x, V large, V result, int function)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> angles = stackalloc T[V.Count];
        V.Store(x, ref angles[0], 0);
        for (int i = 0; i < angles.Length; i++)
            angles[i] = function switch { 0 => T.Sin(angles[i]), 1 => T.Cos(angles[i]), _ => T.Tan(angles[i]) };
        return V.Select(large, V.Load(in angles[0], 0), result);
    }

    /// <summary>(sin r / r − 1) / r², as a function of r².</summary>
    /// <remarks>Minimax (Remez) of degree 2 for float, relative error 3.652e-9; 5 for double, 3.556e-18.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinSeries<V, T>(V z)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(-0.000195160072), z, 0.00833216868);
            return V.MultiplyAdd(p, z, -0.166666552);
        }
        else
        {
            V p = V.MultiplyAdd(V.Constant(1.5896194354459238e-10), z, -2.5050748157064525e-08);
            p = V.MultiplyAdd(p, z, 2.7557313631226365e-06);
            p = V.MultiplyAdd(p, z, -0.00019841269829642066);
            p = V.MultiplyAdd(p, z, 0.008333333333322219);
            return V.MultiplyAdd(p, z, -0.16666666666666632);
        }
    }

    /// <summary>(cos r − 1 + r²/2) / r⁴, as a function of r².</summary>
    /// <remarks>Minimax (Remez) of degree 2 for float, relative error 1.18e-10; 5 for double, 5.769e-20.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosSeries<V, T>(V z)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(2.44316689e-05), z, -0.00138873036);
            return V.MultiplyAdd(p, z, 0.0416666456);
        }
        else
        {
            V p = V.MultiplyAdd(V.Constant(-1.1358085670181651e-11), z, 2.087569233818795e-09);
            p = V.MultiplyAdd(p, z, -2.75573141183491e-07);
            p = V.MultiplyAdd(p, z, 2.4801587288646807e-05);
            p = V.MultiplyAdd(p, z, -0.001388888888887274);
            return V.MultiplyAdd(p, z, 0.04166666666666659);
        }
    }

    /// <summary>(tan r / r − 1) / r², as a function of r².</summary>
    /// <remarks>Minimax (Remez) of degree 6 for float, relative error 1.486e-9; 13 for double, 1.453e-17.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TanSeries<V, T>(V z)
        where V : struct, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            V p = V.MultiplyAdd(V.Constant(0.00443544472), z, -3.32887357e-05);
            p = V.MultiplyAdd(p, z, 0.0109354006);
            p = V.MultiplyAdd(p, z, 0.0212425087);
            p = V.MultiplyAdd(p, z, 0.0540678985);
            p = V.MultiplyAdd(p, z, 0.13332589);
            return V.MultiplyAdd(p, z, 0.333333522);
        }
        else
        {
            V p = V.MultiplyAdd(V.Constant(2.122980145083767e-05), z, -4.6428719030655766e-05);
            p = V.MultiplyAdd(p, z, 9.238396583954071e-05);
            p = V.MultiplyAdd(p, z, -2.9642943552863932e-05);
            p = V.MultiplyAdd(p, z, 0.00013888821296609532);
            p = V.MultiplyAdd(p, z, 0.00022120479532658513);
            p = V.MultiplyAdd(p, z, 0.000595473880045916);
            p = V.MultiplyAdd(p, z, 0.0014546578972341774);
            p = V.MultiplyAdd(p, z, 0.0035923060708570567);
            p = V.MultiplyAdd(p, z, 0.008863217216561095);
            p = V.MultiplyAdd(p, z, 0.02186948975236798);
            p = V.MultiplyAdd(p, z, 0.05396825392044713);
            p = V.MultiplyAdd(p, z, 0.1333333333342821);
            return V.MultiplyAdd(p, z, 0.33333333333332676);
        }
    }
}

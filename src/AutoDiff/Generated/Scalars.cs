using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Generated;

/// <summary>Functions of numbers that generated code needs and the base library lacks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Scalars
{
    /// <summary>
    /// a·b, and exactly 0 where a is 0, even if b is infinite or NaN: an adjoint that is exactly zero has no influence, whatever the local derivative is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T StrongProduct<T>(T a, T b)
        where T : INumberBase<T>
        => T.IsZero(a) ? T.Zero : a * b;

    /// <summary>−1, 0 or 1, in the type of the operand. NaN stays NaN, where <see cref="Math.Sign(double)"/> throws.</summary>
    public static T Sign<T>(T x)
        where T : INumber<T>
        => x > T.Zero ? T.One : x < T.Zero ? -T.One : T.IsNaN(x) ? x : T.Zero;

    /// <summary>The derivative of x·Φ(x): Φ(x) + x·φ(x).</summary>
    public static double GeluSlope(double x)
        => double.IsInfinity(x) ? (x > 0 ? 1 : 0) : Ad.Special.NormalCdf(x) + x * Math.Exp(-0.5 * x * x) * 0.39894228040143267794;

    /// <inheritdoc cref="GeluSlope(double)"/>
    public static float GeluSlope(float x) => (float)GeluSlope((double)x);

    /// <summary>destination += source, element by element: hands the adjoint of a buffer's contents at entry to its gradient destination.</summary>
    public static void Add<T>(ReadOnlySpan<T> source, Span<T> destination)
        where T : INumberBase<T>
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] += source[i];
    }
}

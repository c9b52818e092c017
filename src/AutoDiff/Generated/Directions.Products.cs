using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Generated;

// Products with a strong zero, as in Scalars.StrongProduct, and conversions, lane by lane.
public static partial class Directions
{
    /// <summary>a·b, and exactly 0 in the lanes where a is 0, even if b is infinite or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> StrongProduct(Vector512<double> a, double b)
        => Vector512.ConditionalSelect(Vector512.Equals(a, Vector512<double>.Zero), Vector512<double>.Zero, a * b);

    /// <inheritdoc cref="StrongProduct(Vector512{double}, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> StrongProduct(Vector256<double> a, double b)
        => Vector256.ConditionalSelect(Vector256.Equals(a, Vector256<double>.Zero), Vector256<double>.Zero, a * b);

    /// <inheritdoc cref="StrongProduct(Vector512{double}, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> StrongProduct(Vector256<float> a, float b)
        => Vector256.ConditionalSelect(Vector256.Equals(a, Vector256<float>.Zero), Vector256<float>.Zero, a * b);

    /// <inheritdoc cref="StrongProduct(Vector512{double}, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> StrongProduct(Vector128<float> a, float b)
        => Vector128.ConditionalSelect(Vector128.Equals(a, Vector128<float>.Zero), Vector128<float>.Zero, a * b);

    /// <summary>a·b, and exactly 0 where a is 0, even if a lane of b is infinite or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> StrongProduct(double a, Vector512<double> b) => a == 0 ? Vector512<double>.Zero : a * b;

    /// <inheritdoc cref="StrongProduct(double, Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> StrongProduct(double a, Vector256<double> b) => a == 0 ? Vector256<double>.Zero : a * b;

    /// <inheritdoc cref="StrongProduct(double, Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> StrongProduct(float a, Vector256<float> b) => a == 0 ? Vector256<float>.Zero : a * b;

    /// <inheritdoc cref="StrongProduct(double, Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> StrongProduct(float a, Vector128<float> b) => a == 0 ? Vector128<float>.Zero : a * b;

    /// <summary>Each lane as a <see cref="float"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector512<double> value) => Vector256.Narrow(value.GetLower(), value.GetUpper());

    /// <inheritdoc cref="ToSingle(Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector256<double> value) => Vector128.Narrow(value.GetLower(), value.GetUpper());

    /// <summary>Each lane as a <see cref="double"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDouble(Vector256<float> value)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(value);
        return Vector512.Create(lower, upper);
    }

    /// <inheritdoc cref="ToDouble(Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDouble(Vector128<float> value)
    {
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(value);
        return Vector256.Create(lower, upper);
    }
}

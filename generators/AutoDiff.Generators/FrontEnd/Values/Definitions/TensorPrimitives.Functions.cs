using System;
using T = System.Double;

// Functions of spans, element by element. Once more with T = System.Single.
public static partial class TensorPrimitivesMembers
{
    public static void Abs(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Abs(x[i]);
    }

    public static void Acos(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Acos(x[i]);
    }

    public static void Acosh(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Acosh(x[i]);
    }

    public static void AcosPi(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.AcosPi(x[i]);
    }

    public static void Asin(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Asin(x[i]);
    }

    public static void Asinh(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Asinh(x[i]);
    }

    public static void AsinPi(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.AsinPi(x[i]);
    }

    public static void Atan(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Atan(x[i]);
    }

    public static void Atanh(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Atanh(x[i]);
    }

    public static void AtanPi(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.AtanPi(x[i]);
    }

    public static void Cbrt(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Cbrt(x[i]);
    }

    public static void Ceiling(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Ceiling(x[i]);
    }

    public static void Cos(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Cos(x[i]);
    }

    public static void Cosh(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Cosh(x[i]);
    }

    public static void CosPi(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.CosPi(x[i]);
    }

    public static void DegreesToRadians(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.DegreesToRadians(x[i]);
    }

    public static void Exp(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Exp(x[i]);
    }

    public static void Exp10(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Exp10(x[i]);
    }

    public static void Exp10M1(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Exp10M1(x[i]);
    }

    public static void Exp2(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Exp2(x[i]);
    }

    public static void Exp2M1(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Exp2M1(x[i]);
    }

    public static void ExpM1(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.ExpM1(x[i]);
    }

    public static void Floor(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Floor(x[i]);
    }

    public static void Log(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Log(x[i]);
    }

    public static void Log10(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Log10(x[i]);
    }

    public static void Log10P1(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Log10P1(x[i]);
    }

    public static void Log2(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Log2(x[i]);
    }

    public static void Log2P1(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Log2P1(x[i]);
    }

    public static void LogP1(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.LogP1(x[i]);
    }

    public static void RadiansToDegrees(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.RadiansToDegrees(x[i]);
    }

    public static void Round(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Round(x[i]);
    }

    public static void Sin(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Sin(x[i]);
    }

    public static void Sinh(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Sinh(x[i]);
    }

    public static void SinPi(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.SinPi(x[i]);
    }

    public static void Sqrt(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Sqrt(x[i]);
    }

    public static void Tan(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Tan(x[i]);
    }

    public static void Tanh(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Tanh(x[i]);
    }

    public static void TanPi(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.TanPi(x[i]);
    }

    public static void Truncate(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Truncate(x[i]);
    }

    public static void Negate(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = -x[i];
    }

    public static void Reciprocal(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = 1 / x[i];
    }

    public static void ReciprocalSqrt(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = 1 / T.Sqrt(x[i]);
    }

    public static void Sigmoid(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = 1 / (1 + T.Exp(-x[i]));
    }
}

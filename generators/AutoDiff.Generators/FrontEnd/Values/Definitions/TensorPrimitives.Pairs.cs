using System;
using T = System.Double;

// Functions of two spans, element by element. Once more with T = System.Single.
public static partial class TensorPrimitivesMembers
{
    public static void Max(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Max(x[i], y[i]);
    }

    public static void Max(ReadOnlySpan<T> x, T y, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Max(x[i], y);
    }

    public static void Min(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Min(x[i], y[i]);
    }

    public static void Min(ReadOnlySpan<T> x, T y, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Min(x[i], y);
    }

    public static void MaxMagnitude(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.MaxMagnitude(x[i], y[i]);
    }

    public static void MaxMagnitude(ReadOnlySpan<T> x, T y, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.MaxMagnitude(x[i], y);
    }

    public static void MinMagnitude(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.MinMagnitude(x[i], y[i]);
    }

    public static void MinMagnitude(ReadOnlySpan<T> x, T y, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.MinMagnitude(x[i], y);
    }

    public static void MaxNumber(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.MaxNumber(x[i], y[i]);
    }

    public static void MaxNumber(ReadOnlySpan<T> x, T y, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.MaxNumber(x[i], y);
    }

    public static void MinNumber(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.MinNumber(x[i], y[i]);
    }

    public static void MinNumber(ReadOnlySpan<T> x, T y, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.MinNumber(x[i], y);
    }

    public static void Pow(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Pow(x[i], y[i]);
    }

    public static void Pow(ReadOnlySpan<T> x, T y, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Pow(x[i], y);
    }

    public static void Pow(T x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (destination.Length < y.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < y.Length; i++) destination[i] = T.Pow(x, y[i]);
    }

    public static void CopySign(ReadOnlySpan<T> x, ReadOnlySpan<T> sign, Span<T> destination)
    {
        if (x.Length != sign.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.CopySign(x[i], sign[i]);
    }

    public static void CopySign(ReadOnlySpan<T> x, T sign, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.CopySign(x[i], sign);
    }

    public static void Atan2(ReadOnlySpan<T> y, ReadOnlySpan<T> x, Span<T> destination)
    {
        if (y.Length != x.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < y.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < y.Length; i++) destination[i] = T.Atan2(y[i], x[i]);
    }

    public static void Atan2(ReadOnlySpan<T> y, T x, Span<T> destination)
    {
        if (destination.Length < y.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < y.Length; i++) destination[i] = T.Atan2(y[i], x);
    }

    public static void Atan2(T y, ReadOnlySpan<T> x, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Atan2(y, x[i]);
    }

    public static void Hypot(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Hypot(x[i], y[i]);
    }

    public static void Ieee754Remainder(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Ieee754Remainder(x[i], y[i]);
    }

    public static void Ieee754Remainder(ReadOnlySpan<T> x, T y, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Ieee754Remainder(x[i], y);
    }

    public static void Ieee754Remainder(T x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (destination.Length < y.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < y.Length; i++) destination[i] = T.Ieee754Remainder(x, y[i]);
    }
}

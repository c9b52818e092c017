using System;
using T = System.Double;

// Arithmetic of spans, element by element. Once more with T = System.Single.
public static partial class TensorPrimitivesMembers
{
    public static void Add(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] + y[i];
    }

    public static void Add(ReadOnlySpan<T> x, T y, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] + y;
    }

    public static void Subtract(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] - y[i];
    }

    public static void Subtract(ReadOnlySpan<T> x, T y, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] - y;
    }

    public static void Subtract(T x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (destination.Length < y.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < y.Length; i++) destination[i] = x - y[i];
    }

    public static void Multiply(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] * y[i];
    }

    public static void Multiply(ReadOnlySpan<T> x, T y, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] * y;
    }

    public static void Divide(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] / y[i];
    }

    public static void Divide(ReadOnlySpan<T> x, T y, Span<T> destination)
    {
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] / y;
    }

    public static void Divide(T x, ReadOnlySpan<T> y, Span<T> destination)
    {
        if (destination.Length < y.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < y.Length; i++) destination[i] = x / y[i];
    }

    public static void AddMultiply(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> multiplier, Span<T> destination)
    {
        if (x.Length != y.Length || x.Length != multiplier.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = (x[i] + y[i]) * multiplier[i];
    }

    public static void MultiplyAdd(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> addend, Span<T> destination)
    {
        if (x.Length != y.Length || x.Length != addend.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] * y[i] + addend[i];
    }

    public static void FusedMultiplyAdd(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> addend, Span<T> destination)
    {
        if (x.Length != y.Length || x.Length != addend.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.FusedMultiplyAdd(x[i], y[i], addend[i]);
    }

    public static void Lerp(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> amount, Span<T> destination)
    {
        if (x.Length != y.Length || x.Length != amount.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Lerp(x[i], y[i], amount[i]);
    }

    public static void AddMultiply(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T multiplier, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = (x[i] + y[i]) * multiplier;
    }

    public static void MultiplyAdd(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T addend, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] * y[i] + addend;
    }

    public static void FusedMultiplyAdd(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T addend, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.FusedMultiplyAdd(x[i], y[i], addend);
    }

    public static void Lerp(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T amount, Span<T> destination)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Lerp(x[i], y[i], amount);
    }

    public static void AddMultiply(ReadOnlySpan<T> x, T y, ReadOnlySpan<T> multiplier, Span<T> destination)
    {
        if (x.Length != multiplier.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = (x[i] + y) * multiplier[i];
    }

    public static void MultiplyAdd(ReadOnlySpan<T> x, T y, ReadOnlySpan<T> addend, Span<T> destination)
    {
        if (x.Length != addend.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] * y + addend[i];
    }

    public static void FusedMultiplyAdd(ReadOnlySpan<T> x, T y, ReadOnlySpan<T> addend, Span<T> destination)
    {
        if (x.Length != addend.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.FusedMultiplyAdd(x[i], y, addend[i]);
    }

    public static void Lerp(ReadOnlySpan<T> x, T y, ReadOnlySpan<T> amount, Span<T> destination)
    {
        if (x.Length != amount.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        for (int i = 0; i < x.Length; i++) destination[i] = T.Lerp(x[i], y, amount[i]);
    }
}

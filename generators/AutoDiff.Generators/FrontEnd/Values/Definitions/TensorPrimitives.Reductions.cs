using System;
using T = System.Double;

// Numbers of spans. Once more with T = System.Single.
public static partial class TensorPrimitivesMembers
{
    public static T Sum(ReadOnlySpan<T> x)
    {
        T sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i];
        return sum;
    }

    public static T SumOfSquares(ReadOnlySpan<T> x)
    {
        T sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * x[i];
        return sum;
    }

    public static T SumOfMagnitudes(ReadOnlySpan<T> x)
    {
        T sum = 0;
        for (int i = 0; i < x.Length; i++) sum += T.Abs(x[i]);
        return sum;
    }

    public static T Norm(ReadOnlySpan<T> x)
    {
        T sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * x[i];
        return T.Sqrt(sum);
    }

    public static T Product(ReadOnlySpan<T> x)
    {
        if (x.Length == 0) throw new ArgumentException("Input span arguments must not be empty.");
        T product = x[0];
        for (int i = 1; i < x.Length; i++) product *= x[i];
        return product;
    }

    public static T Average(ReadOnlySpan<T> x)
    {
        if (x.Length == 0) throw new ArgumentException("Input span arguments must not be empty.");
        T sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i];
        return sum / x.Length;
    }

    public static T Dot(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        T sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    public static T Distance(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        if (x.Length == 0) throw new ArgumentException("Input span arguments must not be empty.");
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        T sum = 0;
        for (int i = 0; i < x.Length; i++) sum += (x[i] - y[i]) * (x[i] - y[i]);
        return T.Sqrt(sum);
    }

    public static T ProductOfSums(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        if (x.Length == 0) throw new ArgumentException("Input span arguments must not be empty.");
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        T product = x[0] + y[0];
        for (int i = 1; i < x.Length; i++) product *= x[i] + y[i];
        return product;
    }

    public static T ProductOfDifferences(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        if (x.Length == 0) throw new ArgumentException("Input span arguments must not be empty.");
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        T product = x[0] - y[0];
        for (int i = 1; i < x.Length; i++) product *= x[i] - y[i];
        return product;
    }

    public static T Max(ReadOnlySpan<T> x)
    {
        if (x.Length == 0) throw new ArgumentException("Input span arguments must not be empty.");
        T best = x[0];
        for (int i = 1; i < x.Length; i++) best = T.Max(best, x[i]);
        return best;
    }

    public static T Min(ReadOnlySpan<T> x)
    {
        if (x.Length == 0) throw new ArgumentException("Input span arguments must not be empty.");
        T best = x[0];
        for (int i = 1; i < x.Length; i++) best = T.Min(best, x[i]);
        return best;
    }

    public static T CosineSimilarity(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        if (x.Length == 0) throw new ArgumentException("Input span arguments must not be empty.");
        if (x.Length != y.Length) throw new ArgumentException("Input span arguments must all have the same length.");
        T both = 0, first = 0, second = 0;
        for (int i = 0; i < x.Length; i++)
        {
            both += x[i] * y[i];
            first += x[i] * x[i];
            second += y[i] * y[i];
        }

        return both / (T.Sqrt(first) * T.Sqrt(second));
    }

    public static void SoftMax(ReadOnlySpan<T> x, Span<T> destination)
    {
        if (x.Length == 0) throw new ArgumentException("Input span arguments must not be empty.");
        if (destination.Length < x.Length) throw new ArgumentException("Destination is too short.");
        T sum = 0;
        for (int i = 0; i < x.Length; i++) sum += T.Exp(x[i]);
        for (int i = 0; i < x.Length; i++) destination[i] = T.Exp(x[i]) / sum;
    }
}

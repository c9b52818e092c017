using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>Where the elements of a tensor lie in its storage: element (i₀, i₁, …) at <paramref name="Offset"/> + Σ iₖ · <paramref name="Strides"/>[k].</summary>
public sealed record Layout(Dim Offset, EquatableArray<Dim> Strides)
{
    /// <summary>The whole storage in row-major order.</summary>
    public static Layout RowMajor(Shape shape)
    {
        var strides = new Dim[shape.Rank];
        Dim stride = Dim.One;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return new Layout(Dim.Zero, new(strides));
    }

    /// <summary>Whether the elements lie one behind the other in row-major order, wherever they start.</summary>
    public bool IsContiguous(Shape shape)
    {
        Dim expected = Dim.One;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            if (shape[axis].IsOne) continue;
            if (Strides[axis] != expected) return false;
            expected *= shape[axis];
        }

        return true;
    }

    public Layout Permute(EquatableArray<int> axes) => this with { Strides = axes.Select(axis => Strides[axis]).ToEquatable() };

    /// <summary>The layout before a permutation, from the one after it.</summary>
    public Layout Unpermute(EquatableArray<int> axes)
    {
        var strides = new Dim[axes.Length];
        for (int k = 0; k < strides.Length; k++) strides[axes[k]] = Strides[k];
        return this with { Strides = new(strides) };
    }

    public Layout Slice(int axis, Dim start) => this with { Offset = Offset + start * Strides[axis] };

    /// <summary>The layout of the same elements in another shape; null where they would have to be copied.</summary>
    public Layout? Reshape(Shape from, Shape to)
    {
        if (IsContiguous(from)) return RowMajor(to) with { Offset = Offset };
        var strides = new Dim[to.Rank];
        int i = 0, j = 0;
        while (true)
        {
            while (i < from.Rank && from[i].IsOne) i++;
            while (j < to.Rank && to[j].IsOne) strides[j++] = Dim.Zero;
            if (i == from.Rank || j == to.Rank) return i == from.Rank && j == to.Rank ? this with { Strides = new(strides) } : null;
            if (Group(from, i, to, j) is not (int endI, int endJ)) return null;
            for (int k = i; k < endI - 1; k++)
                if (Strides[k] != Strides[k + 1] * from[k + 1]) return null;
            Dim stride = Strides[endI - 1];
            for (int k = endJ - 1; k >= j; k--)
            {
                strides[k] = stride;
                stride *= to[k];
            }

            (i, j) = (endI, endJ);
        }
    }

    /// <summary>The smallest runs of axes from <paramref name="i"/> and <paramref name="j"/> on whose products are equal.</summary>
    private static (int, int)? Group(Shape from, int i, Shape to, int j)
    {
        for (int total = 2; total <= from.Rank - i + to.Rank - j; total++)
            for (int m = 1; m < total; m++)
            {
                int n = total - m;
                if (i + m > from.Rank || j + n > to.Rank) continue;
                if (Product(from, i, i + m) == Product(to, j, j + n)) return (i + m, j + n);
            }

        return null;
    }

    private static Dim Product(Shape shape, int start, int end)
        => shape.Dims.Skip(start).Take(end - start).Aggregate(Dim.One, static (a, b) => a * b);
}

/// <summary>A tensor as part of a storage, which is named by the value that it was made for.</summary>
public sealed record Place(Value Root, Layout Layout);

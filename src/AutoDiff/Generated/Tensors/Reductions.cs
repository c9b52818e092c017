using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using AutoDiff.Kernels;

namespace AutoDiff.Generated;

/// <summary>What generated code does with whole tensors outside of its kernels.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Reductions
{
    // Short runs are added one by one; halves of longer ones are added: the error grows with the logarithm of the length, the order is fixed.
    private const int Run = 128;

    /// <summary>The sum of all elements, in a fixed order.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length > Run)
        {
            int half = (x.Length / 2 + Run - 1) / Run * Run;
            return Sum(x[..half]) + Sum(x[half..]);
        }

        T sum = T.Zero;
        foreach (T element in x)
            sum += element;
        return sum;
    }

    /// <summary>The largest element, −∞ of none; NaN where one is.</summary>
    public static T Max<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => x.IsEmpty ? T.NegativeInfinity : TensorPrimitives.Max(x);

    /// <summary>The least element, +∞ of none; NaN where one is.</summary>
    public static T Min<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => x.IsEmpty ? T.PositiveInfinity : TensorPrimitives.Min(x);

    /// <summary>Adds a tensor to a gradient.</summary>
    public static void Add<T>(ReadOnlySpan<T> x, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => TensorPrimitives.Add(gradient, x, gradient);

    /// <summary>A copy in memory of the workspace.</summary>
    public static Block<T> Keep<T>(Workspace workspace, ReadOnlySpan<T> x)
        where T : unmanaged
    {
        Block<T> block = workspace.AllocateBlock<T>(x.Length);
        x.CopyTo(workspace.Span(block));
        return block;
    }

    /// <summary>A new tensor over an array.</summary>
    public static Tensor<T> ToTensor<T>(T[] elements, ReadOnlySpan<nint> lengths)
        => elements.Length == 0 ? Tensor.Create(elements, lengths) : Tensor.Create(elements, 0, lengths, []);

    /// <summary>The product of the leading lengths that a <c>...</c> stands for.</summary>
    public static int Rest(ReadOnlySpan<nint> lengths, int trailing)
    {
        nint product = 1;
        foreach (nint length in lengths[..^trailing])
            product = checked(product * length);
        return checked((int)product);
    }

    /// <summary>Throws where two sizes that have to be the same are not.</summary>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void SameSize(int left, int right, string leftName, string rightName, string where)
    {
        if (left != right)
        {
            string context = where.Length == 0 ? "" : $" ({where})";
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{leftName} = {left} is not {rightName} = {right}{context}"));
        }
    }

    /// <summary>How many targets are counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not a class.</exception>
    public static T CountTargets<T>(ReadOnlySpan<int> targets, int classes, int ignoreIndex)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            int target = targets[row];
            if (target == ignoreIndex)
                continue;
            if ((uint)target >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(nameof(targets), target, string.Create(
                    CultureInfo.InvariantCulture, $"targets: element {row} is {target}; there are classes 0 to {classes - 1}."));
            }

            count++;
        }

        return T.CreateTruncating(count);
    }

    /// <summary>Checks the indices of a gather before it runs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not a row of the table.</exception>
    public static void CheckIndices(ReadOnlySpan<int> indices, int rows)
    {
        for (int k = 0; k < indices.Length; k++)
        {
            if ((uint)indices[k] >= (uint)rows)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), indices[k], string.Create(
                    CultureInfo.InvariantCulture, $"indices: element {k} is {indices[k]}; the table has rows 0 to {rows - 1}."));
            }
        }
    }

    /// <summary>Adds each row of updates to the row of the destination that its index names, in order.</summary>
    /// <param name="indices">One for each row of updates.</param>
    /// <param name="updates">The rows.</param>
    /// <param name="destination">The table.</param>
    /// <param name="rows">The rows of the table.</param>
    /// <param name="accumulate">Whether the destination keeps what it holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is not a row of the table.</exception>
    public static void ScatterAdd<T>(ReadOnlySpan<int> indices, ReadOnlySpan<T> updates, Span<T> destination, int rows, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckIndices(indices, rows);
        if (!accumulate)
            destination.Clear();
        if (rows == 0)
            return;
        int width = destination.Length / rows;
        for (int k = 0; k < indices.Length; k++)
        {
            Span<T> row = destination.Slice(indices[k] * width, width);
            TensorPrimitives.Add(row, updates.Slice(k * width, width), row);
        }
    }
}

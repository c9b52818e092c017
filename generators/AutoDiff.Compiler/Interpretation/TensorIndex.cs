namespace AutoDiff.Compiler.Interpretation;

/// <summary>Positions in row-major tensors.</summary>
internal static class TensorIndex
{
    public static int Count(IEnumerable<int> shape) => shape.Aggregate(1, static (a, b) => a * b);

    /// <summary>The index along every axis of the element at a position.</summary>
    public static int[] Split(int position, int[] shape)
    {
        var index = new int[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            index[axis] = position % shape[axis];
            position /= shape[axis];
        }

        return index;
    }

    /// <summary>The position of an index; trailing axes align, and an axis of length 1 repeats.</summary>
    public static int Join(int[] index, int[] shape)
    {
        int position = 0, skip = index.Length - shape.Length;
        for (int axis = 0; axis < shape.Length; axis++) position = position * shape[axis] + (shape[axis] == 1 ? 0 : index[axis + skip]);
        return position;
    }

    /// <summary>The common shape under NumPy's rule.</summary>
    public static int[] Broadcast(int[] a, int[] b)
    {
        var shape = new int[Math.Max(a.Length, b.Length)];
        for (int k = 1; k <= shape.Length; k++)
        {
            int x = k <= a.Length ? a[a.Length - k] : 1, y = k <= b.Length ? b[b.Length - k] : 1;
            if (x != y && x != 1 && y != 1)
                throw new InterpretationException($"({string.Join(", ", a)}) and ({string.Join(", ", b)}) do not broadcast");
            shape[shape.Length - k] = x == 1 ? y : x;
        }

        return shape;
    }
}

namespace AutoDiff.Compiler.IR;

/// <summary>
/// The symbolic shape of a tensor. A leading <c>...</c> of a shape text is one dimension here, the product of all leading axes, whose
/// symbol starts with <c>...</c>: every operation on trailing axes is indifferent to how many there were.
/// </summary>
public sealed record Shape(EquatableArray<Dim> Dims)
{
    public static readonly Shape Scalar = new([]);

    public int Rank => Dims.Length;

    public Dim this[int axis] => Dims[axis < 0 ? axis + Rank : axis];

    /// <summary>The number of elements.</summary>
    public Dim Count => Product(0, Rank);

    /// <summary>The product of the dimensions before <paramref name="axis"/>.</summary>
    public Dim CountBefore(int axis) => Product(0, axis);

    /// <summary>The product of the dimensions from <paramref name="axis"/> on.</summary>
    public Dim CountFrom(int axis) => Product(axis, Rank);

    private Dim Product(int from, int to)
    {
        Dim product = Dim.One;
        for (int axis = from; axis < to; axis++) product *= Dims[axis];
        return product;
    }

    /// <summary>Whether the first axis stands for any number of leading axes.</summary>
    public bool HasRest
    {
        get
        {
            if (Rank == 0) return false;
            foreach (DimTerm term in Dims[0].Terms)
                foreach (DimPower power in term.Powers)
                    if (power.Symbol.StartsWith("...", StringComparison.Ordinal)) return true;
            return false;
        }
    }

    public static Shape Of(params Dim[] dims) => new(new EquatableArray<Dim>(dims));

    public override string ToString() => $"({string.Join(", ", Dims)})";
}

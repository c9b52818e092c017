namespace AutoDiff.Simd;

public partial interface IVector<TSelf, T>
{
    /// <summary>Mask of left &lt; right; false where either is NaN.</summary>
    static abstract TSelf LessThan(TSelf left, TSelf right);

    /// <summary>Mask of left ≤ right; false where either is NaN.</summary>
    static abstract TSelf LessThanOrEqual(TSelf left, TSelf right);

    /// <summary>Mask of left &gt; right; false where either is NaN.</summary>
    static abstract TSelf GreaterThan(TSelf left, TSelf right);

    /// <summary>Mask of left ≥ right; false where either is NaN.</summary>
    static abstract TSelf GreaterThanOrEqual(TSelf left, TSelf right);

    /// <summary>Mask of left = right; false where either is NaN.</summary>
    static abstract TSelf EqualTo(TSelf left, TSelf right);

    /// <summary>Mask of left ≠ right; true where either is NaN.</summary>
    static abstract TSelf NotEqualTo(TSelf left, TSelf right);

    /// <summary>The mask of the first <paramref name="count"/> lanes.</summary>
    static abstract TSelf FirstLanes(int count);

    /// <summary><paramref name="whenTrue"/> where the mask is set, <paramref name="whenFalse"/> elsewhere.</summary>
    static abstract TSelf Select(TSelf mask, TSelf whenTrue, TSelf whenFalse);

    /// <summary>Bitwise and.</summary>
    static abstract TSelf And(TSelf left, TSelf right);

    /// <summary>Bitwise or.</summary>
    static abstract TSelf Or(TSelf left, TSelf right);

    /// <summary>Bits of <paramref name="left"/> that are not in <paramref name="right"/>.</summary>
    static abstract TSelf AndNot(TSelf left, TSelf right);

    /// <summary>Bitwise complement.</summary>
    static abstract TSelf Not(TSelf value);

    /// <summary>Whether any lane of the mask is set.</summary>
    static abstract bool Any(TSelf mask);

    /// <summary>Whether every lane of the mask is set.</summary>
    static abstract bool All(TSelf mask);
}

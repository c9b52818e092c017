namespace AutoDiff.Simd;

public partial interface IVector<TSelf, T>
{
    /// <summary>Reads <see cref="Count"/> elements from <paramref name="index"/>. Not bounds-checked.</summary>
    static abstract TSelf Load(ref readonly T source, nint index);

    /// <summary>Reads the first <paramref name="count"/> lanes and nothing behind them; the other lanes are 0.</summary>
    static abstract TSelf LoadPartial(ref readonly T source, nint index, int count);

    /// <summary>Reads lane k from <paramref name="index"/> + k · <paramref name="stride"/>.</summary>
    static abstract TSelf LoadStrided(ref readonly T source, nint index, nint stride);

    /// <summary>Reads the first <paramref name="count"/> lanes with a stride; the other lanes are 0.</summary>
    static abstract TSelf LoadStridedPartial(ref readonly T source, nint index, nint stride, int count);

    /// <summary>Writes <see cref="Count"/> elements from <paramref name="index"/>. Not bounds-checked.</summary>
    static abstract void Store(TSelf value, ref T destination, nint index);

    /// <summary>Writes the first <paramref name="count"/> lanes and nothing behind them.</summary>
    static abstract void StorePartial(TSelf value, ref T destination, nint index, int count);

    /// <summary>Writes lane k to <paramref name="index"/> + k · <paramref name="stride"/>.</summary>
    static abstract void StoreStrided(TSelf value, ref T destination, nint index, nint stride);

    /// <summary>Writes the first <paramref name="count"/> lanes with a stride.</summary>
    static abstract void StoreStridedPartial(TSelf value, ref T destination, nint index, nint stride, int count);

    /// <summary>Reads <see cref="Count"/> elements of a span from <paramref name="index"/>, which the caller has checked.</summary>
    static abstract TSelf Load(ReadOnlySpan<T> source, int index);

    /// <summary>Reads the first <paramref name="count"/> lanes from a span; the other lanes are 0. Not bounds-checked.</summary>
    static abstract TSelf LoadPartial(ReadOnlySpan<T> source, int index, int count);

    /// <summary>Writes <see cref="Count"/> elements of a span from <paramref name="index"/>, which the caller has checked.</summary>
    static abstract void Store(TSelf value, Span<T> destination, int index);

    /// <summary>Writes the first <paramref name="count"/> lanes to a span. Not bounds-checked.</summary>
    static abstract void StorePartial(TSelf value, Span<T> destination, int index, int count);
}

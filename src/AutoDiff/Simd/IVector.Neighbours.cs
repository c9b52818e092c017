namespace AutoDiff.Simd;

/// <content>What a loop's iteration takes over from the one before it, in lanes.</content>
public partial interface IVector<TSelf, T>
{
    /// <summary>In each lane what the lane before it holds: <paramref name="current"/> moved up by one lane, behind the last lane of <paramref name="before"/>.</summary>
    static abstract TSelf Preceding(TSelf before, TSelf current);

    /// <summary>In each lane what the lane behind it holds: <paramref name="current"/> moved down by one lane, in front of the first lane of <paramref name="behind"/>.</summary>
    static abstract TSelf Following(TSelf current, TSelf behind);
}

using AutoDiff.Generated;

namespace AutoDiff.Tests.Scalars;

public class SortingTests
{
    [Theory]
    [InlineData(false, new[] { 3, 1, 4, 0, 2 })]
    [InlineData(true, new[] { 0, 2, 1, 4, 3 })]
    public void Equal_keys_stay_in_their_order(bool descending, int[] expected)
    {
        int[] order = new int[5];
        Sorting.Order<double>([5, 2, 5, -1, 2], order, descending);
        Assert.Equal(expected, order);
    }

    [Fact]
    public void Keys_come_as_the_framework_orders_them()
    {
        var random = new Random(7);
        for (int n = 0; n < 40; n++)
        {
            float[] keys = [.. Enumerable.Range(0, n).Select(_ => random.Next(8) == 0 ? float.NaN : random.Next(10))];
            int[] order = new int[n];
            Sorting.Order<float>(keys, order, descending: false);
            Assert.Equal(Enumerable.Range(0, n).OrderBy(i => keys[i]), order);
            Sorting.Order<float>(keys, order, descending: true);
            Assert.Equal(Enumerable.Range(0, n).OrderByDescending(i => keys[i]), order);
        }
    }

    [Fact]
    public void A_length_that_differs_is_named()
        => Assert.Equal("order", Assert.Throws<ArgumentException>(() => Sorting.Order<double>([1, 2], new int[3], false)).ParamName);
}

namespace AutoDiff.Compiler.Tests;

public sealed class EquatableArrayTests
{
    [Fact]
    public void Arrays_with_equal_elements_are_equal()
    {
        EquatableArray<string> first = ["a", "b"];
        EquatableArray<string> second = new List<string> { "a", "b" }.ToEquatable();
        Assert.True(first == second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.Equal(["a", "b"], second);
    }

    [Fact]
    public void Order_length_and_elements_make_a_difference()
    {
        EquatableArray<int> array = [1, 2];
        Assert.NotEqual(array, [2, 1]);
        Assert.NotEqual(array, [1, 2, 3]);
        Assert.NotEqual(array, [1, 3]);
        Assert.NotEqual(((EquatableArray<int>)[1, 2]).GetHashCode(), ((EquatableArray<int>)[2, 1]).GetHashCode());
    }

    [Fact]
    public void Default_is_the_empty_array()
    {
        EquatableArray<int> none = default;
        Assert.Equal(none, []);
        Assert.Equal(none.GetHashCode(), ((EquatableArray<int>)Array.Empty<int>()).GetHashCode());
        Assert.Empty(none);
        Assert.Equal(0, none.Length);
        Assert.Throws<IndexOutOfRangeException>(() => none[0]);
    }

    [Fact]
    public void Equality_is_deep()
    {
        EquatableArray<EquatableArray<int>> first = [[1], [2, 3]];
        Assert.Equal(first, [[1], [2, 3]]);
        Assert.NotEqual(first, [[1], [2, 4]]);
    }

    [Fact]
    public void Changing_the_source_does_not_change_the_array()
    {
        int[] source = [1, 2];
        EquatableArray<int> array = source;
        EquatableArray<int> enumerated = source.ToEquatable();
        source[0] = 9;
        Assert.Equal([1, 2], array.ToArray());
        Assert.Equal([1, 2], enumerated.ToArray());
    }
}

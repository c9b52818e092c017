namespace AutoDiff.Conformance;

/// <summary>Names that refer to an array or to null.</summary>
public class NullMemoryFacts
{
    [Fact]
    public void Null_throws_where_it_is_used()
    {
        double[] a = [3, 1, 2], da = new double[3];
        Assert.Equal(15, NullMemory.UncheckedGradient(a, 3, da));
        Assert.Equal([4, 1, 1], da);
        Assert.Throws<NullReferenceException>(() => NullMemory.UncheckedGradient(a, 1, da));
    }
}

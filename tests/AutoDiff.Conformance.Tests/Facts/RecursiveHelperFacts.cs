namespace AutoDiff.Conformance;

/// <summary>Helpers without the attribute that call themselves, beyond reverse mode and on objects.</summary>
public class RecursiveHelperFacts
{
    [Theory]
    [InlineData(0.7, -1.3)]
    [InlineData(-0.4, 0.9)]
    public void Second_derivatives_go_through(double a, double b)
    {
        const double Step = 1e-5;
        var product = RecursiveHelpers.TailsHvp(a, b, 0.6, -1.1);
        var up = RecursiveHelpers.TailsGradient(a + Step * 0.6, b - Step * 1.1);
        var down = RecursiveHelpers.TailsGradient(a - Step * 0.6, b + Step * 1.1);
        Assert.Equal(RecursiveHelpers.TailsGradient(a, b).DA, product.DA, 1e-12);
        Assert.Equal((up.DA - down.DA) / (2 * Step), product.DADot, 1e-7);
        Assert.Equal((up.DB - down.DB) / (2 * Step), product.DBDot, 1e-7);
        Assert.Equal(product.DA * 0.6 - product.DB * 1.1, RecursiveHelpers.TailsJvp(a, b, 0.6, -1.1).Tangent, 1e-12);
    }

    [Fact]
    public void Their_object_is_read()
    {
        // x·(2 sin x)²·x
        const double X = 0.8;
        (double value, double dx) = new RecursiveObject().AtGradient(X);
        Assert.Equal(4 * X * X * Math.Sin(X) * Math.Sin(X), value, 1e-14);
        Assert.Equal(8 * X * Math.Sin(X) * Math.Sin(X) + 8 * X * X * Math.Sin(X) * Math.Cos(X), dx, 1e-14);
    }

    [Fact]
    public void Only_hidden_members_are_generated()
        => Assert.Equal(["TailJvp", "TailJvpPullback", "TailJvpRecord", "TailPullback", "TailRecord"],
            typeof(RecursiveHelpers).GetMethods().Select(static m => m.Name).Where(static n => n.StartsWith("Tail", StringComparison.Ordinal) && !n.StartsWith("Tails", StringComparison.Ordinal) && n != "Tail").Order(StringComparer.Ordinal));
}

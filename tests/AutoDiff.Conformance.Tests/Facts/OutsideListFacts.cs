using AutoDiff.Generators.Tests;

namespace AutoDiff.Conformance;

/// <summary>Arrays and lists of objects that come from outside.</summary>
public class OutsideListFacts
{
    private static readonly OutsideLists.Solid[] Solids = [new OutsideLists.Tube(3), new OutsideLists.Ball(), new OutsideLists.Tube(0.5)];

    private static readonly OutsideLists.Reaction[] Reactions =
    [
        new() { Rate = 0.7, Consumed = [0, 1], Produced = [[0, 2], [2]] },
        new() { Rate = -0.4, Consumed = [2] },
        new() { Rate = 0.2, Produced = [[1]] },
    ];

    [Fact]
    public void Calls_go_to_the_objects()
    {
        // s = 3r³ + 4r⁴ + r³/2, and s + s²/6
        const double R = 1.3;
        double s = 3.5 * R * R * R + 4 * R * R * R * R, ds = 10.5 * R * R + 16 * R * R * R;
        (double value, double slope) = OutsideLists.VolumesGradient(Solids, R);
        Assert.Equal(s + 0.5 * s * s / 3, value, 1e-12);
        Assert.Equal(ds * (1 + s / 3), slope, 1e-11);
        Assert.Equal(2 * slope, OutsideLists.VolumesJvp(Solids, R, 2).Tangent, 1e-11);
        Assert.Equal(3 * (7 * R + 12 * R * R), OutsideLists.ListedGradient(Solids, R).DR, 1e-12);
    }

    [Fact]
    public void What_they_hold_is_read()
    {
        double[] initial = [1.5, 0.8, 0.3], gradient = new double[3];
        const double Scale = 0.9, Step = 1e-6;
        (double value, double slope) = OutsideLists.YieldGradient(Reactions, Scale, initial, gradient);
        Assert.Equal(OutsideLists.Yield(Reactions, Scale, initial), value);
        Assert.Equal((OutsideLists.Yield(Reactions, Scale + Step, initial) - OutsideLists.Yield(Reactions, Scale - Step, initial)) / (2 * Step), slope, 1e-8);
        for (int k = 0; k < 3; k++)
        {
            double[] up = [.. initial], down = [.. initial];
            (up[k], down[k]) = (up[k] + Step, down[k] - Step);
            Assert.Equal((OutsideLists.Yield(Reactions, Scale, up) - OutsideLists.Yield(Reactions, Scale, down)) / (2 * Step), gradient[k], 1e-8);
        }

        Assert.Equal((2 * 0.3 * 2) + 3, OutsideLists.QueriedGradient([.. Reactions], 2).DX, 1e-14);
    }

    [Fact]
    public void Patterns_look_into_them()
    {
        // 2x² − ½x + 4x³ + 2
        OutsideLists.Form[] forms = [new OutsideLists.Disk(2, -1), new OutsideLists.Disk(0.5, -1), new OutsideLists.Square(2), new OutsideLists.Square(1), new OutsideLists.Disk(1, 1)];
        (double value, double slope) = OutsideLists.MatchedGradient(forms, 1.5);
        Assert.Equal(2 * 2.25 - 0.75 + 4 * 3.375 + 2, value, 1e-14);
        Assert.Equal(4 * 1.5 - 0.5 + 12 * 2.25, slope, 1e-14);
    }

    // (1·2 + 3·1 + (1·0.5 + 2·1 + 3·2) + 3 + 3)·x + 3.5·x²
    [Fact]
    public void Arrays_in_lists_are_read()
    {
        List<int[]> neighbours = [[1, 2], [3]];
        IReadOnlyList<double[]> weights = [[0.5, 1], [2]];
        (double value, double slope) = OutsideLists.GraphGradient(2, neighbours, weights);
        Assert.Equal(OutsideLists.Graph(2, neighbours, weights), value);
        Assert.Equal(2 + 3 + 8.5 + 3 + 3 + 7 * 2, slope, 1e-12);
    }

    [Theory]
    [InlineData("double F(Item[] items, double x) { items[0] = new Item(); return x; }", "DIFF1005: items[0] = new Item()")]
    [InlineData("double F(Item[] items, double x) { items[0].Counts[0]++; return x; }", "DIFF1005: items[0].Counts[0]++")]
    [InlineData("double F(Item[] items, double x) { items[0].Weights[0] = x; return x; }", "DIFF1005: items[0].Weights[0] = x")]
    public void What_cannot_be_followed_is_reported(string method, string expected)
    {
        GeneratorRun run = GeneratorHarness.Run($$"""
            public sealed class Item { public int[] Counts = []; public double[] Weights = []; }
            public static partial class P { [Differentiable] public static {{method}} }
            """);
        Assert.Equal([expected], run.Reported);
        Assert.Empty(run.GeneratedSources);
    }
}

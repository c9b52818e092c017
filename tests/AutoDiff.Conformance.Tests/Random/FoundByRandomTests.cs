namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>What random programs have found, each made as small as it can be.</summary>
public class FoundByRandomTests
{
    [Theory]
    [InlineData("an out parameter whose value the backward half takes back", """
        public static partial class Case
        {
            [Differentiable]
            public static double F(double x3, out double o1)
            {
                o1 = (x3 / (2 + Math.Cos(x3)));
                return x3;
            }
        }
        """)]
    public void Holds(string what, string program)
    {
        Outcome outcome = Batch.Run([program])[0];
        Assert.True(outcome.Verdict == Verdict.Fine, $"{what}: {outcome.Verdict}, {outcome.Reason}\n{outcome.Details}");
    }
}

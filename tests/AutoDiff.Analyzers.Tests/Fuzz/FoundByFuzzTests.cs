namespace AutoDiff.Analyzers.Tests.Fuzz;

/// <summary>What arbitrary sources have found, each made as small as it can be.</summary>
public class FoundByFuzzTests
{
    [Theory]
    [InlineData("an array of native integers", """
        public static partial class Shapes
        {
            [Differentiable]
            public static nint[] From(ReadOnlySpan<int> lengths)
            {
                var result = new nint[lengths.Length];
                for (int i = 0; i < result.Length; i++) result[i] = lengths[i];
                return result;
            }
        }
        """)]
    public void Holds(string what, string source)
    {
        string? failure = FuzzRun.Of("Source.cs", source);
        Assert.True(failure is null, $"{what}: {failure}");
    }
}

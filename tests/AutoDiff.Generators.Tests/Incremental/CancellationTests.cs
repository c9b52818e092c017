using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Generators.Tests.Incremental;

public class CancellationTests
{
    [Fact]
    public void A_cancelled_run_ends_with_the_cancellation()
    {
        GeneratorRun run = GeneratorHarness.Run(Scalars.ContractTests.Fit);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new DifferentiableGenerator().AsSourceGenerator()], parseOptions: GeneratorHarness.ParseOptions);
        Assert.ThrowsAny<OperationCanceledException>(() => driver.RunGenerators(run.Input, new CancellationToken(canceled: true)));
    }
}

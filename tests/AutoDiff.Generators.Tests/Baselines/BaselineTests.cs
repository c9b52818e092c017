using System.Runtime.CompilerServices;

namespace AutoDiff.Generators.Tests.Baselines;

/// <summary>
/// Generated files as they are meant to be read, kept as files beside this one: <c>Scenario/Hint.cs.txt</c>. With the environment variable
/// <c>AUTODIFF_UPDATE_BASELINES=1</c> the tests write them anew; look at the difference before you commit it.
/// </summary>
public class BaselineTests
{
    [Fact]
    public void Fit() => Check("Fit", Scalars.ContractTests.Fit);

    [Fact]
    public void Newton() => Check("Newton", """
        namespace Examples;

        public static partial class Functions
        {
            /// <summary>The square root of a, from a start x.</summary>
            [Differentiable]
            public static double Newton(double a, double x)
            {
                int steps = 0;
                while (Math.Abs(x * x - a) > 1e-12 && steps < 50)
                {
                    x = 0.5 * (x + a / x);
                    steps++;
                }

                return x;
            }
        }
        """);

    [Fact]
    public void Project() => Check("Project", """
        namespace Examples;

        public static partial class Functions
        {
            [Differentiable]
            public static void Project(ReadOnlySpan<double> camera, ReadOnlySpan<double> point, Span<double> pixel)
            {
                double depth = point[2] - camera[2];
                pixel[0] = camera[3] * (point[0] - camera[0]) / depth;
                pixel[1] = camera[3] * (point[1] - camera[1]) / depth;
            }
        }
        """);

    private static void Check(string scenario, string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        run.Compile();
        Check(scenario, run);
    }

    internal static void Check(string scenario, GeneratorRun run, [CallerFilePath] string thisFile = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(thisFile)!, scenario);
        if (Environment.GetEnvironmentVariable("AUTODIFF_UPDATE_BASELINES") == "1")
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            foreach ((string hint, string text) in run.GeneratedSources) File.WriteAllText(Path.Combine(folder, FileName(hint)), text);
        }

        Assert.Equal(run.GeneratedSources.Keys.Select(FileName).Order(), Directory.GetFiles(folder).Select(static f => Path.GetFileName(f)).Order());
        foreach ((string hint, string text) in run.GeneratedSources)
            Assert.Equal(File.ReadAllText(Path.Combine(folder, FileName(hint))).ReplaceLineEndings("\n"), text);
    }

    private static string FileName(string hint) => hint[..^".g.cs".Length] + ".cs.txt";
}

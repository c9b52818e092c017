using System.Diagnostics;

namespace AutoDiff.Benchmarks.Overhead;

/// <summary>
/// The time of <c>FGradient</c> beside that of <c>F</c> itself, for <see cref="NumericMethods"/>: both in the same process, in turn, medians of many rounds. The
/// aim is a median of at most 2 and never more than 3.
/// </summary>
internal static class OverheadBenchmark
{
    private const int Length = 1024, Rounds = 41;

    // Long enough for the runtime to have compiled all of it for good, in the background and some time after the first calls.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(700);

    private static readonly double[] A = Numbers(1), B = Numbers(2), DA = new double[Length], DB = new double[Length];

    // What is computed must be used.
    private static double s_sink;

    private delegate double OfSpans(ReadOnlySpan<double> a, ReadOnlySpan<double> b);

    private delegate double GradientOfSpans(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> da, Span<double> db, bool accumulate);

    public static void Run()
    {
        var ratios = new List<double>();
        Two("Polynomial", NumericMethods.Polynomial, static (x, y) => NumericMethods.PolynomialGradient(x, y).DX);
        Two("Rosenbrock", NumericMethods.Rosenbrock, static (x, y) => NumericMethods.RosenbrockGradient(x, y).DX);
        Two("Elementary", NumericMethods.Elementary, static (x, y) => NumericMethods.ElementaryGradient(x, y).DX);
        Two("Branches", NumericMethods.Branches, static (x, y) => NumericMethods.BranchesGradient(x, y).DX);
        Two("Newton", NumericMethods.Newton, static (x, y) => NumericMethods.NewtonGradient(x, y).DX);
        Two("Series", NumericMethods.Series, static (x, y) => NumericMethods.SeriesGradient(x, y).DX);
        Many("Dot", NumericMethods.Dot, NumericMethods.DotGradient);
        Many("LogSumExp", NumericMethods.LogSumExp, NumericMethods.LogSumExpGradient);
        Many("RosenbrockSum", NumericMethods.RosenbrockSum, NumericMethods.RosenbrockSumGradient);
        Many("Recurrence", NumericMethods.Recurrence, NumericMethods.RecurrenceGradient);
        Many("Horner", NumericMethods.Horner, NumericMethods.HornerGradient);
        Many("Distances", NumericMethods.Distances, NumericMethods.DistancesGradient);
        ratios.Sort();
        Console.WriteLine(FormattableString.Invariant($"median {ratios[ratios.Count / 2]:F2}, greatest {ratios[^1]:F2} of {ratios.Count}"));

        void Two(string name, Func<double, double, double> method, Func<double, double, double> gradient)
            => Compare(name, () =>
            {
                double s = 0;
                for (int i = 0; i < Length; i++) s += method(A[i], B[i]);
                s_sink += s;
            }, () =>
            {
                double s = 0;
                for (int i = 0; i < Length; i++) s += gradient(A[i], B[i]);
                s_sink += s;
            });

        void Many(string name, OfSpans method, GradientOfSpans gradient)
            => Compare(name, () =>
            {
                for (int i = 0; i < 50; i++) s_sink += method(A, B);
            }, () =>
            {
                for (int i = 0; i < 50; i++) s_sink += gradient(A, B, DA, DB, false);
            });

        void Compare(string name, Action method, Action gradient)
        {
            var primal = new List<double>();
            var derivative = new List<double>();
            for (var warmUp = Stopwatch.StartNew(); warmUp.Elapsed < s_warmUp;)
            {
                method();
                gradient();
                Thread.Sleep(1);
            }

            for (int round = 0; round < Rounds; round++)
            {
                primal.Add(Microseconds(method));
                derivative.Add(Microseconds(gradient));
            }

            primal.Sort();
            derivative.Sort();
            double ratio = derivative[Rounds / 2] / primal[Rounds / 2];
            ratios.Add(ratio);
            Console.WriteLine(FormattableString.Invariant($"{name,-16} method {primal[Rounds / 2],9:F1} µs   gradient {derivative[Rounds / 2],9:F1} µs   ratio {ratio:F2}"));
        }
    }

    private static double Microseconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static double[] Numbers(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Length).Select(_ => random.NextDouble() * 1.5 + 0.1)];
    }
}

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>The numbers that programs are run with: no two alike, none special.</summary>
internal static class Point
{
    public static double Input(int index) => Math.Round(0.17 + 0.83 * Fraction(0.618033988749895 * (index + 1)), 3) * (index % 3 == 1 ? -1 : 1);

    public static double Seed(int index) => Math.Round(0.3 + 0.9 * Fraction(0.754877666246693 * (index + 1)), 3) * (index % 4 == 2 ? -1 : 1);

    public static double Direction(int index) => Math.Round(0.2 + 0.7 * Fraction(0.569840290998053 * (index + 1)), 3) * (index % 2 == 1 ? -1 : 1);

    private static double Fraction(double x) => x - Math.Floor(x);
}

namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: labels, patterns and guards.</summary>
public static partial class JumpsAndPatterns
{
    [Row("two_labels", 1.5, 0)]
    [Row("two_labels", 1.5, 7)]
    [Row("two_labels", -1.5, 7)]
    [Differentiable]
    public static double TwoLabels(double x, int n)
    {
        double s = 0;
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                s += x * j * s + 1;
                if (i * j > n) goto next;
                if (s > 50) goto found;
            }

            s += x;
        next:
            s *= 0.5;
        }

        return s;
    found:
        return s * x;
    }

    [Row("patterns_with_guards", 5, Gradient = [10])]
    [Row("patterns_with_guards", -0.5, Gradient = [0.75])]
    [Row("patterns_with_guards", 1.5, Gradient = [3])]
    [Row("patterns_with_guards", -7, Gradient = [1])]
    [Differentiable]
    public static double Guards(double x) => x switch
    {
        > 4 => x * x,
        < 0 and var y when y > -1 => y * y * y,
        _ when x is > 1 and < 2 => 3 * x,
        _ => x,
    };

    [Row("tuple_patterns", 1.5, 2, 1, Gradient = [2, 1.5])]
    [Row("tuple_patterns", -0.5, 1, 2, Gradient = [0, 1])]
    [Row("tuple_patterns", 5, -1, 3, Gradient = [-10, 25])]
    [Differentiable]
    public static double TuplePatterns(double x, double y, int k) => (k, x) switch
    {
        (1, var z) => z * y,
        (> 1, < 0) => y,
        _ => x * x * y,
    };
}

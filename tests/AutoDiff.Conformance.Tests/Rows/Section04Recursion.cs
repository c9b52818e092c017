namespace AutoDiff.Conformance;

/// <summary>Section 4: methods that call themselves.</summary>
public static partial class Recursion
{
    [Row("factorial", 1, Value = [1], Gradient = [0])]
    [Row("factorial", 2, Value = [2], Gradient = [1])]
    [Row("factorial", 3, Value = [6], Gradient = [5])]
    [Row("factorial", 4, Value = [24], Gradient = [26])]
    [Row("factorial", 5, Value = [120], Gradient = [154])]
    [Differentiable]
    public static double Factorial(double x) => x < 1.5 ? 1 : x * Factorial(x - 1);

    [Row("product_n", 10, 3, Value = [1000], Gradient = [300])]
    [Differentiable]
    public static double ProductN(double x, int n) => n == 0 ? 1 : x * ProductN(x, n - 1);

    public struct Pair
    {
        public double A;
        public double B;
    }

    [Row("recursion_early_return_object", 1.3, 0)]
    [Row("recursion_early_return_object", 1.3, 3)]
    [Differentiable]
    public static double EarlyReturnObject(double x, int n)
    {
        if (n == 0)
        {
            var pair = new Pair { A = x * x, B = 2 };
            return pair.A * pair.B;
        }

        return x * EarlyReturnObject(x * 0.5, n - 1);
    }

    // Two methods in a circle: supported, like any recursion.
    [Row("recursion_policy", 0.7, 5)]
    [Differentiable]
    public static double Even(double x, int n) => n == 0 ? x : Math.Sin(x) * Odd(x, n - 1);

    [Keep]
    [Differentiable]
    public static double Odd(double x, int n) => n == 0 ? 1 : x + Even(x * 0.5, n - 1);
}

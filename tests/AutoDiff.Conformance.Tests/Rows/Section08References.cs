namespace AutoDiff.Conformance;

/// <summary>Section 8: <c>ref</c>, <c>out</c> and <c>in</c>.</summary>
public static partial class References
{
    [Row("identity_ref", 10, Gradient = [1])]
    [Differentiable]
    public static void IdentityRef(ref double x)
    {
    }

    [Row("ref_called_twice", 2, Gradient = [3024])]
    [Differentiable]
    public static double RefCalledTwice(double x)
    {
        Grow(3, ref x);
        Grow(3, ref x);
        return x;
    }

    private static void Grow(double p, ref double x) => x = p * (x + 1) * (x + 1);

    [Row("ref_overwritten", 5, 7, Seed = [3], Gradient = [0, 3])]
    [Differentiable]
    public static void RefOverwritten(ref double p, double x) => p = x;

    [Row("out_param", 3, Gradient = [6])]
    [Differentiable]
    public static void OutParam(double x, out double y) => y = x * x;

    [Row("conditional_out_bool", 1, Gradient = [2])]
    [Row("conditional_out_bool", 0.4, Gradient = [1])]
    [Differentiable]
    public static bool ConditionalOutBool(double y, out double o)
    {
        if (y > 0.5)
        {
            o = 2 * y;
            return true;
        }

        o = y + 1;
        return false;
    }

    // The result, then what the two hold: only the result counts here.
    [Row("ref_and_return", 3, 4, Seed = [1, 0, 0], Gradient = [4, 3])]
    [Differentiable]
    public static double RefAndReturn(ref double x, ref double y)
    {
        (x, y) = (y, x);
        return x * y;
    }

    [Row("ref_not_wrt", 2, 3, Gradient = [3])]
    [Differentiable]
    public static void RefNotWrt(double x, [NoGradient] ref double y) => y *= x;

    private struct Pair
    {
        public double A;
        public double B;
    }

    [Row("ref_with_no_op_branch", 3, 1, Gradient = [1, 0])]
    [Differentiable]
    public static double RefWithNoOpBranch(double a, double b)
    {
        var pair = new Pair { A = b, B = a };
        Exchange(ref pair);
        return pair.A;
    }

    private static void Exchange(ref Pair pair)
    {
        (pair.A, pair.B) = (pair.B, pair.A);
        if (pair.A > 0)
        {
        }
    }

    [Row("in_param", 3, 4, Gradient = [24, 9])]
    [Differentiable]
    public static double InParam(in double x, in double y) => x * x * y;
}

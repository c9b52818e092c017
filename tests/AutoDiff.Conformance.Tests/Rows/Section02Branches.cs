namespace AutoDiff.Conformance;

/// <summary>Section 2: branches.</summary>
public static partial class Branches
{
    [Row("early_return", 4, Gradient = [8])]
    [Row("early_return", -10, Gradient = [2])]
    [Differentiable]
    public static double EarlyReturn(double x)
    {
        if (x > 0) return x * x;
        return x + x;
    }

    [Row("definite_assign", 4, Gradient = [8])]
    [Row("definite_assign", -10, Gradient = [2])]
    [Row("definite_assign", -200, Gradient = [0])]
    [Differentiable]
    public static double DefiniteAssign(double x)
    {
        double y;
        if (x > 0) y = x * x;
        else if (x > -100) y = x + x;
        else y = 10;
        return y;
    }

    [Row("dead_store", 4, Gradient = [8])]
    [Row("dead_store", -10, Gradient = [0])]
    [Differentiable]
    public static double DeadStore(double x)
    {
        double y = x;
        if (x > 0)
        {
            y = x * x;
        }
        else
        {
            y = x;
            y = x;
            y = 0;
        }

        return y;
    }

    [Row("nested_returns", 1, Gradient = [10])]
    [Row("nested_returns", 0.7, Gradient = [4])]
    [Row("nested_returns", 0.4, Gradient = [6])]
    [Differentiable]
    public static double NestedReturns(double x)
    {
        if (x > 0.5)
        {
            if (x > 0.9) return 10 * x;
            return 4 * x;
        }

        return 6 * x;
    }

    [Row("guard", 4, 5, Gradient = [0, 10])]
    [Row("guard", -3, 2, Gradient = [2, -3])]
    [Row("guard", -3, -2, Gradient = [1, 0])]
    [Differentiable]
    public static double Guard(double x, double y)
    {
        if (x <= 0)
        {
            if (y > 0) return x * y;
            return x;
        }

        return y * y;
    }

    [Row("empty_branch", 2, Gradient = [4])]
    [Row("empty_branch", -3, Gradient = [-6])]
    [Differentiable]
    public static double EmptyBranch(double x)
    {
        if (x > 0)
        {
        }

        return x * x;
    }

    [Row("break_out_of_block", 3, Gradient = [6])]
    [Row("break_out_of_block", -3, Gradient = [1])]
    [Differentiable]
    public static double BreakOutOfBlock(double x)
    {
        double outer = x;
        {
            double inner = outer;
            if (x < 0) goto done;
            inner *= outer;
            outer = inner;
        }

    done:
        return outer;
    }

    [Row("tuple_in_branch", 4, Gradient = [2])]
    [Row("tuple_in_branch", -10, Gradient = [2])]
    [Differentiable]
    public static double TupleInBranch(double x)
    {
        (double First, double Second) y = (x, 3 * x);
        if (x > 0)
        {
            (y.First, y.Second) = (y.Second, y.First);
            y.First = y.Second;
            y.Second = x;
        }
        else
        {
            y.Second = y.First;
        }

        return y.First + y.Second;
    }

    [Row("switch_shared_labels", 1, 0, Gradient = [2])]
    [Row("switch_shared_labels", 1, 1, Gradient = [2])]
    [Row("switch_shared_labels", 1, 2, Gradient = [3])]
    [Row("switch_default", 1, 3, Gradient = [1])]
    [Differentiable]
    public static double Switch(double y, int i)
    {
        switch (i)
        {
            case 0:
            case 1:
                return 2 * y;
            case 2:
                return 3 * y;
            default:
                return y;
        }
    }

    // The arm that is not taken is not differentiated.
    [Row("ternary_masks_nan", 0, Value = [0], Gradient = [0], IsKink = true)]
    [Row("ternary_masks_nan", 2, Value = [0.7853981633974483], Gradient = [0])]
    [Differentiable]
    public static double TernaryMasksNan(double x) => x > 1e-8 ? Math.Atan2(x, x) : 0;

    [Row("ternary_lazy", 2, 0.5, Gradient = [1, 0])]
    [Row("ternary_lazy", -0.3, 0.3, Gradient = [0, 1])]
    [Differentiable]
    public static double TernaryLazy(double x, double y) => x > 0 ? Math.Sqrt(x) * Math.Sqrt(x) : y;

    [Row("bool_call_mutates", 4, Gradient = [-10])]
    [Row("bool_call_mutates", -4, Gradient = [10])]
    [Differentiable]
    public static double BoolCallMutates(double x)
    {
        if (Multiply(10, ref x)) return x;
        else return -x;
    }

    private static bool Multiply(double a, ref double x)
    {
        x *= a;
        return x < 0;
    }

    [Row("ternary_tbr", 2, 3, false, Gradient = [0, 6])]
    [Row("ternary_tbr", 2, 3, true, Gradient = [4, 0])]
    [Differentiable]
    public static double TernaryTbr(double a, double b, bool c)
    {
        double t = c ? a * a : b * b;
        a = 0;
        b = 0;
        return t + a + b;
    }

    [Row("short_circuit", 3, true, true, false, Gradient = [6])]
    [Row("short_circuit", 3, false, true, true, Gradient = [6])]
    [Row("short_circuit", 3, true, false, false, Gradient = [2])]
    [Differentiable]
    public static double ShortCircuit(double x, bool p, bool q, bool r)
    {
        if (p && q || r) return x * x;
        return x + x;
    }
}

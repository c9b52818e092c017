namespace AutoDiff.Conformance;

/// <summary>Section 3: loops.</summary>
public static partial class Loops
{
    [Row("for_active_init", 2, Gradient = [12])]
    [Row("for_active_init", 3, Gradient = [27])]
    [Differentiable]
    public static double ForActiveInit(double x)
    {
        double r = x;
        for (int i = 0; i < 2; i++) r *= x;
        return r;
    }

    [Row("for_const_init", 3, Gradient = [6])]
    [Differentiable]
    public static double ForConstInit(double x)
    {
        double r = 1;
        for (int i = 0; i < 2; i++) r *= x;
        return r;
    }

    [Row("while", 2, Gradient = [12])]
    [Differentiable]
    public static double While(double x)
    {
        double r = x;
        int i = 0;
        while (i < 2)
        {
            r *= x;
            i++;
        }

        return r;
    }

    [Row("do_while", 2, Gradient = [12])]
    [Differentiable]
    public static double DoWhile(double x)
    {
        double r = x;
        int i = 0;
        do
        {
            r *= x;
            i++;
        }
        while (i < 2);
        return r;
    }

    [Row("nested_do_while", 2, Gradient = [448])]
    [Row("nested_do_while", 3, Gradient = [5103])]
    [Differentiable]
    public static double NestedDoWhile(double x)
    {
        double r = x;
        int i = 0;
        do
        {
            double t = x;
            int j = 0;
            do
            {
                t *= x;
                j++;
            }
            while (j < 2);
            r *= t;
            i++;
        }
        while (i < 2);
        return r;
    }

    [Row("break_in_loop", 2, Gradient = [32])]
    [Row("break_in_loop", 3, Gradient = [108])]
    [Differentiable]
    public static double BreakInLoop(double x)
    {
        double r = x;
        for (int i = 0; i < 10; i++)
        {
            if (i == 2) break;
            if (i == 0) r *= x;
            else r *= r;
        }

        return r;
    }

    [Row("continue_in_loop", 2, Gradient = [192])]
    [Row("continue_in_loop", 3, Gradient = [1458])]
    [Differentiable]
    public static double ContinueInLoop(double x)
    {
        double r = x;
        for (int i = 1; i <= 10; i++)
        {
            if (i % 2 == 0) continue;
            r *= x;
        }

        return r;
    }

    [Row("data_dependent_continue", 1.9, Gradient = [27.436])]
    [Row("data_dependent_continue", 0.4, Gradient = [0.0131072])]
    [Differentiable]
    public static double DataDependentContinue(double y)
    {
        double t = y;
        for (int i = 0; i < 3; i++)
        {
            if (t > 4) continue;
            t *= t;
        }

        return t;
    }

    [Row("for_with_inner_while", 2, Gradient = [22])]
    [Row("for_with_inner_while", 4, Gradient = [66])]
    [Differentiable]
    public static double ForWithInnerWhile(double x)
    {
        double outer = x;
        for (int i = 0; i < 2; i++)
        {
            outer *= x;
            double inner = outer;
            int j = 0;
            while (j < 2)
            {
                inner += x;
                j++;
            }

            outer = inner;
        }

        return outer;
    }

    // Inside a switch: out of the outer loop, into another case, on with the inner loop.
    [Row("break_outer_from_switch", 2.0001, Gradient = [5.0002])]
    [Row("break_outer_from_switch", 1.4, Gradient = [4.8])]
    [Differentiable]
    public static double BreakOuterFromSwitch(double x)
    {
        double outer = x;
        for (int i = 0; i < 2; i++)
        {
            outer *= x;
            double inner = outer;
            for (int j = 0; j < 2; j++)
            {
                inner += x;
                switch ((int)Ad.Detach(inner % 7))
                {
                    case 6:
                        outer = inner;
                        goto done;
                    case 3:
                        outer = inner;
                        goto case 4;
                    case 4:
                        outer += x;
                        goto done;
                    default:
                        continue;
                }
            }

            outer = inner;
        }

    done:
        return outer;
    }

    [Row("square3", 1, Gradient = [8])]
    [Row("square3", 0.4, Gradient = [0.0131072])]
    [Differentiable]
    public static double Square3(double y)
    {
        double t = y;
        for (int i = 0; i < 3; i++) t *= t;
        return t;
    }

    [Row("single_iteration_break", 1, Gradient = [10])]
    [Row("single_iteration_break", 0.4, Gradient = [6])]
    [Differentiable]
    public static double SingleIterationBreak(double y)
    {
        double t = 0;
#pragma warning disable CS0162 // Both arms leave the loop: its counter never counts.
        for (int i = 0; i < 1; i++)
#pragma warning restore CS0162
        {
            if (y > 0.5)
            {
                t = 10 * y;
                break;
            }
            else
            {
                t = 6 * y;
                break;
            }
        }

        return t;
    }

    [Row("return_inside_loop", 3, Gradient = [2])]
    [Differentiable]
    public static double ReturnInsideLoop(double x)
    {
        for (int i = 0; i < 5; i++)
        {
            x *= 2;
            if (i >= 0) return x;
        }

        return x * x;
    }

    [Row("nested_index_factor", 1, Gradient = [12])]
    [Differentiable]
    public static double NestedIndexFactor(double t)
    {
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                t *= i + j + 1;
        return t;
    }

    [Row("runtime_start", 2, 2, Gradient = [35])]
    [Differentiable]
    public static double RuntimeStart(double x, int r)
    {
        double s = 0;
        for (int i = -r; i <= r; i++)
            for (int j = i; j <= r; j++)
                s += x * (j - i + 1);
        return s;
    }

    [Row("runtime_stride", 2, 3, Gradient = [16])]
    [Differentiable]
    public static double RuntimeStride(double x, int r)
    {
        double s = 0;
        for (int i = -r; i <= r; i += 2) s += x * (i + r + 1);
        return s;
    }

    [Row("negative_stride", 2, 3, Gradient = [15])]
    [Differentiable]
    public static double NegativeStride(double x, int r)
    {
        double s = 0;
        for (int i = 2 * r + 1; i >= r; i -= 2) s += x * i;
        return s;
    }

    [Row("induction_width", 1.1, Gradient = [0.25])]
    [Differentiable]
    public static double ShortCounter(double x)
    {
        double r = x;
        for (short i = 2; i >= 1; i--) r *= 0.25 * i;
        return r + r;
    }

    [Row("induction_width", 1.1, Gradient = [0.25])]
    [Differentiable]
    public static double LongCounter(double x)
    {
        double r = x;
        for (long i = 2; i >= 1; i--) r *= 0.25 * i;
        return r + r;
    }

    [Row("induction_width", 1.1, Gradient = [0.25])]
    [Differentiable]
    public static double UnsignedShortCounter(double x)
    {
        double r = x;
        for (ushort i = 0; i < 2; i++) r *= 0.25 * (i + 1);
        return r + r;
    }

    [Row("induction_width", 1.1, Gradient = [0.25])]
    [Differentiable]
    public static double ByteCounter(double x)
    {
        double r = x;
        for (byte i = 0; i < 2; i++) r *= 0.25 * (i + 1);
        return r + r;
    }

    [Row("sin_series", 3.14159265358979, Gradient = [-1])]
    [Row("sin_series", 0.5, Gradient = [0.8775825618903728])]
    [Differentiable]
    public static double SinSeries(double x)
    {
        double sum = 0, term = x;
        for (int n = 0; n < 30; n++)
        {
            sum += term;
            term *= -x * x / ((2 * n + 2) * (2 * n + 3));
        }

        return sum;
    }

    // The counter jumps where the value is large: i is no affine function of the iteration.
    [Row("noninductive_counter", 1.5)]
    [Row("noninductive_counter", 0.5)]
    [Differentiable]
    public static double NoninductiveCounter(double y)
    {
        double t = y;
        int i = 0;
        while (i < 6)
        {
            t = t * t * 0.5 + i * y;
            if (t > 2) i += 2;
            i++;
            t *= 0.3 * i;
        }

        return t;
    }

    [Row("loop_in_one_arm", 1, Gradient = [8])]
    [Row("loop_in_one_arm", 0.4, Gradient = [10])]
    [Differentiable]
    public static double LoopInOneArm(double y)
    {
        double t = y;
        if (y > 0.5)
        {
            for (int i = 0; i < 3; i++) t *= t;
        }
        else
        {
            t *= 10;
        }

        return t;
    }

    [Row("zero_trip", 3, 0, Gradient = [1])]
    [Row("zero_trip", 3, 2, Gradient = [108])]
    [Differentiable]
    public static double ZeroTrip(double x, int n)
    {
        double t = x;
        for (int i = 0; i < n; i++) t *= t;
        return t;
    }

    [Row("inline_divisor", 1.3, Gradient = [-0.5502599918254809])]
    [Differentiable]
    public static double InlineDivisor(double a)
    {
        double s = 0;
        for (int i = 0; i < 2; i++) s += 1 / (i + 1 + a * a);
        return s;
    }

    [Row("assign_in_condition", 3, 5, Gradient = [5, 3])]
    [Differentiable]
    public static double AssignInCondition(double i, double j)
    {
        double res;
        for (int c = 0; (res = i * j) != 0; ++c)
        {
            if (c == 1) break;
        }

        return res;
    }
}

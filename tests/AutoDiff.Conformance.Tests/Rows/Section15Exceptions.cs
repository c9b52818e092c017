namespace AutoDiff.Conformance;

/// <summary>Section 15: exceptions.</summary>
public static partial class Exceptions
{
    [Row("throw_not_taken", 2, Gradient = [4])]
    [Differentiable]
    public static double ThrowNotTaken(double x)
    {
        if (x < 0) throw new ArgumentOutOfRangeException(nameof(x));
        return x * x;
    }

    private static double Squared(double x) => x < 0 ? throw new InvalidOperationException("negative") : x * x;

    [Row("try_catch_both", 2, Gradient = [4])]
    [Row("try_catch_both", -2, Gradient = [2])]
    [Differentiable]
    public static double TryCatchBoth(double x)
    {
        try
        {
            return Squared(x);
        }
        catch (InvalidOperationException)
        {
            return 2 * x;
        }
    }

    [Row("try_catch_state", 2, Gradient = [10])]
    [Row("try_catch_state", -2, Gradient = [-4])]
    [Differentiable]
    public static double TryCatchState(double x)
    {
        double y = 5 * x;
        try
        {
            return Squared(-x);
        }
        catch (InvalidOperationException)
        {
            return 2 * y;
        }
    }

    [Row("throw_out_of_a_loop", 2, 1)]
    [Row("throw_out_of_a_loop", 2, -3)]
    [Row("throw_out_of_a_loop", -2, -1)]
    [Row("throw_out_of_a_loop", 9, 1)]
    [Differentiable]
    public static double ThrowOutOfALoop(double x, double z)
    {
        double s = x;
        try
        {
            for (int i = 0; i < 4; i++)
            {
                double t = Squared(x + z * i);
                s = s * 0.3 + t;
                if (s > 100) throw new ArgumentException("large");
            }

            s *= 2;
        }
        catch (InvalidOperationException)
        {
            s += z;
        }
        catch (ArgumentException)
        {
            s -= z;
        }
        finally
        {
            s *= 3;
        }

        return s * s;
    }

    // What the statement that throws would have assigned is not assigned.
    [Row("state_before_the_throw", 2)]
    [Row("state_before_the_throw", -2)]
    [Differentiable]
    public static double StateBeforeTheThrow(double x)
    {
        double y = 1;
        try
        {
            y = Math.Sin(x);
            y = Squared(x) + 7;
        }
        catch (InvalidOperationException)
        {
            y *= x;
        }

        return y;
    }

    [Row("return_through_finally", 2, Gradient = [4])]
    [Row("return_through_finally", -2, Gradient = [2])]
    [Differentiable]
    public static double ReturnThroughFinally(double x)
    {
        double y = x;
        try
        {
            if (x > 0) return y * y;
            y += 1;
        }
        finally
        {
            y *= 2;
        }

        return y;
    }
}

namespace AutoDiff.Conformance;

/// <summary>A try inside another one, filters, exceptions that are thrown again, and what finally does when an exception passes by.</summary>
public static partial class NestedHandlers
{
    [Row("catch_around_elements", new double[] { 2, 3, 0.5 }, Gradient = [-19, -21, 68])]
    [Row("catch_around_elements", new double[] { -2, 3, 0.5 }, Gradient = [1, 0, -1])]
    [Differentiable]
    public static double AroundElements(ReadOnlySpan<double> x)
    {
        double y = 0;
        try
        {
            for (int i = 0; i < x.Length; i++)
            {
                if (x[i] < 0) throw new ArgumentException("negative");
                y += x[i] * x[i] * i;
            }

            y = Math.Exp(0) * (x[0] * (x[1] - x[0]) - y / x[2] * x[0]) + x[1] + x[0];
        }
        catch (ArgumentException)
        {
            y = x[0] - x[2];
        }

        return y;
    }

    [Row("thrown_again", 2, Gradient = [2])]
    [Row("thrown_again", -2, Gradient = [-12])]
    [Differentiable]
    public static double ThrownAgain(double x)
    {
        double y = x;
        try
        {
            try
            {
                if (x < 0) throw new ArgumentException("x");
                y *= 2;
            }
            catch (ArgumentException)
            {
                y *= 3;
                throw;
            }
        }
        catch (ArgumentException)
        {
            y *= x;
        }

        return y;
    }

    [Row("finally_on_the_way", 2, Gradient = [21])]
    [Row("finally_on_the_way", -2, Gradient = [-8])]
    [Differentiable]
    public static double FinallyOnTheWay(double x)
    {
        double y = x;
        try
        {
            try
            {
                if (x < 0) throw new ArgumentException("x");
                y *= 2;
            }
            catch (InvalidOperationException)
            {
                y *= 3;
            }
            finally
            {
                y += x;
            }

            y *= 7;
        }
        catch (ArgumentException)
        {
            y *= x;
        }

        return y;
    }

    [Row("nested_handlers", 2)]
    [Row("nested_handlers", -2)]
    [Row("nested_handlers", -0.5)]
    [Differentiable]
    public static double Nested(double x)
    {
        double y = x;
        try
        {
            y += 1;
            try
            {
                if (x < -1) throw new InvalidOperationException("x");
                if (x < 0) throw new ArgumentException("x");
                y *= 2;
            }
            catch (InvalidOperationException)
            {
                y *= 3;
            }

            y *= 7;
            if (x < -1) throw new ArgumentNullException();
        }
        catch (ArgumentException)
        {
            y *= x;
        }
        finally
        {
            y *= y;
        }

        return y;
    }

    [Row("filter", 2, 1, Gradient = [2])]
    [Row("filter", -2, 1, Gradient = [3])]
    [Row("filter", -2, 0, Gradient = [-4])]
    [Differentiable]
    public static double Filtered(double x, int k)
    {
        double y = x;
        try
        {
            if (x < 0) throw new ArgumentException("x");
            y *= 2;
        }
        catch (ArgumentException) when (k > 0)
        {
            y *= 3;
        }
        catch (ArgumentException)
        {
            y *= x;
        }

        return y;
    }

    [Row("handlers_in_a_loop", 2)]
    [Row("handlers_in_a_loop", -2.3)]
    [Differentiable]
    public static double InALoop(double x)
    {
        double y = x;
        for (int i = 0; i < 4; i++)
        {
            try
            {
                try
                {
                    y = Root(y - i);
                }
                catch (ArgumentException) when (i < 3)
                {
                    y = x * i;
                    throw;
                }
                catch (Exception)
                {
                    y += 3 * x;
                }
            }
            catch (Exception)
            {
                y = y * y + x;
            }
        }

        return y;
    }

    private static double Root(double x)
    {
        if (x < 0) throw new ArgumentException("x");
        return Math.Sqrt(x) + x;
    }
}

using AutoDiff;

namespace GradBench.Evals;

/// <summary>
/// The saddle of ‖a‖² − ‖b‖²: the least of what is left where b has climbed as high as it can. The climb is itself a gradient descent, and derivatives of what it
/// reaches go through its loop.
/// </summary>
public static partial class Saddle
{
    /// <summary>‖a‖² − ‖b‖².</summary>
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double Surface(double a0, double a1, double b0, double b1) => a0 * a0 + a1 * a1 - (b0 * b0 + b1 * b1);

    /// <summary>How high b can climb from a start; its gradients by reverse mode.</summary>
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double SummitReverse(double a0, double a1, double b0, double b1)
    {
        Climb(a0, a1, ref b0, ref b1, isForward: false);
        return Surface(a0, a1, b0, b1);
    }

    /// <summary>How high b can climb from a start; its gradients by forward mode.</summary>
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double SummitForward(double a0, double a1, double b0, double b1)
    {
        Climb(a0, a1, ref b0, ref b1, isForward: true);
        return Surface(a0, a1, b0, b1);
    }

    /// <summary>Moves b uphill as far as it goes: the suite's gradient descent of −<see cref="Surface"/>.</summary>
    public static void Climb(double a0, double a1, ref double b0, ref double b1, bool isForward)
    {
        double height = Surface(a0, a1, b0, b1), rate = GradientDescent.FirstRate;
        (double slope0, double slope1) = Slope(a0, a1, b0, b1, isForward);
        int streak = 0;
        while (slope0 * slope0 + slope1 * slope1 > GradientDescent.Tolerance * GradientDescent.Tolerance)
        {
            if (streak == GradientDescent.Streak)
            {
                rate *= 2;
                streak = 0;
            }

            double move0 = rate * slope0, move1 = rate * slope1;
            if (move0 * move0 + move1 * move1 <= GradientDescent.Tolerance * GradientDescent.Tolerance)
                break;
            double reached = Surface(a0, a1, b0 + move0, b1 + move1);
            if (reached > height)
            {
                height = reached;
                b0 += move0;
                b1 += move1;
                (slope0, slope1) = Slope(a0, a1, b0, b1, isForward);
                streak++;
            }
            else
            {
                rate /= 2;
                streak = 0;
            }
        }
    }

    private static (double, double) Slope(double a0, double a1, double b0, double b1, bool isForward)
    {
        if (isForward)
        {
            (_, double along0) = SurfaceJvp(a0, a1, b0, b1, 0, 0, 1, 0);
            (_, double along1) = SurfaceJvp(a0, a1, b0, b1, 0, 0, 0, 1);
            return (along0, along1);
        }

        (_, _, _, double slope0, double slope1) = SurfaceGradient(a0, a1, b0, b1);
        return (slope0, slope1);
    }
}

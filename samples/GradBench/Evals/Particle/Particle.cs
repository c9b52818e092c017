using AutoDiff;

namespace GradBench.Evals;

/// <summary>
/// A particle that flies past two charges, of which one can be moved: the square of where it meets the ground. Its acceleration is itself a derivative, of the
/// potential, so that derivatives of the whole flight are derivatives of a derivative.
/// </summary>
public static partial class Particle
{
    private const double Column = 10, Height = 10, TimeStep = 0.1;

    /// <summary>The potential at a point: the sum of the inverse distances to both charges.</summary>
    /// <param name="x">The abscissa of the point.</param>
    /// <param name="y">The ordinate of the point.</param>
    /// <param name="w">How far the upper charge is moved down.</param>
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double Potential(double x, double y, double w) => Inverse(x - Column, y - (Height - w)) + Inverse(x - Column, y);

    /// <summary>The square of where the particle meets the ground; the acceleration by reverse mode.</summary>
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double LandingReverse(double w)
    {
        double x = 0, y = 8, vx = 0.75, vy = 0;
        while (y > 0)
        {
            (_, double slopeX, double slopeY, _) = PotentialGradient(x, y, w);
            x += TimeStep * vx;
            y += TimeStep * vy;
            if (y > 0)
            {
                vx -= TimeStep * slopeX;
                vy -= TimeStep * slopeY;
            }
        }

        double end = x - y / vy * vx;
        return end * end;
    }

    /// <summary>The square of where the particle meets the ground; the acceleration by forward mode, one direction after the other.</summary>
    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double LandingForward(double w)
    {
        double x = 0, y = 8, vx = 0.75, vy = 0;
        while (y > 0)
        {
            (_, double slopeX) = PotentialJvp(x, y, w, 1, 0, 0);
            (_, double slopeY) = PotentialJvp(x, y, w, 0, 1, 0);
            x += TimeStep * vx;
            y += TimeStep * vy;
            if (y > 0)
            {
                vx -= TimeStep * slopeX;
                vy -= TimeStep * slopeY;
            }
        }

        double end = x - y / vy * vx;
        return end * end;
    }

    private static double Inverse(double dx, double dy) => 1 / Math.Sqrt(dx * dx + dy * dy);
}

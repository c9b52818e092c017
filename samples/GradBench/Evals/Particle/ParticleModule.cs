using GradBench.Protocol;

namespace GradBench.Evals;

internal static class ParticleModule
{
    // The first letter is the mode of the outer derivative, the second that of the inner one.
    public static readonly Module Module = new(
        "particle",
        """{"w": 0.0}""",
        Mode("rr", static () => new ReverseOverReverse()),
        Mode("ff", static () => new ForwardOverForward()),
        Mode("fr", static () => new ForwardOverReverse()),
        Mode("rf", static () => new ReverseOverForward()));

    private static Function Mode<F>(string name, Func<F> landing) where F : ISlope => new(name, input =>
    {
        double start = input.Number("w");
        return Workload.Number(() => Minimum(landing(), start));
    });

    private static double Minimum<F>(F landing, double start) where F : ISlope
    {
        Span<double> w = [start];
        GradientDescent.Minimise(landing, w);
        return w[0];
    }

    private struct ReverseOverReverse : ISlope
    {
        public double At(ReadOnlySpan<double> x, Span<double> gradient)
        {
            (double value, gradient[0]) = Particle.LandingReverseGradient(x[0]);
            return value;
        }
    }

    private struct ForwardOverForward : ISlope
    {
        public double At(ReadOnlySpan<double> x, Span<double> gradient)
        {
            (double value, gradient[0]) = Particle.LandingForwardJvp(x[0], 1);
            return value;
        }
    }

    private struct ForwardOverReverse : ISlope
    {
        public double At(ReadOnlySpan<double> x, Span<double> gradient)
        {
            (double value, gradient[0]) = Particle.LandingReverseJvp(x[0], 1);
            return value;
        }
    }

    private struct ReverseOverForward : ISlope
    {
        public double At(ReadOnlySpan<double> x, Span<double> gradient)
        {
            (double value, gradient[0]) = Particle.LandingForwardGradient(x[0]);
            return value;
        }
    }
}

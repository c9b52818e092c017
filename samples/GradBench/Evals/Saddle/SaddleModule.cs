using GradBench.Protocol;

namespace GradBench.Evals;

internal static class SaddleModule
{
    // The first letter is the mode of the outer derivative, the second that of the inner one.
    public static readonly Module Module = new(
        "saddle",
        """{"start": [1, 1]}""",
        Mode("rr", static start => new ReverseOverReverse(start), isForward: false),
        Mode("ff", static start => new ForwardOverForward(start), isForward: true),
        Mode("fr", static start => new ForwardOverReverse(start), isForward: false),
        Mode("rf", static start => new ReverseOverForward(start), isForward: true));

    private static Function Mode<F>(string name, Func<double[], F> summit, bool isForward) where F : ISlope => new(name, input =>
    {
        double[] start = input.Numbers("start"), result = new double[4];
        F function = summit(start);
        return Workload.Array(result, () =>
        {
            start.CopyTo(result, 0);
            GradientDescent.Minimise(function, result.AsSpan(0, 2));
            (double b0, double b1) = (start[0], start[1]);
            Saddle.Climb(result[0], result[1], ref b0, ref b1, isForward);
            (result[2], result[3]) = (b0, b1);
        });
    });

    private readonly struct ReverseOverReverse(double[] start) : ISlope
    {
        public double At(ReadOnlySpan<double> x, Span<double> gradient)
        {
            (double value, gradient[0], gradient[1], _, _) = Saddle.SummitReverseGradient(x[0], x[1], start[0], start[1]);
            return value;
        }
    }

    private readonly struct ForwardOverForward(double[] start) : ISlope
    {
        public double At(ReadOnlySpan<double> x, Span<double> gradient)
        {
            (_, gradient[0]) = Saddle.SummitForwardJvp(x[0], x[1], start[0], start[1], 1, 0, 0, 0);
            (double value, gradient[1]) = Saddle.SummitForwardJvp(x[0], x[1], start[0], start[1], 0, 1, 0, 0);
            return value;
        }
    }

    private readonly struct ForwardOverReverse(double[] start) : ISlope
    {
        public double At(ReadOnlySpan<double> x, Span<double> gradient)
        {
            (_, gradient[0]) = Saddle.SummitReverseJvp(x[0], x[1], start[0], start[1], 1, 0, 0, 0);
            (double value, gradient[1]) = Saddle.SummitReverseJvp(x[0], x[1], start[0], start[1], 0, 1, 0, 0);
            return value;
        }
    }

    private readonly struct ReverseOverForward(double[] start) : ISlope
    {
        public double At(ReadOnlySpan<double> x, Span<double> gradient)
        {
            (double value, gradient[0], gradient[1], _, _) = Saddle.SummitForwardGradient(x[0], x[1], start[0], start[1]);
            return value;
        }
    }
}

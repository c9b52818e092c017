using System.Numerics;

namespace AutoDiff;

/// <summary>
/// The largest logit of a row and Σ exp(x − max), from which softmax, its logarithm and cross-entropy follow without overflow.
/// </summary>
internal readonly record struct Logits(double Max, double Sum)
{
    internal static Logits Measure<T>(ReadOnlySpan<T> source, int start, int length, int step)
        where T : IBinaryFloatingPointIeee754<T>
    {
        double max = double.NegativeInfinity;
        for (int k = 0; k < length; k++)
            max = Math.Max(max, double.CreateTruncating(source[start + k * step]));
        var logits = new Logits(max, 0);
        double sum = 0;
        for (int k = 0; k < length; k++)
            sum += Math.Exp(logits.Shift(source[start + k * step]));
        return logits with { Sum = sum };
    }

    /// <summary>x − max, where the difference of equal infinities is 0.</summary>
    internal double Shift<T>(T x)
        where T : IBinaryFloatingPointIeee754<T>
    {
        double logit = double.CreateTruncating(x);
        return logit == Max ? 0 : logit - Max;
    }

    /// <summary>log Σ exp(x).</summary>
    internal double LogSumExp => Max + Math.Log(Sum);
}

using System.Numerics;

namespace AutoDiff;

/// <summary>Draws the first values of parameters.</summary>
internal static class ParameterInitializer
{
    /// <summary>Fills <paramref name="values"/>, the elements of <paramref name="slot"/>, by its rule.</summary>
    /// <remarks>fanIn is the length of the last dimension but one, fanOut that of the last, as in <c>MatMul(x, w)</c>.</remarks>
    public static void Fill<T>(Span<T> values, ParameterSlot<T> slot, ulong seed, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<int> shape = slot.Shape;
        double fanOut = shape.Length > 0 ? shape[^1] : 1;
        double fanIn = shape.Length > 1 ? shape[^2] : 1;
        Initial rule = slot.Initial == Initial.Auto ? (shape.Length >= 2 ? Initial.KaimingUniform : Initial.Zeros) : slot.Initial;
        var random = new ParameterRandom(seed, name);
        switch (rule)
        {
            case Initial.Zeros:
                values.Clear();
                break;
            case Initial.Ones:
                values.Fill(T.One);
                break;
            case Initial.Normal:
                for (int i = 0; i < values.Length; i++)
                    values[i] = T.CreateTruncating(slot.Scale * random.Normal((ulong)i));
                break;
            case Initial.Uniform:
                FillUniform(values, random, slot.Scale);
                break;
            case Initial.KaimingUniform:
                FillUniform(values, random, slot.Scale * Math.Sqrt(6 / fanIn));
                break;
            case Initial.XavierUniform:
                FillUniform(values, random, slot.Scale * Math.Sqrt(6 / (fanIn + fanOut)));
                break;
            default:
                throw new ArgumentException($"Parameter {name}: {rule} is not a rule of {nameof(Initial)}.", nameof(slot));
        }
    }

    // On [−bound, bound).
    private static void FillUniform<T>(Span<T> values, ParameterRandom random, double bound)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = T.CreateTruncating(bound * (2 * random.Uniform((ulong)i) - 1));
    }
}

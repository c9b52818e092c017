using System.Globalization;
using System.Numerics;

namespace TinyLM.Cli;

/// <summary>An option whose value makes no sense.</summary>
internal sealed class UsageError(string message) : Exception(message)
{
    /// <summary>The value, if it is in the range.</summary>
    public static T InRange<T>(string option, T value, T minimum, T maximum) where T : INumber<T> =>
        value >= minimum && value <= maximum
            ? value
            : throw new UsageError(string.Create(CultureInfo.InvariantCulture,
                $"{option}: expected {Describe(minimum, maximum)}, got {value}."));

    /// <summary>The value, if it is above 0 and at most the maximum.</summary>
    public static double Positive(string option, double value, double maximum) => value > 0 && value <= maximum
        ? value
        : throw new UsageError(string.Create(CultureInfo.InvariantCulture, $"{option}: expected a number in (0, {maximum}], got {value}."));

    private static string Describe<T>(T minimum, T maximum) where T : INumber<T> =>
        maximum >= T.CreateSaturating(int.MaxValue)
        ? string.Create(CultureInfo.InvariantCulture, $"at least {minimum}")
        : string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}");
}

using System.ComponentModel;

namespace AutoDiff.Generated;

/// <summary>Arithmetic on lengths of dimensions; for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Dimension
{
    /// <summary>An exact quotient, for <c>a/b</c> in a shape text.</summary>
    /// <exception cref="ArgumentException">There is a remainder: a truncated dimension is never what was meant.</exception>
    public static int Divide(int dividend, int divisor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(divisor);
        (int quotient, int remainder) = Math.DivRem(dividend, divisor);
        return remainder == 0
            ? quotient
            : throw new ArgumentException(
                $"A dimension of length {dividend} cannot be divided into {divisor} equal parts.", nameof(dividend));
    }
}

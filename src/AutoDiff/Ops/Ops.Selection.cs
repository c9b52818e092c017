using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The larger of each pair, broadcasting; where two active elements tie, each gets half of the adjoint. NaN spreads.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor<T> Max<T>(Tensor<T> x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Binary(x, y, T.Max);

    /// <summary>
    /// The larger of each element and a number. An <c>int</c> here is an axis: write <c>Max(x, 0f)</c>, or <see
    /// cref="Relu{T}(Tensor{T})"/>.
    /// </summary>
    public static Tensor<T> Max<T>(Tensor<T> x, T y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, a => T.Max(a, y));

    /// <inheritdoc cref="Max{T}(Tensor{T}, T)"/>
    public static Tensor<T> Max<T>(T x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(y, b => T.Max(x, b));

    /// <summary>
    /// The smaller of each pair, broadcasting; where two active elements tie, each gets half of the adjoint. NaN spreads.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor<T> Min<T>(Tensor<T> x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Binary(x, y, T.Min);

    /// <summary>The smaller of each element and a number. An <c>int</c> here is an axis: write <c>Min(x, 0f)</c>.</summary>
    public static Tensor<T> Min<T>(Tensor<T> x, T y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, a => T.Min(a, y));

    /// <inheritdoc cref="Min{T}(Tensor{T}, T)"/>
    public static Tensor<T> Min<T>(T x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(y, b => T.Min(x, b));

    /// <summary>x to the power y of each pair, broadcasting.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor<T> Pow<T>(Tensor<T> x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Binary(x, y, T.Pow);

    /// <summary>Each element to one power.</summary>
    public static Tensor<T> Pow<T>(Tensor<T> x, T y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(x, a => T.Pow(a, y));

    /// <summary>One number to the power of each element.</summary>
    public static Tensor<T> Pow<T>(T x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
        => Elementwise.Unary(y, b => T.Pow(x, b));

    /// <summary>Each element held within [<paramref name="low"/>, <paramref name="high"/>], with derivative 0 at both ends.</summary>
    /// <exception cref="ArgumentException"><paramref name="low"/> is above <paramref name="high"/>.</exception>
    public static Tensor<T> Clamp<T>(Tensor<T> x, T low, T high)
        where T : IBinaryFloatingPointIeee754<T>
    {
        Clamp(low, low, high); // checks the bounds also where x is empty
        return Elementwise.Unary(x, a => Clamp(a, low, high));
    }

    /// <summary>
    /// Elements of <paramref name="x"/> where the condition holds, of <paramref name="y"/> where it does not; all three broadcast.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor<T> Where<T>(Tensor<bool> condition, Tensor<T> x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        nint[] pair = Shapes.Broadcast(x.Lengths, y.Lengths);
        nint[] lengths = Shapes.Broadcast(pair, condition.Lengths, "x, y", nameof(condition));
        ReadOnlySpan<bool> choice = Dense.Read(condition, lengths);
        ReadOnlySpan<T> yes = Dense.Read(x, lengths), no = Dense.Read(y, lengths);
        var result = new T[choice.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = choice[i] ? yes[i] : no[i];
        return Dense.Over(result, lengths);
    }

    /// <inheritdoc cref="Where{T}(Tensor{bool}, Tensor{T}, Tensor{T})"/>
    public static Tensor<T> Where<T>(Tensor<bool> condition, Tensor<T> x, T y)
        where T : IBinaryFloatingPointIeee754<T>
        => Where(condition, x, Dense.Over([y], [1]));

    /// <inheritdoc cref="Where{T}(Tensor{bool}, Tensor{T}, Tensor{T})"/>
    public static Tensor<T> Where<T>(Tensor<bool> condition, T x, Tensor<T> y)
        where T : IBinaryFloatingPointIeee754<T>
        => Where(condition, Dense.Over([x], [1]), y);
}

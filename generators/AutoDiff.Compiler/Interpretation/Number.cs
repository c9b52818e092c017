namespace AutoDiff.Compiler.Interpretation;

/// <summary>
/// A dual number, or an integer or truth value: what one scalar, one buffer element or one tensor element holds. Floating kinds use
/// <see cref="Real"/> and <see cref="Tangent"/>, other kinds <see cref="Integer"/>.
/// </summary>
/// <param name="Real">The primal.</param>
/// <param name="Tangent">Its derivative in the direction of the inputs' tangents.</param>
/// <param name="IsVaried">Whether it depends on an input that carries a derivative, even if the derivative in this direction is 0.</param>
/// <param name="Integer">An integer, a truth value (0 or 1), or the bits of a <c>ulong</c>.</param>
public readonly record struct Number(double Real, double Tangent, bool IsVaried, long Integer)
{
    public static Number Of(double value) => new(value, 0, false, 0);

    public static Number Of(long value) => new(0, 0, false, value);

    public static Number Of(bool value) => new(0, 0, false, value ? 1 : 0);

    /// <summary>An input that carries a derivative.</summary>
    public static Number Varied(double value, double tangent) => new(value, tangent, true, 0);

    /// <summary>The same number as a constant.</summary>
    public Number Detached => this with { Tangent = 0, IsVaried = false };

    public bool IsTrue => Integer != 0;

    public static Number operator +(Number a, Number b) => Dual(a.Real + b.Real, a, 1, b, 1);

    public static Number operator -(Number a, Number b) => Dual(a.Real - b.Real, a, 1, b, -1);

    public static Number operator *(Number a, Number b) => Dual(a.Real * b.Real, a, b.Real, b, a.Real);

    public static Number operator /(Number a, Number b) => Dual(a.Real / b.Real, a, 1 / b.Real, b, -(a.Real / b.Real) / b.Real);

    public static Number operator -(Number a) => Dual(-a.Real, a, -1);

    /// <summary>f(a), given the value of f and its derivative. A tangent of exactly 0 stays 0, whatever the derivative (the strong
    /// zero).</summary>
    public static Number Dual(double value, Number a, double da) => new(value, Scale(a.Tangent, da), a.IsVaried, 0);

    /// <summary>f(a, b), given the value of f and its partial derivatives.</summary>
    public static Number Dual(double value, Number a, double da, Number b, double db)
        => new(value, Scale(a.Tangent, da) + Scale(b.Tangent, db), a.IsVaried || b.IsVaried, 0);

    private static double Scale(double tangent, double derivative) => tangent == 0 ? 0 : tangent * derivative;
}

// What the members of Complex compute, over its parts: the framework's values to rounding. Functions that the framework special-cases on
// the real axis are written by the formula that holds there too, since a special case would lose the derivative across the axis.
using System;
using System.Numerics;

internal static class ComplexMembers
{
    public static Complex get_Zero() => new Complex(0, 0);
    public static Complex get_One() => new Complex(1, 0);
    public static Complex get_ImaginaryOne() => new Complex(0, 1);
    public static double get_Magnitude(Complex self) => double.Hypot(self.Real, self.Imaginary);
    public static double get_Phase(Complex self) => Math.Atan2(self.Imaginary, self.Real);
    public static double Abs(Complex value) => double.Hypot(value.Real, value.Imaginary);
    public static Complex Conjugate(Complex value) => new Complex(value.Real, -value.Imaginary);
    public static Complex FromPolarCoordinates(double magnitude, double phase)
        => new Complex(magnitude * Math.Cos(phase), magnitude * Math.Sin(phase));

    public static Complex op_Implicit(double value) => new Complex(value, 0);
    public static Complex op_Implicit(float value) => new Complex(value, 0);
    public static Complex op_Implicit(int value) => new Complex(value, 0);
    public static Complex op_Implicit(long value) => new Complex(value, 0);

    public static Complex op_UnaryNegation(Complex value) => new Complex(-value.Real, -value.Imaginary);
    public static Complex op_Addition(Complex left, Complex right)
        => new Complex(left.Real + right.Real, left.Imaginary + right.Imaginary);
    public static Complex op_Addition(Complex left, double right) => new Complex(left.Real + right, left.Imaginary);
    public static Complex op_Addition(double left, Complex right) => new Complex(left + right.Real, right.Imaginary);
    public static Complex op_Subtraction(Complex left, Complex right)
        => new Complex(left.Real - right.Real, left.Imaginary - right.Imaginary);
    public static Complex op_Subtraction(Complex left, double right) => new Complex(left.Real - right, left.Imaginary);
    public static Complex op_Subtraction(double left, Complex right) => new Complex(left - right.Real, -right.Imaginary);
    public static Complex op_Multiply(Complex left, Complex right)
        => new Complex(left.Real * right.Real - left.Imaginary * right.Imaginary, left.Imaginary * right.Real + left.Real * right.Imaginary);
    public static Complex op_Multiply(Complex left, double right) => new Complex(left.Real * right, left.Imaginary * right);
    public static Complex op_Multiply(double left, Complex right) => new Complex(left * right.Real, left * right.Imaginary);

    // By the larger part of the divisor (Smith 1962), so that nothing overflows on the way.
    public static Complex op_Division(Complex left, Complex right)
    {
        double a = left.Real, b = left.Imaginary, c = right.Real, d = right.Imaginary;
        if (Math.Abs(d) < Math.Abs(c))
        {
            double ratio = d / c;
            return new Complex((a + b * ratio) / (c + d * ratio), (b - a * ratio) / (c + d * ratio));
        }

        double inverse = c / d;
        return new Complex((b + a * inverse) / (d + c * inverse), (-a + b * inverse) / (d + c * inverse));
    }

    public static Complex op_Division(Complex left, double right) => new Complex(left.Real / right, left.Imaginary / right);
    public static Complex op_Division(double left, Complex right) => new Complex(left, 0) / right;
    public static bool op_Equality(Complex left, Complex right) => left.Real == right.Real && left.Imaginary == right.Imaginary;
    public static bool op_Inequality(Complex left, Complex right) => left.Real != right.Real || left.Imaginary != right.Imaginary;

    public static Complex Add(Complex left, Complex right) => left + right;
    public static Complex Subtract(Complex left, Complex right) => left - right;
    public static Complex Multiply(Complex left, Complex right) => left * right;
    public static Complex Divide(Complex dividend, Complex divisor) => dividend / divisor;
    public static Complex Negate(Complex value) => -value;
    public static Complex Reciprocal(Complex value)
        => value.Real == 0 && value.Imaginary == 0 ? new Complex(0, 0) : new Complex(1, 0) / value;

    public static Complex Exp(Complex value)
    {
        double size = Math.Exp(value.Real);
        return new Complex(size * Math.Cos(value.Imaginary), size * Math.Sin(value.Imaginary));
    }

    public static Complex Log(Complex value) => new Complex(Math.Log(Complex.Abs(value)), Math.Atan2(value.Imaginary, value.Real));
    public static Complex Log(Complex value, double baseValue) => Complex.Log(value) / Complex.Log(new Complex(baseValue, 0));
    public static Complex Log10(Complex value) => Complex.Log(value) * 0.43429448190325176;

    public static Complex Sqrt(Complex value)
    {
        if (value.Real == 0 && value.Imaginary == 0) return new Complex(0, 0);
        double size = double.Hypot(value.Real, value.Imaginary);
        if (value.Real >= 0)
        {
            double x = Math.Sqrt((size + value.Real) * 0.5);
            return new Complex(x, value.Imaginary / (2 * x));
        }

        double y = Math.Sqrt((size - value.Real) * 0.5);
        if (value.Imaginary < 0) y = -y;
        return new Complex(value.Imaginary / (2 * y), y);
    }

    public static Complex Pow(Complex value, Complex power)
    {
        if (value.Real == 0 && value.Imaginary == 0) return power.Real == 0 && power.Imaginary == 0 ? new Complex(1, 0) : new Complex(0, 0);
        double rho = Complex.Abs(value), theta = Math.Atan2(value.Imaginary, value.Real);
        double angle = power.Real * theta + power.Imaginary * Math.Log(rho);
        double size = Math.Pow(rho, power.Real) * Math.Exp(-power.Imaginary * theta);
        return new Complex(size * Math.Cos(angle), size * Math.Sin(angle));
    }

    public static Complex Pow(Complex value, double power) => Complex.Pow(value, new Complex(power, 0));

    public static Complex Sin(Complex value)
        => new Complex(Math.Sin(value.Real) * Math.Cosh(value.Imaginary), Math.Cos(value.Real) * Math.Sinh(value.Imaginary));

    public static Complex Cos(Complex value)
        => new Complex(Math.Cos(value.Real) * Math.Cosh(value.Imaginary), -(Math.Sin(value.Real) * Math.Sinh(value.Imaginary)));

    // Over cosh where that would overflow.
    public static Complex Tan(Complex value)
    {
        double x = 2 * value.Real, y = 2 * value.Imaginary;
        if (Math.Abs(value.Imaginary) <= 4)
        {
            double divisor = Math.Cos(x) + Math.Cosh(y);
            return new Complex(Math.Sin(x) / divisor, Math.Sinh(y) / divisor);
        }

        double cosh = Math.Cosh(y), scaled = 1 + Math.Cos(x) / cosh;
        return new Complex(Math.Sin(x) / cosh / scaled, Math.Tanh(y) / scaled);
    }

    public static Complex Sinh(Complex value)
    {
        Complex sine = Complex.Sin(new Complex(-value.Imaginary, value.Real));
        return new Complex(sine.Imaginary, -sine.Real);
    }

    public static Complex Cosh(Complex value) => Complex.Cos(new Complex(-value.Imaginary, value.Real));

    public static Complex Tanh(Complex value)
    {
        Complex tangent = Complex.Tan(new Complex(-value.Imaginary, value.Real));
        return new Complex(tangent.Imaginary, -tangent.Real);
    }

    public static Complex Atan(Complex value)
        => new Complex(0, 0.5) * (Complex.Log(1.0 - new Complex(0, 1) * value) - Complex.Log(1.0 + new Complex(0, 1) * value));
}

namespace AutoDiff.Conformance;

/// <summary>Jacobians and Hessians of methods that call what stays a call: helpers and methods that call themselves, and what is dispatched.</summary>
public static partial class MatricesThroughCalls
{
    private static double Tail(double x)
    {
        if (x < 0) return 1 - Tail(-x);
        double k = 1 / (1 + 0.2316419 * x);
        return 1 - Math.Exp(-x * x / 2) * k * (0.3 + k * 0.7);
    }

    private static double Halves(ReadOnlySpan<double> x, double p)
        => x.Length == 1 ? x[0] * x[0] * p : Halves(x[..(x.Length / 2)], p) * Halves(x[(x.Length / 2)..], p + x[0]);

    [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp | Derivatives.Hessian | Derivatives.Jacobian)]
    public static double Price(bool isPut, double spot, double strike, double vol)
    {
        double d = Math.Log(spot / strike) / vol + vol / 2;
        double call() => spot * Tail(d) - strike * Tail(d - vol);
        return isPut ? call() - spot + strike : call() + 0.5 * call();
    }

    // Ten columns, and memory that goes into the calls.
    [Differentiable(Derivatives.Gradient | Derivatives.Hvp | Derivatives.Hessian)]
    public static double Divided(double[] x, double scale)
    {
        double sum = 0;
        for (int k = 1; k < 3; k++) sum += Halves(x, k * scale) * Math.Sin(x[k]);
        return sum;
    }

    [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp | Derivatives.Hessian)]
    public static double Power(double x, double y, int n) => n == 0 ? y : x * Power(x * y, y, n - 1);

    public partial interface IShape
    {
        [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
        double Area(double w, double h);
    }

    public sealed partial class Oval : IShape
    {
        [Differentiable(Derivatives.Gradient | Derivatives.Jvp | Derivatives.Hvp)]
        public double Area(double w, double h) => Math.Sin(w) * h * h;
    }

    [Differentiable(Derivatives.Gradient | Derivatives.Hessian)]
    public static double Shaped(IShape shape, double w, double h) => shape.Area(w * h, h) * w;

    [Differentiable(Derivatives.Jvp | Derivatives.Jacobian)]
    public static void Many(ReadOnlySpan<double> x, double y, Span<double> z)
    {
        for (int i = 0; i < z.Length; i++) z[i] = Tail(x[i % x.Length] * y) + Halves(x, y * i);
    }

    private static double[] Ten => [0.5, -1.5, 2, 0.7, 1.1, -0.3, 0.9, 1.3, -0.8];

    public static double[] PriceMatrix() => [.. PriceOf(false), .. PriceOf(true)];

    private static double[] PriceOf(bool isPut)
    {
        double[] hessian = new double[9];
        PriceHessian(isPut, 1.1, 0.9, 0.4, hessian);
        return hessian;
    }

    public static double[] PriceByProducts() => [.. ProductsOf(false), .. ProductsOf(true)];

    private static double[] ProductsOf(bool isPut)
    {
        double[] hessian = new double[9];
        for (int k = 0; k < 3; k++)
        {
            var product = PriceHvp(isPut, 1.1, 0.9, 0.4, k == 0 ? 1 : 0, k == 1 ? 1 : 0, k == 2 ? 1 : 0);
            (hessian[k], hessian[3 + k], hessian[6 + k]) = (product.DSpotDot, product.DStrikeDot, product.DVolDot);
        }

        return hessian;
    }

    public static double[] PriceRow()
    {
        double[] jacobian = new double[3];
        PriceJacobian(true, 1.1, 0.9, 0.4, jacobian);
        return jacobian;
    }

    public static double[] PriceByGradient()
    {
        var (_, dSpot, dStrike, dVol) = PriceGradient(true, 1.1, 0.9, 0.4);
        return [dSpot, dStrike, dVol];
    }

    public static double[] DividedMatrix()
    {
        double[] hessian = new double[100];
        DividedHessian(Ten, 0.6, hessian);
        DividedHessian(Ten, 0.6, hessian, accumulate: true);
        return [.. hessian.Select(static h => h / 2)];
    }

    public static double[] DividedByProducts()
    {
        double[] hessian = new double[100];
        for (int column = 0; column < 10; column++)
        {
            double[] direction = new double[9], gradient = new double[9], product = new double[9];
            if (column < 9) direction[column] = 1;
            double last = DividedHvp(Ten, 0.6, direction, column == 9 ? 1 : 0, gradient, product).DScaleDot;
            for (int row = 0; row < 10; row++) hessian[row * 10 + column] = row < 9 ? product[row] : last;
        }

        return hessian;
    }

    public static double[] DividedByDifferences()
    {
        double[] hessian = new double[100];
        for (int column = 0; column < 10; column++)
        {
            double[] up = GradientAt(column, 1e-6), down = GradientAt(column, -1e-6);
            for (int row = 0; row < 10; row++) hessian[row * 10 + column] = (up[row] - down[row]) / 2e-6;
        }

        return hessian;

        static double[] GradientAt(int column, double step)
        {
            double[] x = Ten, gradient = new double[9];
            if (column < 9) x[column] += step;
            double dScale = DividedGradient(x, column == 9 ? 0.6 + step : 0.6, gradient).DScale;
            return [.. gradient, dScale];
        }
    }

    // y·xⁿ·yⁿ⁽ⁿ⁻¹⁾ᐟ²: of x³·y⁴
    public static double[] PowerMatrix()
    {
        double[] hessian = new double[4];
        PowerHessian(1.3, 0.7, 3, hessian);
        return hessian;
    }

    // sin(w·h)·h²·w
    public static double[] ShapedMatrix()
    {
        double[] hessian = new double[4];
        ShapedHessian(new Oval(), 0.8, 1.4, hessian);
        return hessian;
    }

    public static double[] ManyMatrix()
    {
        double[] jacobian = new double[110];
        ManyJacobian(Ten, 0.6, new double[11], jacobian);
        return jacobian;
    }

    public static double[] ManyByTangents()
    {
        double[] jacobian = new double[110];
        for (int column = 0; column < 10; column++)
        {
            double[] direction = new double[9], tangents = new double[11];
            if (column < 9) direction[column] = 1;
            ManyJvp(Ten, 0.6, new double[11], direction, column == 9 ? 1 : 0, tangents);
            for (int row = 0; row < 11; row++) jacobian[row * 10 + column] = tangents[row];
        }

        return jacobian;
    }
}

using System.Numerics;

namespace AutoDiff.Conformance;

/// <summary>A function that a type stands for.</summary>
public interface IFunctionOf<T>
{
    static abstract T Weight { get; }

    static abstract T Apply(T x);
}

public struct Squared : IFunctionOf<double>
{
    public static double Weight => 3;

    public static double Apply(double x) => x * x;
}

public struct Sine<T> : IFunctionOf<T>
    where T : IFloatingPointIeee754<T>
{
    public static T Weight => T.CreateChecked(0.5);

    public static T Apply(T x) => T.Sin(x) + T.One;
}

public readonly record struct Pair<T>(T A, T B);

/// <summary>A number and its derivative.</summary>
public struct Dual<T>(T re, T im)
    where T : IFloatingPointIeee754<T>
{
    public T Re = re;
    public T Im = im;

    public readonly T Twice => Re + Re;

    public static Dual<T> operator *(Dual<T> a, Dual<T> b) => new(a.Re * b.Re, a.Re * b.Im + a.Im * b.Re);

    public static Dual<T> operator +(Dual<T> a, Dual<T> b)
    {
        Dual<T> r = default;
        r.Re = a.Re + b.Re;
        r.Im = a.Im + b.Im;
        return r;
    }

    public static Dual<T> Sin(Dual<T> x) => new Dual<T>(T.Sin(x.Re), T.Cos(x.Re) * x.Im);

    public readonly T Norm()
    {
        T s = Re * Re;
        s += Im * Im;
        return T.Sqrt(s);
    }

    public void Scale(T by)
    {
        Re *= by;
        Im *= by;
    }
}

/// <summary>Beyond the catalogue: generic structs and helpers, and static members of type arguments.</summary>
public static partial class GenericCode
{
    [Row("static_abstract_argument", 0.7)]
    [Differentiable]
    public static double StaticAbstract(double x) => Run<Squared, double>(x) + Run<Sine<double>, double>(x * 2);

    private static T Run<TFunction, T>(T x)
        where TFunction : IFunctionOf<T>
        where T : INumber<T>
    {
        T s = T.Zero;
        for (int i = 0; i < 3; i++) s += TFunction.Apply(x) * TFunction.Weight;
        return s;
    }

    [Row("generic_helper", 0.7)]
    [Differentiable]
    public static double Helper(double x) => Polynomial(x) * First(x, 3.0) + Swap((x, x * x)).Item1;

    [Row("generic_helper_in_two_types", 0.7f, SlopeTolerance = 2e-2)]
    [Differentiable]
    public static float InTwoTypes(float x) => Polynomial(x) * (float)Bent(2.0 * x) * 0.01f;

    private static T Bent<T>(T x)
        where T : IFloatingPointIeee754<T>
        => x / T.CreateChecked(2) + T.Exp(x);

    private static T Polynomial<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T y = Bent(x);
        T z = Bent(y * x);
        return y * z;
    }

    private static T First<T>(T a, T b) => a;

    private static (T, T) Swap<T>((T, T) p) => (p.Item2, p.Item1);

    [Row("generic_struct", 0.7, 1.5)]
    [Differentiable]
    public static double Struct(double x, double y)
    {
        var a = new Dual<double>(x, 1);
        Dual<double> b = a * a + Dual<double>.Sin(a) * new Dual<double>(y, x);
        b.Scale(y);
        var p = new Pair<double>(b.Im, x);
        return b.Norm() + p.A * p.B + a.Twice;
    }

    [Row("generic_struct_of_structs", 0.7, 1.5)]
    [Differentiable]
    public static double Nested(double x, double y)
    {
        var p = new Pair<Pair<double>>(new(x, y), new(y * y, x));
        Pair<double> q = p.B with { A = x * 3 };
        return p.A.A * p.B.A + q.A * q.B;
    }

    [Row("generic_method_of_structs", 0.7, 1.5)]
    [Differentiable]
    public static double OfStructs(double x, double y) => Multiplied(new Dual<double>(x, y), new Dual<double>(y, x * y)).Im + Chain(x);

    private static Dual<T> Multiplied<T>(Dual<T> a, Dual<T> b)
        where T : IFloatingPointIeee754<T>
    {
        Dual<T> c = a * b;
        c = c + a;
        return c;
    }

    private static T Chain<T>(T x)
        where T : IFloatingPointIeee754<T>
        => Multiplied(new Dual<T>(x, T.One), new Dual<T>(T.Pi, x)).Norm();

    [Row("generic_caller", 0.7)]
    [Differentiable]
    public static double CallsGeneric(double x) => Generic(x);

    [Differentiable]
    public static T Generic<T>(T x)
        where T : IFloatingPointIeee754<T>
        => Chain(x) * Polynomial(x) + Run<Sine<T>, T>(x);

    [Row("generic_struct_parameter", 0.7, 1.5)]
    [Differentiable]
    public static double Unpacked(double x, double y) => OfPair(new Pair<double>(x, y * x));

    [Differentiable]
    public static double OfPair(Pair<double> p)
    {
        double s = p.A;
        for (int i = 0; i < 3; i++) s = s * p.B + p.A;
        return s;
    }
}

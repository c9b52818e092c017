namespace AutoDiff;

/// <summary>A number as the sum of two doubles, the second below half a unit in the last place of the first: about 32 digits.</summary>
/// <remarks>Dekker 1971, with the products of Ogita, Rump and Oishi 2005. It serves where two terms cancel and the digits that are left count.</remarks>
internal readonly record struct TwoDoubles(double Head, double Rest)
{
    public static TwoDoubles Pi => new(Math.PI, 1.2246467991473532e-16);

    private static TwoDoubles LogTwo => new(0.6931471805599453, 2.3190468138462996e-17);

    public double Value => Head + Rest;

    public static implicit operator TwoDoubles(double x) => new(x, 0);

    /// <summary>a + b, all of it.</summary>
    public static TwoDoubles Sum(double a, double b)
    {
        double sum = a + b, back = sum - a;
        return new(sum, a - (sum - back) + (b - back));
    }

    /// <summary>a · b, all of it.</summary>
    public static TwoDoubles Product(double a, double b)
    {
        double product = a * b;
        return new(product, Math.FusedMultiplyAdd(a, b, -product));
    }

    public static TwoDoubles operator -(TwoDoubles x) => new(-x.Head, -x.Rest);

    public static TwoDoubles operator +(TwoDoubles x, TwoDoubles y)
    {
        TwoDoubles heads = Sum(x.Head, y.Head), rests = Sum(x.Rest, y.Rest);
        TwoDoubles first = Normal(heads.Head, heads.Rest + rests.Head);
        return Normal(first.Head, first.Rest + rests.Rest);
    }

    public static TwoDoubles operator -(TwoDoubles x, TwoDoubles y) => x + -y;

    public static TwoDoubles operator *(TwoDoubles x, TwoDoubles y)
    {
        TwoDoubles heads = Product(x.Head, y.Head);
        return Normal(heads.Head, heads.Rest + (x.Head * y.Rest + x.Rest * y.Head));
    }

    public static TwoDoubles operator /(TwoDoubles x, TwoDoubles y)
    {
        double first = x.Head / y.Head;
        TwoDoubles left = x - y * first;
        double second = left.Head / y.Head;
        return Normal(first, second) + (left - y * second).Head / y.Head;
    }

    /// <summary>log x of a positive x: a power of two taken out, then 2 · artanh((m − 1)/(m + 1)).</summary>
    public static TwoDoubles Log(TwoDoubles x)
    {
        int exponent = Math.ILogB(x.Head * 0.70710678118654752) + 1;
        // In two steps, as 2⁻ᵉ alone may be beyond the largest double.
        TwoDoubles m = new(Math.ScaleB(x.Head, -exponent), Math.ScaleB(x.Rest, -exponent));
        return LogTwo * exponent + LogOnePlus(m - 1);
    }

    /// <summary>log(1 + x) of a small x, to the digits of x.</summary>
    public static TwoDoubles LogOnePlus(TwoDoubles x)
    {
        TwoDoubles z = x / (x + 2), square = z * z, power = z, sum = z;
        for (int k = 3; Math.Abs(power.Head) > 1e-34 * Math.Abs(z.Head); k += 2)
        {
            power *= square;
            sum += power / k;
        }

        return sum + sum;
    }

    /// <summary>sin x and cos x by their power series, for |x| up to about 2.</summary>
    public static (TwoDoubles Sine, TwoDoubles Cosine) SinCos(TwoDoubles x)
    {
        TwoDoubles sine = 0, cosine = 0, term = 1;
        for (int k = 1; k < 42; k += 4)
        {
            (cosine, term) = (cosine + term, term * x / k);
            (sine, term) = (sine + term, term * x / (k + 1));
            (cosine, term) = (cosine - term, term * x / (k + 2));
            (sine, term) = (sine - term, term * x / (k + 3));
        }

        return (sine, cosine);
    }

    private static TwoDoubles Normal(double head, double rest)
    {
        double sum = head + rest;
        return new(sum, rest - (sum - head));
    }
}

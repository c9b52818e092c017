namespace AutoDiff.Conformance;

/// <summary>What takes no gradient and still decides: values of enumerations, texts, what stands outside of the method.</summary>
public static partial class Enumerations
{
    public enum Activation { Identity, Square = 5, Tanh }

    public record struct Layer(Activation Kind, double Weight);

    [Differentiable]
    public static double Activate(double x, Activation kind) => kind switch { Activation.Identity => x, Activation.Square => x * x, _ => Math.Tanh(x) };

    [Row("enum_argument", 2, 3, Gradient = [4, 0.00986603716544019])]
    [Differentiable]
    public static double Arguments(double x, double y) => Activate(x, Activation.Square) + Activate(y, Activation.Tanh);

    [Row("enum_in_loop", 2, 3)]
    [Differentiable]
    public static double Loop(double x, double y)
    {
        var kind = Activation.Identity;
        for (int i = 0; i < 3; i++)
        {
            kind = kind == Activation.Identity ? Activation.Square : Activation.Identity;
            x = Activate(x, kind) * y;
        }

        return x + (int)kind * y;
    }

    [Row("enum_from_number", 2, 0, Gradient = [1])]
    [Row("enum_from_number", 2, 5, Gradient = [32])]
    [Differentiable]
    public static double Cases(double x, int kind)
    {
        switch ((Activation)kind)
        {
            case Activation.Square:
                x *= x;
                goto case Activation.Tanh;
            case Activation.Tanh:
                return x * x;
            default:
                return x;
        }
    }

    [Row("enum_in_struct", 2, 3, Gradient = [21, 14])]
    [Differentiable]
    public static double Struct(double x, double y)
    {
        var layer = new Layer(Activation.Square, x);
        Layer next = layer with { Kind = layer.Kind == Activation.Square ? Activation.Tanh : Activation.Identity };
        return next.Kind switch { Activation.Tanh => layer.Weight * y * (int)next.Kind, _ => y } + Weighted(next, y);
    }

    // It stays a call, with the enumeration in its arguments.
    [Keep]
    [Differentiable]
    public static double Weighted(Layer layer, double y) => layer.Kind == Activation.Tanh ? layer.Weight * y : 0;

    [Differentiable]
    public static double Powers(double x, string power) => power switch
    {
        "square" => x * x,
        "cube" or "third" => x * x * x,
        _ => throw new ArgumentException($"no power is called {power}, and x is {x,8:F3}", nameof(power)),
    };

    [Row("text_argument", 2, Gradient = [16])]
    [Differentiable]
    public static double Texts(double x) => Powers(x, "square") + (Name != "square" ? x : Powers(x, "third"));

    private static readonly double[] Table = [1, 2, 3, 0.5];
    private static readonly int[] Order = [2, 0, 1];
    private static readonly string Name = string.Concat("squ", "are");
    private static readonly double Parsed = double.Parse("2.5", System.Globalization.CultureInfo.InvariantCulture);

    private static double Fixed { get; } = Math.Sqrt(16);

    private static ReadOnlySpan<double> Weights => [0.5, 1.5];

    [Row("table", new double[] { 1, 2, 3 })]
    [Differentiable]
    public static double Tables(ReadOnlySpan<double> a)
    {
        double s = Table[^1] * a[0], first = a[1];
        for (int i = 0; i < Order.Length; i++) s += a[Order[i]] * Table[i] * a[i];
        foreach (double t in Table) s += t * a[0];
        return s + Table.Select(t => t * first).Sum() + Sum(Table, a[2]) + Weights[1] * a[0];
    }

    private static double Sum(ReadOnlySpan<double> table, double x)
    {
        double s = 0;
        foreach (double t in table) s += t * x;
        return s;
    }

    [Row("fixed_value", 2, Gradient = [40])]
    [Differentiable]
    public static double FixedValues(double x) => x * x * Parsed * Fixed;
}

namespace AutoDiff.Conformance;

/// <summary>Objects and functions that conditions choose: their fields carry derivatives, and calls run the method of the one that was chosen.</summary>
public static partial class ChosenObjects
{
    private abstract class Figure
    {
        public double Scale { get; set; }

        public abstract double Area(double x);

        public virtual double Twice(double x) => 2 * Area(x);
    }

    private sealed class Square : Figure
    {
        public Square(double scale) => Scale = scale;

        public override double Area(double x) => Scale * x * x;
    }

    private sealed class Growing : Figure
    {
        private double _radius;

        public Growing(double scale, double radius) => (Scale, _radius) = (scale, radius);

        public double Radius => _radius;

        public override double Area(double x)
        {
            _radius += 1;
            return Scale * _radius * x;
        }

        public override double Twice(double x) => base.Twice(x) + _radius;
    }

    private interface IPayoff
    {
        double At(double s);
    }

    private sealed record Call(double Strike) : IPayoff
    {
        public double At(double s) => Math.Max(s - Strike, 0);
    }

    private sealed record Put(double Strike) : IPayoff
    {
        public double At(double s) => Math.Max(Strike - s, 0) * 2;
    }

    private sealed class Total
    {
        public double Sum { get; private set; }

        public int Count { get; private set; }

        public double Mean => Sum / Count;

        public void Add(double x)
        {
            Sum += x * x;
            Count++;
        }
    }

    private sealed record Node(double Value, Node? Next);

    [Row("object_of_a_ternary", 2.0, 3.0, true)]
    [Row("object_of_a_ternary", 2.0, 3.0, false)]
    [Differentiable]
    public static double OfTernary(double x, double s, bool first)
    {
        Figure figure = first ? new Square(s) : new Growing(s * s, x);
        return figure.Area(x) + figure.Twice(x);
    }

    [Row("object_assigned_in_branches", 2.0, 3.0, true)]
    [Row("object_assigned_in_branches", 2.0, 3.0, false)]
    [Differentiable]
    public static double AssignedInBranches(double x, double s, bool first)
    {
        IPayoff payoff;
        if (first) payoff = new Call(s);
        else payoff = new Put(s + x);
        return payoff.At(x + 2) * x;
    }

    [Row("object_of_a_switch", 2.0, 3.0, 0)]
    [Row("object_of_a_switch", 2.0, 3.0, 1)]
    [Row("object_of_a_switch", 2.0, 3.0, 5)]
    [Differentiable]
    public static double OfSwitch(double x, double s, int which)
    {
        Figure figure = which switch { 0 => new Square(s), 1 => new Growing(s * s, x), _ => new Growing(1, s) };
        return figure.Area(x) * figure.Scale;
    }

    [Row("chosen_object_is_the_same_one", 2.0, 3.0, true)]
    [Row("chosen_object_is_the_same_one", 2.0, 3.0, false)]
    [Differentiable]
    public static double SameObject(double x, double s, bool first)
    {
        var a = new Total();
        var b = new Total();
        a.Add(s);
        Total chosen = first ? a : b;
        chosen.Add(x);
        chosen.Add(x * s);
        return a.Sum * 2 + b.Sum * 3 + chosen.Mean + (ReferenceEquals(chosen, a) ? x : 0) + (chosen == b ? s : 0);
    }

    [Row("array_of_objects", new double[] { 1, 2, 3 }, 2.5)]
    [Differentiable]
    public static double InAnArray(ReadOnlySpan<double> w, double s)
    {
        IPayoff[] payoffs = [new Call(w[0]), new Put(w[1]), new Call(w[2])];
        List<IPayoff> listed = [payoffs[0], payoffs[2]];
        double t = 0;
        foreach (IPayoff payoff in payoffs) t += payoff.At(s);
        for (int i = 0; i < payoffs.Length; i++) t += payoffs[i].At(s * 2) * listed[i % listed.Count].At(5);
        return t + payoffs.Sum(p => p.At(4));
    }

    [Row("object_or_null", 2.0, 3.0)]
    [Row("object_or_null", 0.5, 3.0)]
    [Differentiable]
    public static double OrNull(double x, double s)
    {
        Total? total = null;
        if (x > 1) total = new Total();
        total?.Add(x);
        Total other = total ?? new Total();
        other.Add(s);
        return (total?.Sum ?? 0) * s + other.Sum + (total is null ? x : 0) + (total != null ? s : 0);
    }

    [Row("objects_linked", 2.0, 3.0)]
    [Differentiable]
    public static double Linked(double x, double s)
    {
        var list = new Node(x, new Node(s, new Node(x * s, null)));
        double t = 0;
        for (Node? node = list; node != null; node = node.Next) t = t * 0.5 + node.Value * node.Value;
        return t;
    }

    [Row("object_returned", 2.0, 3.0, true)]
    [Row("object_returned", 2.0, 3.0, false)]
    [Differentiable]
    public static double Returned(double x, double s, bool square) => Make(x, s, square).Area(s);

    private static Figure Make(double x, double s, bool square)
    {
        if (square) return new Square(x);
        return new Growing(x, s);
    }

    [Row("object_by_type", 2.0, 3.0, 0)]
    [Row("object_by_type", 2.0, 3.0, 1)]
    [Row("object_by_type", 2.0, 3.0, 2)]
    [Differentiable]
    public static double ByType(double x, double s, int which)
    {
        Figure figure = which == 0 ? new Square(s) : which == 1 ? new Growing(s * s, x) : new Growing(s, 0.5);
        if (figure is Growing { Radius: > 1 } growing) return growing.Radius * x;
        return figure switch { Square q => q.Scale * x, Growing g => g.Radius * g.Scale, _ => 0 };
    }

    [Row("function_chosen_twice", 0.5, 1.5, 0)]
    [Row("function_chosen_twice", 0.5, 1.5, 1)]
    [Row("function_chosen_twice", 0.5, 1.5, 2)]
    [Differentiable]
    public static double ChosenFunctions(double x, double y, int which)
    {
        Func<double, double> f = which == 0 ? Math.Sin : which == 1 ? v => v * v * y : Math.Exp;
        Func<double, double> g = Math.Cos;
        if (which > 0) g = f;
        double s = f(x) * g(y);
        for (int i = 0; i < 3; i++)
        {
            s += f(x * i);
            if (i == 1) f = g;
        }

        return s;
    }

    [Row("functions_in_an_array", 1.5, 0)]
    [Row("functions_in_an_array", 1.5, 1)]
    [Differentiable]
    public static double FunctionsInAnArray(double y, int which)
    {
        Func<double, double>[] functions = [Math.Sin, v => v * v * y];
        double s = functions[which](y);
        foreach (Func<double, double> f in functions) s += f(y);
        for (int i = 0; i < functions.Length; i++) s *= functions[i](y);
        return s;
    }

    [Row("function_that_returns_one", 1.5)]
    [Differentiable]
    public static double Curried(double y)
    {
        Func<double, Func<double, double>> f = a => b => a * b + y;
        return f(y)(2.0);
    }

    [Differentiable]
    public static double NullIsUsed(double x, bool isThere)
    {
        Total? total = isThere ? new Total() : null;
        total!.Add(x);
        return total.Sum;
    }

    private interface IArea
    {
        double Area();
    }

    private readonly record struct Circle(double Radius) : IArea
    {
        public double Area() => Math.PI * Radius * Radius;
    }

    private readonly record struct Rectangle(double Width, double Height) : IArea
    {
        public double Area() => Width * Height;
    }

    private static double Doubled<T>(T shape)
        where T : IArea
        => shape.Area() * 2;

    [Row("struct_behind_an_interface", 1.5, 2.5, true)]
    [Row("struct_behind_an_interface", 1.5, 2.5, false)]
    [Differentiable]
    public static double Boxed(double a, double b, bool round)
    {
        IArea shape = round ? new Circle(a) : new Rectangle(a, b);
        return shape.Area() + Doubled(new Circle(a)) * Doubled(new Rectangle(a, b));
    }

    private abstract record Layer
    {
        public abstract double Forward(double x);
    }

    private sealed record Linear(double Weight, double Bias) : Layer
    {
        public override double Forward(double x) => Weight * x + Bias;
    }

    private sealed record Activation(Func<double, double> Function) : Layer
    {
        public override double Forward(double x) => Function(x);
    }

    [Row("objects_that_hold_functions", 1.5, 2.5, true)]
    [Row("objects_that_hold_functions", 1.5, 2.5, false)]
    [Differentiable]
    public static double Layers(double a, double b, bool square)
    {
        Layer first = new Linear(a, b);
        Layer[] layers = [first, square ? new Activation(v => v * v * a) : new Activation(Math.Tanh), first with { }, new Linear(b, 1)];
        double x = 0.3;
        foreach (Layer layer in layers) x = layer.Forward(x);
        return x + (layers[1] is Activation { Function: var f } ? f(b) : 0);
    }
}

namespace AutoDiff.Conformance;

/// <summary>Objects that one iteration of a loop makes and the next one uses.</summary>
public static partial class KeptObjects
{
    private sealed record Motion(double Position, double Speed)
    {
        public double Energy => 0.5 * Speed * Speed + 1 - Math.Cos(Position);

        public Motion Stepped(double h) => new(Position + h * Speed, Speed - h * Math.Sin(Position));
    }

    private sealed class Body
    {
        public double Position { get; set; }

        public double Speed { get; set; }

        public double[] Trail { get; set; } = [];

        public void Push(double force) => Speed += force * Position;
    }

    private abstract record Phase(double Value)
    {
        public abstract Phase Next(double x);
    }

    private sealed record Rising(double Value, double Rate) : Phase(Value)
    {
        public override Phase Next(double x) => Value * Rate > 2 ? new Falling(Value * x) : new Rising(Value * Rate + x, Rate * 1.1);
    }

    private sealed record Falling(double Value) : Phase(Value)
    {
        public override Phase Next(double x) => Value < 1 ? new Rising(Value + x, x) : this with { Value = Value * 0.5 };
    }

    private sealed record Pair(Motion First, Motion Second, double Weight);

    private interface IArea
    {
        double Area(double x);
    }

    private readonly record struct Disc(double Radius) : IArea
    {
        public double Area(double x) => Radius * Radius * x;
    }

    [Row("object_with_other_fields_each_round", 0.5, 1.5)]
    [Differentiable]
    public static double With(double x, double v)
    {
        var state = new Motion(x, v);
        double s = 0;
        for (int i = 0; i < 5; i++)
        {
            state = state with { Position = state.Position + 0.1 * state.Speed };
            state = state with { Speed = state.Speed - 0.1 * Math.Sin(state.Position) };
            s += state.Energy * x;
        }

        return s + state.Position * state.Speed;
    }

    [Row("object_made_each_round", 0.5, 1.5, 0)]
    [Row("object_made_each_round", 0.5, 1.5, 7)]
    [Differentiable]
    public static double Stepped(double x, double v, int n)
    {
        var state = new Motion(x, v);
        for (int i = 0; i < n; i++) state = state.Stepped(0.1);
        return state.Energy + state.Position;
    }

    [Row("object_made_each_round", 0.5, 1.5)]
    [Differentiable]
    public static double Changed(double x, double v)
    {
        var body = new Body { Position = x, Speed = v };
        double s = 0;
        for (int i = 0; i < 4; i++)
        {
            body.Push(0.3);
            double[] trail = new double[2];
            trail[0] = body.Position * v;
            trail[1] = body.Trail.Length > 0 ? body.Trail[0] : x;
            body = new Body { Position = body.Position + body.Speed * 0.2, Speed = body.Speed * 0.9, Trail = trail };
            body.Push(-0.1);
            s += body.Trail[0] * body.Trail[1];
        }

        return s + body.Position * body.Speed;
    }

    [Row("objects_of_the_last_two_rounds", 0.5, 1.5)]
    [Differentiable]
    public static double LastTwo(double x, double v)
    {
        var now = new Body { Position = x, Speed = v };
        var before = new Body { Position = v, Speed = x * x };
        for (int i = 0; i < 4; i++)
        {
            var next = new Body { Position = now.Position * 0.5 + before.Speed, Speed = Math.Sin(before.Position) * now.Speed };
            before = now;
            now = next;
            before.Push(x);
        }

        return now.Position * before.Speed + now.Speed * before.Position;
    }

    [Row("objects_that_change_names", 0.5, 1.5, 3)]
    [Row("objects_that_change_names", 0.5, 1.5, 4)]
    [Differentiable]
    public static double Swapped(double x, double v, int n)
    {
        var a = new Body { Position = x, Speed = v };
        var b = new Body { Position = v, Speed = 2 * x };
        for (int i = 0; i < n; i++)
        {
            (a, b) = (b, a);
            a.Push(0.5);
            if (i == 1) b = new Body { Position = a.Speed * x, Speed = b.Position };
        }

        return a.Position * 3 + a.Speed * b.Position + b.Speed;
    }

    [Row("object_that_is_best_so_far", new double[] { 0.5, 1.5, -0.7, 1.1 }, 0.3)]
    [Row("object_that_is_best_so_far", new double[] { }, 0.3)]
    [Differentiable]
    public static double Best(ReadOnlySpan<double> x, double w)
    {
        Motion? best = null;
        for (int i = 0; i < x.Length; i++)
        {
            var tried = new Motion(x[i] * w, x[i] * x[i]);
            if (best is null || tried.Energy > best.Energy) best = tried;
        }

        return best is null ? w : best.Energy * best.Position + w;
    }

    [Row("objects_that_are_null_before_a_loop", new double[] { 0.5, 1.5, -0.7 })]
    [Differentiable]
    public static double NullBefore(ReadOnlySpan<double> x)
    {
        Motion? previous = null;
        Motion sum = null!;
        var body = new Carrier { Total = 1 };
        double s = 0;
        for (int i = 0; i < x.Length; i++)
        {
            var now = new Motion(x[i], x[i] * x[i]);
            if (previous != null) s += now.Speed * previous.Position + previous.Energy;
            if (i > 0) body.Held!.Add(x[i]);
            if (i > 0) body.Total += body.Held!.Sum;
            sum = i == 0 ? now : new Motion(sum.Position * x[i], sum.Stepped(0.1).Speed);
            previous = now;
            body.Held = new Running { Sum = body.Total * x[i] };
        }

        return s + sum.Position + sum.Speed + body.Held!.Sum;
    }

    private sealed class Running
    {
        public double Sum { get; set; }

        public void Add(double x) => Sum += x * x;
    }

    private sealed class Carrier
    {
        public double Total { get; set; }

        public Running? Held { get; set; }
    }

    [Row("object_of_another_type_each_round", 0.5, 1.5)]
    [Row("object_of_another_type_each_round", 1.3, 0.4)]
    [Differentiable]
    public static double Alternating(double x, double r)
    {
        Phase phase = new Rising(x, r);
        double s = 0;
        for (int i = 0; i < 6; i++)
        {
            phase = phase.Next(x);
            s += phase is Falling ? phase.Value * x : phase.Value;
        }

        return s;
    }

    [Row("objects_kept_by_loops_in_loops", 0.5, 1.5)]
    [Differentiable]
    public static double Nested(double x, double v)
    {
        var state = new Motion(x, v);
        double s = 0;
        for (int i = 0; i < 3; i++)
        {
            Motion inner = state;
            for (int j = 0; j <= i; j++) inner = inner.Stepped(0.2 * x);
            state = inner with { Speed = inner.Speed * v };
            s += inner.Energy;
        }

        return s + state.Energy;
    }

    [Row("objects_that_hold_kept_objects", 0.5, 1.5)]
    [Differentiable]
    public static double Holding(double x, double v)
    {
        var pair = new Pair(new Motion(x, v), new Motion(v, x), x);
        for (int i = 0; i < 4; i++)
            pair = i % 2 == 0 ? new Pair(pair.Second, pair.First.Stepped(0.1), pair.Weight * v) : pair with { First = new Motion(pair.Weight, pair.Second.Speed) };
        return pair.First.Energy * pair.Second.Position + pair.Weight * pair.Second.Energy;
    }

    [Row("object_kept_until_a_loop_breaks", 0.5, 1.5)]
    [Differentiable]
    public static double Until(double x, double v)
    {
        Motion state = new(x, v), before = state;
        int n = 0;
        while (true)
        {
            before = state;
            state = state.Stepped(0.2);
            if (state.Position > 1.2 || ++n > 20) break;
            if (n == 2) continue;
            state = state with { Speed = state.Speed * 1.01 };
        }

        return state.Position * before.Speed;
    }

    [Row("boxed_struct_each_round", 0.5, 1.5)]
    [Differentiable]
    public static double Boxed(double x, double v)
    {
        IArea area = new Disc(x);
        for (int i = 0; i < 3; i++) area = new Disc(area.Area(v) + x);
        return area.Area(x);
    }

    [Row("object_of_before_or_of_the_loop", 0.5, 1.5, 0)]
    [Row("object_of_before_or_of_the_loop", 0.5, 1.5, 1)]
    [Row("object_of_before_or_of_the_loop", 0.5, 1.5, 2)]
    [Differentiable]
    public static double BeforeOrInTheLoop(double x, double v, int which)
    {
        var a = new Body { Position = x, Speed = v };
        var b = new Body { Position = v, Speed = 2 * x };
        Body chosen = a;
        for (int i = 0; i < 4; i++)
        {
            if (i == which) chosen = b;
            if (i == 2 * which) chosen = new Body { Position = chosen.Speed, Speed = chosen.Position * x };
            chosen.Push(0.5);
        }

        return a.Position * a.Speed + 2 * b.Position * b.Speed + chosen.Speed * 3;
    }
}

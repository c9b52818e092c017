namespace AutoDiff.Conformance;

/// <summary>Arrays and lists of objects that come from outside, and what those objects hold without a derivative.</summary>
public static partial class OutsideLists
{
    public abstract partial class Solid
    {
        [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
        public abstract double Volume(double r);
    }

    public sealed partial class Ball : Solid
    {
        [Differentiable]
        public override double Volume(double r) => 4 * r * r * r;
    }

    public sealed partial class Tube(double length) : Solid
    {
        [Differentiable]
        public override double Volume(double r) => length * r * r;
    }

    public sealed record Reaction
    {
        public required double Rate { get; init; }

        public int[] Consumed { get; init; } = [];

        public int[][] Produced { get; init; } = [];

        public Reaction? Next { get; set; }
    }

    [Differentiable(Derivatives.Gradient | Derivatives.Jvp)]
    public static double Volumes(Solid[] solids, double r)
    {
        double sum = 0;
        foreach (Solid solid in solids) sum += solid.Volume(r) * r;
        return sum + solids[^1].Volume(sum) / solids.Length;
    }

    [Differentiable]
    public static double Listed(IReadOnlyList<Solid> solids, double r)
    {
        double sum = 0;
        foreach (Solid solid in solids) sum += solid.Volume(r) * solids.Count;
        return sum;
    }

    private static double Rates(Reaction[] reactions, double x)
    {
        double sum = 0;
        for (int i = 0; i < reactions.Length; i++) sum += reactions[i].Rate * x;
        return sum;
    }

    [Differentiable]
    public static double Yield(Reaction[] reactions, double scale, double[] initial)
    {
        double[] c = (double[])initial.Clone();
        for (int step = 0; step < 3; step++)
        {
            foreach (Reaction reaction in reactions)
            {
                double rate = reaction.Rate * scale;
                foreach (int species in reaction.Consumed) rate *= c[species];
                foreach (int species in reaction.Consumed) c[species] -= 0.1 * rate;
                for (int k = 0; k < reaction.Produced.Length; k++) c[reaction.Produced[k][^1]] += 0.1 * rate;
            }
        }

        return c[0] * c[1] + Rates(reactions, c[2]);
    }

    [Differentiable]
    public static double Queried(List<Reaction> reactions, double x)
        => reactions.Where(static r => r.Consumed.Length > 0).Sum(r => r.Rate * x * x) + reactions.Count * x;

    public abstract record Form;

    public sealed record Disk(double Radius, double Weight) : Form;

    public sealed record Square(double Side) : Form
    {
        public double Area => Side * Side;
    }

    [Differentiable]
    public static double Matched(Form[] forms, double x)
    {
        double sum = 0;
        foreach (Form form in forms)
        {
            switch (form)
            {
                case Disk { Radius: > 1 } large:
                    sum += large.Radius * x * x;
                    break;
                case Disk(var radius, < 0):
                    sum -= radius * x;
                    break;
                case Square { Area: var area } when area > 2:
                    sum += area * x * x * x;
                    break;
                default:
                    sum += 1;
                    break;
            }
        }

        return sum;
    }

    private static readonly Solid[] Both = [new Ball(), new Tube(3)];

    [Row("table_of_objects", 2, Value = [32 + 12], Gradient = [48 + 12])]
    [Differentiable]
    public static double Tabled(double r)
    {
        double sum = 0;
        foreach (Solid solid in Both) sum += solid.Volume(r);
        return sum;
    }
}

using System.Numerics;

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

    /// <summary>Something with structs in it.</summary>
    public record Lamp(Vector3 Center, (int Count, double Factor) Pair, Complex Phase)
    {
        public (double X, (float Y, int Z) Inner) Deep = (1, (2, 3));
    }

    private static readonly Lamp[] Lamps = [new(new(1, 2, 3), (1, 2.5), new(1, 2)), new(new(4, 5, 6), (2, 0.5), new(3, 4))];

    [Row("structs_that_objects_hold", 2, Gradient = [109.5])]
    [Differentiable]
    public static double Structs(double x)
    {
        double s = 0;
        foreach (Lamp lamp in Lamps)
        {
            Vector3 center = lamp.Center;
            s += center.X * center.Y * x * x + lamp.Pair.Factor * x * lamp.Pair.Count + lamp.Center.Z;
        }

        return s + (Lamps[1].Phase * x).Imaginary * x + Lamps[0].Deep.Inner.Y * x;
    }

    /// <summary>Arrays in lists: of integers, or without a gradient.</summary>
    [Differentiable]
    public static double Graph(double x, List<int[]> neighbours, [NoGradient] IReadOnlyList<double[]> weights)
    {
        double s = 0;
        for (int i = 0; i < neighbours.Count; i++)
        {
            int[] own = neighbours[i];
            s += x * own[0] * own.Length;
            for (int k = 0; k < own.Length; k++) s += neighbours[i][k] * x * weights[i][k];
        }

        foreach (double[] row in weights) s += row.Sum() * x * x;
        return s + neighbours[^1][0] * x + neighbours.Sum(n => n.Length) * x;
    }
}

namespace AutoDiff.Conformance;

/// <summary>
/// Jacobians and Hessians beside memory of structs: the numbers of an element are neighbouring columns (or rows), in the order of their declaration, one element behind the other.
/// </summary>
public static partial class MatricesOfStructs
{
    public readonly record struct Pose(double X, double Y, double Theta)
    {
        public Pose Inverse() => new(-Math.Cos(Theta) * X - Math.Sin(Theta) * Y, Math.Sin(Theta) * X - Math.Cos(Theta) * Y, -Theta);

        public Pose Compose(Pose b)
            => new(X + Math.Cos(Theta) * b.X - Math.Sin(Theta) * b.Y, Y + Math.Sin(Theta) * b.X + Math.Cos(Theta) * b.Y, Theta + b.Theta);
    }

    public record struct Flow(double Time, double Amount);

    /// <summary>The numbers with derivatives are <c>Place.Time</c>, <c>Place.Amount</c> and <c>Weight</c>.</summary>
    public struct Site
    {
        public int Id;
        public Flow Place;
        [NoGradient] public double Fixed;
        public double Weight;
    }

    [Differentiable(Derivatives.Jacobian | Derivatives.Jvp)]
    public static void Residuals(ReadOnlySpan<Pose> poses, ReadOnlySpan<Pose> edges, ReadOnlySpan<int> from, Span<double> residuals, double scale)
    {
        int at = 0;
        for (int e = 0; e < edges.Length; e++)
        {
            Pose error = edges[e].Inverse().Compose(poses[from[e]].Inverse().Compose(poses[from[e] + 1]));
            residuals[at++] = scale * error.X;
            residuals[at++] = error.Y;
            residuals[at++] = Math.Sin(error.Theta);
        }
    }

    // Structs go in and come out.
    [Differentiable(Derivatives.Jacobian | Derivatives.Jvp)]
    public static void Chain(ReadOnlySpan<Pose> steps, Span<Pose> places)
    {
        var place = new Pose(0, 0, 0);
        for (int k = 0; k < steps.Length; k++) places[k] = place = place.Compose(steps[k]);
    }

    // One result: a row, in reverse mode.
    [Differentiable(Derivatives.Gradient | Derivatives.Jacobian)]
    public static double Turning(Pose[] poses)
    {
        double sum = 0;
        foreach (Pose p in poses) sum += p.Theta * p.Theta * p.X;
        return sum;
    }

    [Differentiable(Derivatives.Gradient | Derivatives.Hvp | Derivatives.Hessian)]
    public static double Price(double rate, List<Flow> flows, double spread)
    {
        double price = 0;
        foreach (Flow f in flows) price += f.Amount * Math.Exp(-(rate + spread) * f.Time * f.Time);
        return price;
    }

    [Differentiable(Derivatives.Gradient | Derivatives.Hvp | Derivatives.Hessian)]
    public static double Sites(ReadOnlySpan<Site> sites, (double A, double B)[] pairs, double k)
    {
        var scaled = new Flow[sites.Length];
        for (int i = 0; i < sites.Length; i++) scaled[i] = sites[i].Place with { Amount = sites[i].Weight * sites[i].Place.Amount * k };
        double sum = 0;
        for (int i = 0; i < scaled.Length; i++)
        {
            (double a, double b) = pairs[i % pairs.Length];
            sum += Math.Sin(scaled[i].Time * a) * scaled[i].Amount + b * b * sites[i].Fixed;
        }

        return sum;
    }

    // The memory is changed, and holds before each pass what it held at entry.
    [Differentiable(Derivatives.Gradient | Derivatives.Hvp | Derivatives.Hessian)]
    public static double Relaxed(Span<Flow> flows, double k)
    {
        for (int i = 1; i < flows.Length; i++)
        {
            flows[i].Time *= flows[i - 1].Time * k;
            flows[i].Amount += flows[i - 1].Amount * flows[i].Time;
        }

        return flows[^1].Amount * flows[^1].Time;
    }

    // Structs of two kinds of numbers in between: no lanes.
    [Differentiable(Derivatives.Gradient | Derivatives.Hvp | Derivatives.Hessian)]
    public static double Rounded(Flow[] flows)
    {
        var kept = new (double Wide, float Narrow)[flows.Length];
        for (int i = 0; i < flows.Length; i++) kept[i] = (flows[i].Time * flows[i].Amount, 2);
        double sum = 0;
        for (int i = 0; i < kept.Length; i++) sum += kept[i].Wide * kept[i].Wide * kept[i].Narrow;
        return sum;
    }

    // Half has no vectors: one direction in each pass.
    [Differentiable(Derivatives.Gradient | Derivatives.Hessian)]
    public static Half Halves((Half A, Half B)[] pairs)
    {
        Half sum = (Half)0;
        foreach ((Half a, Half b) in pairs) sum += a * b * b;
        return sum;
    }

    private static Pose[] Poses => [new(0.1, 0.2, 0.3), new(1.1, -0.2, 0.5), new(2, 0.4, -0.6), new(2.5, 1, 0.1)];

    private static Flow[] Flows => [new(0.5, 10), new(1, 4), new(1.5, 7), new(0.2, -3), new(0.7, 2)];

    private static Site[] Places => [.. Flows.Select(static (f, i) => new Site { Id = i, Place = f, Fixed = 2 + i, Weight = 0.3 * i - 0.5 })];

    public static double[] ResidualsMatrix()
    {
        double[] jacobian = new double[9 * 22], residuals = new double[9];
        ResidualsJacobian(Poses, Poses.AsSpan(1), [0, 1, 2], residuals, 1.5, jacobian);
        return jacobian;
    }

    public static double[] ResidualsBlocks()
    {
        double[] poses = new double[9 * 12], edges = new double[9 * 9], scale = new double[9], residuals = new double[9];
        ResidualsJacobian(Poses, Poses.AsSpan(1), [0, 1, 2], residuals, 1.5, poses, edges, scale);
        return [.. Enumerable.Range(0, 9).SelectMany(r => (double[])[.. poses[(r * 12)..(r * 12 + 12)], .. edges[(r * 9)..(r * 9 + 9)], scale[r]])];
    }

    public static double[] ResidualsByTangents()
    {
        double[] jacobian = new double[9 * 22], residuals = new double[9], tangents = new double[9];
        for (int column = 0; column < 22; column++)
        {
            Pose[] poses = new Pose[4], edges = new Pose[3];
            if (column < 12) poses[column / 3] = Unit(column % 3);
            else if (column < 21) edges[(column - 12) / 3] = Unit((column - 12) % 3);
            ResidualsJvp(Poses, Poses.AsSpan(1), [0, 1, 2], residuals, 1.5, poses, edges, column == 21 ? 1 : 0, tangents);
            for (int row = 0; row < 9; row++) jacobian[row * 22 + column] = tangents[row];
        }

        return jacobian;
    }

    public static double[] ChainMatrix()
    {
        double[] jacobian = new double[12 * 12];
        ChainJacobian(Poses, new Pose[4], jacobian);
        return jacobian;
    }

    public static double[] ChainByTangents()
    {
        double[] jacobian = new double[12 * 12];
        for (int column = 0; column < 12; column++)
        {
            Pose[] direction = new Pose[4], tangents = new Pose[4];
            direction[column / 3] = Unit(column % 3);
            ChainJvp(Poses, new Pose[4], direction, tangents);
            for (int i = 0; i < 4; i++)
                (jacobian[(3 * i) * 12 + column], jacobian[(3 * i + 1) * 12 + column], jacobian[(3 * i + 2) * 12 + column]) = (tangents[i].X, tangents[i].Y, tangents[i].Theta);
        }

        return jacobian;
    }

    public static double[] TurningMatrix()
    {
        double[] jacobian = new double[12];
        TurningJacobian(Poses, jacobian);
        return jacobian;
    }

    public static double[] TurningByGradient()
    {
        Pose[] gradient = new Pose[4];
        TurningGradient(Poses, gradient);
        return [.. gradient.SelectMany(static p => (double[])[p.X, p.Y, p.Theta])];
    }

    public static double[] PriceMatrix()
    {
        double[] hessian = new double[12 * 12];
        PriceHessian(0.03, new List<Flow>(Flows), 0.01, hessian);
        return hessian;
    }

    public static double[] PriceByProducts()
    {
        double[] hessian = new double[12 * 12];
        for (int column = 0; column < 12; column++)
        {
            Flow[] direction = new Flow[5], gradient = new Flow[5], product = new Flow[5];
            if (column is > 0 and < 11) direction[(column - 1) / 2] = column % 2 == 1 ? new(1, 0) : new(0, 1);
            var (_, _, _, dRate, dSpread) = PriceHvp(0.03, new List<Flow>(Flows), 0.01, column == 0 ? 1 : 0, direction, column == 11 ? 1 : 0, gradient, product);
            double[] all = [dRate, .. product.SelectMany(static f => (double[])[f.Time, f.Amount]), dSpread];
            for (int row = 0; row < 12; row++) hessian[row * 12 + column] = all[row];
        }

        return hessian;
    }

    public static double[] SitesMatrix()
    {
        double[] hessian = new double[20 * 20];
        SitesHessian(Places, [(0.5, 1), (2, 3)], 1.5, hessian);
        return hessian;
    }

    public static double[] SitesByProducts()
    {
        double[] hessian = new double[20 * 20];
        for (int column = 0; column < 20; column++)
        {
            Site[] direction = new Site[5], gradient = new Site[5], product = new Site[5];
            (double A, double B)[] pairs = new (double, double)[2], pairsGradient = new (double, double)[2], pairsProduct = new (double, double)[2];
            if (column < 15)
            {
                ref Site site = ref direction[column / 3];
                if (column % 3 == 0) site.Place.Time = 1;
                else if (column % 3 == 1) site.Place.Amount = 1;
                else site.Weight = 1;
            }
            else if (column < 19) pairs[(column - 15) / 2] = column % 2 == 1 ? (1, 0) : (0, 1);

            double dk = SitesHvp(Places, [(0.5, 1), (2, 3)], 1.5, direction, pairs, column == 19 ? 1 : 0, gradient, pairsGradient, product, pairsProduct).DKDot;
            double[] all = [.. product.SelectMany(static s => (double[])[s.Place.Time, s.Place.Amount, s.Weight]), .. pairsProduct.SelectMany(static p => (double[])[p.A, p.B]), dk];
            for (int row = 0; row < 20; row++) hessian[row * 20 + column] = all[row];
        }

        return hessian;
    }

    public static double[] RelaxedMatrix()
    {
        double[] hessian = new double[11 * 11];
        RelaxedHessian(Flows, 0.8, hessian);
        return hessian;
    }

    public static double[] RelaxedByDifferences() => ByDifferences(static flows =>
    {
        Flow[] gradient = new Flow[5];
        (_, double dk) = RelaxedGradient([.. flows[..5]], flows[5].Time, gradient);
        return [.. gradient.SelectMany(static f => (double[])[f.Time, f.Amount]), dk];
    }, [.. Flows, new(0.8, 0)], 11);

    public static double[] RoundedMatrix()
    {
        double[] hessian = new double[100];
        RoundedHessian(Flows, hessian);
        return hessian;
    }

    public static double[] RoundedByDifferences() => ByDifferences(static flows =>
    {
        Flow[] gradient = new Flow[5];
        RoundedGradient(flows, gradient);
        return [.. gradient.SelectMany(static f => (double[])[f.Time, f.Amount])];
    }, Flows, 10);

    public static double[] HalvesMatrix()
    {
        Half[] hessian = new Half[16];
        HalvesHessian([((Half)2, (Half)3), ((Half)1, (Half)0.5)], hessian);
        return [.. hessian.Select(static h => (double)h)];
    }

    private static double[] ByDifferences(Func<Flow[], double[]> gradient, Flow[] at, int columns)
    {
        double[] hessian = new double[columns * columns];
        for (int column = 0; column < columns; column++)
        {
            Flow[] up = [.. at], down = [.. at];
            Flow step = column % 2 == 0 ? new(1e-6, 0) : new(0, 1e-6), center = at[column / 2];
            (up[column / 2], down[column / 2]) = (new(center.Time + step.Time, center.Amount + step.Amount), new(center.Time - step.Time, center.Amount - step.Amount));
            double[] above = gradient(up), below = gradient(down);
            for (int row = 0; row < columns; row++) hessian[row * columns + column] = (above[row] - below[row]) / 2e-6;
        }

        return hessian;
    }

    private static Pose Unit(int leaf) => leaf switch { 0 => new(1, 0, 0), 1 => new(0, 1, 0), _ => new(0, 0, 1) };
}

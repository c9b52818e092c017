namespace AutoDiff.Conformance;

/// <summary>Objects of the framework that a method makes and calls, and characters of texts: they decide, and have no derivatives.</summary>
public static partial class OutsideObjects
{
    private static double Normal(Random random)
    {
        double u = 1 - random.NextDouble(), v = random.NextDouble();
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }

    [Row("random_numbers", 0.3, 0.7)]
    [Differentiable]
    public static double Simulate(double mean, double deviation)
    {
        var random = new Random(7);
        double best = 0;
        for (int trial = 0; trial < 4; trial++)
        {
            double z = mean + deviation * Normal(random);
            best = random.Next(0, 2) == 0 ? Math.Max(best, z * z) : best + 0.1 * z;
        }

        return best;
    }

    [Row("object_of_one_call", 0.3, 0.7)]
    [Differentiable]
    public static double Once(double x, double y) => x * new Random(3).NextDouble() + y * new Random(4).Next(2, 9);

    [Row("waiting_times", 0.3, 0.7)]
    [Differentiable]
    public static double Waiting(double birth, double death)
    {
        var random = new Random(5);
        double time = 0;
        for (int n = 10; n > 0;)
        {
            double rate = (birth + death) * n;
            time -= Math.Log(1 - random.NextDouble()) / rate;
            n += random.NextDouble() < 0.2 ? 1 : -1;
        }

        return time;
    }

    [Row("edit_distance", 0.9, 0.7)]
    [Differentiable]
    public static double EditDistance(double insertion, double substitution)
    {
        string s = "kitten", t = "sitting";
        var d = new double[s.Length + 1, t.Length + 1];
        for (int i = 0; i <= s.Length; i++)
            for (int j = 0; j <= t.Length; j++)
                d[i, j] = i == 0 ? j * insertion : j == 0 ? i * insertion
                    : Math.Min(d[i - 1, j - 1] + (s[i - 1] == t[j - 1] ? 0 : substitution), Math.Min(d[i - 1, j], d[i, j - 1]) + insertion);
        return d[s.Length, t.Length];
    }

    [Row("characters", 0.3, 0.7)]
    [Differentiable]
    public static double Characters(double x, double y)
    {
        const string Text = "abcza";
        double t = 1;
        for (int i = 0; i < Text.Length; i++)
        {
            if (Text[i] == 'a') t += x;
            else if (Text[i] is 'b' or 'z') t *= y;
            else t += (Text[i] - 'a') * x;
        }

        return t;
    }
}

using System.Reflection;

namespace AutoDiff.Conformance;

/// <summary>Section 12: the members beyond reverse mode, and forward mode beside reverse mode for every row.</summary>
public class ModeTests
{
    public static TheoryData<string> Ids => RowTests.Ids;

    /// <summary>⟨v, J·u⟩ from forward mode is ⟨Jᵀ·v, u⟩ from reverse mode.</summary>
    [Theory(DisplayName = "jvp_matches_vjp")]
    [MemberData(nameof(Ids))]
    public void Jvp_matches_vjp(string id)
    {
        foreach ((MethodInfo method, RowAttribute row) in RowTests.Rows[id])
        {
            string type = method.DeclaringType!.FullName!;
            // Half has three digits: the two sums round differently.
            if (!ForwardVariant.Has(type, method.Name) || method.GetParameters().Any(static p => p.ParameterType == typeof(Half) || Buffers.Element(p.ParameterType) == typeof(Half))) continue;
            var members = new Members(ForwardVariant.Assembly, type, method.Name);
            var random = new Random(method.Name.Length * 7919 + id.Length);
            object?[] arguments = members.Arguments(row);
            double[] seed = [.. members.Run(arguments).Select(_ => Math.Round(random.NextDouble() * 2 - 1, 3))];
            Pulled pulled = members.Vjp(arguments, seed);
            double[] direction = [.. pulled.Gradient.Select(_ => Math.Round(random.NextDouble() * 2 - 1, 3))];
            double[] tangents = members.Jvp(arguments, pulled.Inputs, direction);
            double forward = Dot(seed, tangents), reverse = Dot(pulled.Gradient, direction);
            double tolerance = 1e-9 * Math.Max(1, Math.Max(seed.Zip(tangents, static (a, b) => Math.Abs(a * b)).Sum(), pulled.Gradient.Zip(direction, static (a, b) => Math.Abs(a * b)).Sum()));
            if (method.GetParameters().Any(static p => p.ParameterType == typeof(float) || Buffers.Element(p.ParameterType) == typeof(float))) tolerance *= 1e5;

            // At the edge of a domain a direction meets an infinite slope that the cotangent of another row takes away.
            if (row.IsKink && !double.IsFinite(forward)) continue;
            Assert.True(forward.Equals(reverse) || Math.Abs(forward - reverse) <= tolerance, $"{method.Name}: {forward:R} by forward mode, {reverse:R} by reverse mode");
        }
    }

    [Fact]
    public void Forward_mode_takes_most_rows()
    {
        int all = RowTests.Rows.SelectMany(static r => r).Select(static r => r.Method).Distinct().Count();
        int forward = RowTests.Rows.SelectMany(static r => r).Select(static r => r.Method).Distinct().Count(static m => ForwardVariant.Has(m.DeclaringType!.FullName!, m.Name));
        Assert.True(forward > 0.6 * all, $"{forward} of {all}");
    }

    [Fact(DisplayName = "hessian")]
    public void Hessian()
    {
        double[] hessian = new double[16];
        double value = ModeRows.ProductsHessian([2, 3, 5, 7], 11, hessian);
        Assert.Equal(2 * 3 * 5 + 7 * 121, value);
        Assert.Equal([0, 5, 3, 0, 5, 0, 2, 0, 3, 2, 0, 0, 0, 0, 0, 0], hessian);
        double[] second = new double[1];
        Assert.Equal(256, ModeRows.FourthHessian(4, second));
        Assert.Equal([192.0], second);
    }

    [Fact(DisplayName = "jacobian_columns")]
    public void Jacobian_columns()
    {
        double[] x = [.. Enumerable.Range(0, 10).Select(static i => 0.1 * i - 0.3)], z = new double[12], jacobian = new double[12 * 11];
        ModeRows.MixedJacobian(x, 0.7, z, jacobian);
        for (int column = 0; column < 11; column++)
        {
            double[] direction = new double[11], zDot = new double[12];
            direction[column] = 1;
            ModeRows.MixedJvp(x, 0.7, z, direction.AsSpan(0, 10), direction[10], zDot);
            for (int row = 0; row < 12; row++) Assert.Equal(zDot[row], jacobian[row * 11 + column], 1e-14);
        }
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, static (x, y) => x * y).Sum();
}

namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>Equal up to a relative error (absolute below 1); NaN and infinities equal only themselves.</summary>
internal sealed class Near(double tolerance) : IEqualityComparer<double>
{
    public static Near Within(double tolerance) => new(tolerance);

    public bool Equals(double x, double y)
        => x.Equals(y) || x == y || Math.Abs(x - y) <= tolerance * Math.Max(1, Math.Max(Math.Abs(x), Math.Abs(y)));

    public int GetHashCode(double x) => 0;
}

using System.Globalization;

namespace AutoDiff.Generators.Tests;

/// <summary>A culture in which every number that is formatted without thought becomes wrong C#, until it is disposed.</summary>
internal readonly struct HostileCulture : IDisposable
{
    private readonly CultureInfo _before;

    private HostileCulture(CultureInfo before) => _before = before;

    public static HostileCulture Enter()
    {
        var scope = new HostileCulture(CultureInfo.CurrentCulture);
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NegativeSign = "\u2212";
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo.CurrentCulture = hostile;
        return scope;
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}

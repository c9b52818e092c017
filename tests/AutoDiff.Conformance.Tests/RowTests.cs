using System.Reflection;

namespace AutoDiff.Conformance;

/// <summary>
/// Every row with numbers: the value; the gradient, which equals the given one and the slopes of the function; the same gradient to the bit with analyses
/// switched off; destinations overwritten, or added to; inputs unchanged.
/// </summary>
public class RowTests
{
    private static readonly ILookup<string, (MethodInfo Method, RowAttribute Row)> All = (
        from type in typeof(RowTests).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
        from row in method.GetCustomAttributes<RowAttribute>()
        select (method, row)).ToLookup(static pair => pair.row.Id);

    internal static ILookup<string, (MethodInfo Method, RowAttribute Row)> Rows => All;

    public static TheoryData<string> Ids => new(All.Select(static rows => rows.Key).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Holds(string id)
    {
        foreach ((MethodInfo method, RowAttribute row) in All[id]) RowCheck.Run(method, row);
    }

    [Theory(DisplayName = "tbr_equals_no_tbr")]
    [MemberData(nameof(Ids))]
    public void Analyses_change_no_bit(string id)
    {
        foreach ((MethodInfo method, RowAttribute row) in All[id]) RowCheck.WithoutAnalyses(method, row);
    }
}

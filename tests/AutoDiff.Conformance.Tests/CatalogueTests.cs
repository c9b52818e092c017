using System.Reflection;

namespace AutoDiff.Conformance;

/// <summary>
/// Every behaviour of the catalogue has a test: a <see cref="RowAttribute"/> on a differentiable method, a fact of that display name, or a theory with it as the first argument.
/// </summary>
public class CatalogueTests
{
    [Fact]
    public void Every_row_of_the_catalogue_has_a_test()
    {
        using var reader = new StreamReader(typeof(CatalogueTests).Assembly.GetManifestResourceStream("Catalogue.txt")!);
        string[] ids = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(188, ids.Distinct().Count());
        Assert.Equal([], ids.Except(Tested()).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Tested()
    {
        foreach (string id in RowTests.Rows.Select(static rows => rows.Key)) yield return id;
        foreach (MethodInfo method in typeof(CatalogueTests).Assembly.GetTypes().SelectMany(static t => t.GetMethods()))
        {
            if (method.GetCustomAttribute<FactAttribute>()?.DisplayName is { } name) yield return name;
            foreach (InlineDataAttribute data in method.GetCustomAttributes<InlineDataAttribute>())
                if (data.GetData(method).Single() is [string id, ..]) yield return id;
        }
    }
}

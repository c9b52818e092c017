using System.Runtime.CompilerServices;

namespace AutoDiff.Generators.Tests.Baselines;

/// <summary>The gallery: complete generated files of telling methods, in the folder <c>Gallery</c>. <c>docs/gallery.md</c> walks through some of them.</summary>
public class GalleryTests
{
    public static TheoryData<string> Names => new(GallerySources.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void TheGeneratedFileIsAsItIsShown(string name)
    {
        GeneratorRun run = GeneratorHarness.Run("using static AutoDiff.Ops;\nnamespace Gallery;\n\n" + GallerySources.All[name]);
        run.Compile();
        BaselineTests.Check(Path.Combine("Gallery", name), run);
    }

    /// <summary>What the page shows is source of the gallery, or stands in one of the generated files.</summary>
    [Fact]
    public void ThePageShowsWhatIsGenerated()
    {
        string folder = Folder();
        string page = File.ReadAllText(Path.Combine(folder, "../../../docs/gallery.md")).ReplaceLineEndings("\n");
        string known = Lines(string.Join("\n", Directory.GetFiles(Path.Combine(folder, "Gallery"), "*.txt", SearchOption.AllDirectories).Select(File.ReadAllText)
            .Concat(GallerySources.All.Values)));
        string[] blocks = [.. page.Split("```").Where(static (_, k) => k % 2 == 1).Select(static b => b[(b.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim())];
        Assert.True(blocks.Length >= 10);
        foreach (string block in blocks) Assert.Contains(Lines(block), known, StringComparison.Ordinal);
    }

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;

    // Without indentation, and a doc comment as it reads.
    private static string Lines(string text) => string.Join("\n", text.ReplaceLineEndings("\n").Split('\n')
        .Select(static l => l.Trim()).Select(static l => (l.StartsWith("/// ", StringComparison.Ordinal) ? l[4..].Trim() : l).Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)).Where(static l => l is not ("<code>" or "</code>" or "")));

    [Fact]
    public void TheGalleryIsLarge() => Assert.True(GallerySources.All.Count >= 22);
}

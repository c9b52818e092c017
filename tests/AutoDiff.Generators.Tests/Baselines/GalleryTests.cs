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

    [Fact]
    public void TheGalleryIsLarge() => Assert.True(GallerySources.All.Count >= 22);
}

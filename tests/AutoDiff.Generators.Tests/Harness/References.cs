using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests;

/// <summary>What test sources are compiled against: the framework that runs the tests, and the AutoDiff library.</summary>
internal static class References
{
    public static IReadOnlyList<MetadataReference> All { get; } = Load();

    private static MetadataReference[] Load()
    {
        // The same assemblies that the compiled source is then loaded with.
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string library = typeof(DifferentiableAttribute).Assembly.Location;
        string tensors = typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.Location;
        return
        [
            .. trusted.Split(Path.PathSeparator)
                .Where(path => Path.GetDirectoryName(path) == framework && path != tensors)
                .Append(library)
                .Append(tensors)
                .Select(static path => (MetadataReference)MetadataReference.CreateFromFile(path)),
        ];
    }
}

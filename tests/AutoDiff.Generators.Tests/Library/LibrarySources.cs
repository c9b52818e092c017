using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators.Tests.Library;

/// <summary>The neural-network library of this repository, compiled in memory together with what the generator adds.</summary>
internal sealed partial class LibrarySources
{
    private static readonly string[] Folders = ["Attention", "Layers", "TinyLM"];

    private static readonly Lazy<LibrarySources> Shared = new(static () => new LibrarySources());

    private LibrarySources()
    {
        string root = Path.Combine(Repository(), "src", "AutoDiff.NeuralNetworks");
        string[] files = Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal).ToArray();
        MarkedInText = [.. files.SelectMany(MarkedIn).Order(StringComparer.Ordinal)];

        // What a model is for training needs the rest of the library and its source generators; the methods themselves do not.
        string[] sources = files.Select(File.ReadAllText).Where(static text => !text.Contains("ILanguageModel", StringComparison.Ordinal)).ToArray();
        GeneratorRun run = GeneratorHarness.Run(sources);
        Compilation = run.Input;
        Assembly = run.Load();
        Methods = Compilation.SyntaxTrees.SelectMany(Marked)
            .ToDictionary(static m => $"{m.ContainingType.Name}.{m.Name}", StringComparer.Ordinal);
    }

    public static LibrarySources Instance => Shared.Value;

    /// <summary>What the generator sees: the sources alone.</summary>
    public Compilation Compilation { get; }

    /// <summary>The sources with what the generator made of them.</summary>
    public LoadedAssembly Assembly { get; }

    /// <summary>Every method marked <c>[Differentiable]</c> in the folders of layers and models, as <c>Type.Method</c>.</summary>
    public IReadOnlyDictionary<string, IMethodSymbol> Methods { get; }

    /// <summary>The same, read from the text of all files alone.</summary>
    public IReadOnlyList<string> MarkedInText { get; }

    private static IEnumerable<string> MarkedIn(string file)
    {
        string type = Path.GetFileName(file).Split('.')[0];
        return Mark().Matches(File.ReadAllText(file)).Select(static m => m.Groups["declaration"].Value)
            .Where(static declaration => !declaration.Contains(" class ", StringComparison.Ordinal))
            .Select(declaration => $"{type}.{declaration.Split(' ')[^1]}");
    }

    private IEnumerable<IMethodSymbol> Marked(SyntaxTree tree)
    {
        SemanticModel model = Compilation.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Select(syntax => (ISymbol)model.GetDeclaredSymbol(syntax)!).OfType<IMethodSymbol>()
            .Where(static method => method.GetAttributes().Any(static a => a.AttributeClass?.Name == nameof(DifferentiableAttribute)));
    }

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AutoDiff.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"no AutoDiff.sln above {AppContext.BaseDirectory}");
    }

    [GeneratedRegex(@"\[Differentiable\b[^\]]*\]\s*(\[.*\]\s*)*(?<declaration>[^\n(]+)\(")]
    private static partial Regex Mark();
}

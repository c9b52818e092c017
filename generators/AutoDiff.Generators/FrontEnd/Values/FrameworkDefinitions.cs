using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// What members of <c>System.Numerics</c> and <c>TensorPrimitives</c> compute, whose source no compilation has: methods in C# (<c>Definitions/*.cs</c>) over the components of their types.
/// They are bound once for a framework and inlined as a user's own methods are.
/// </summary>
internal sealed class FrameworkDefinitions
{
    private static readonly ConditionalWeakTable<MetadataReference, FrameworkDefinitions> Known = new();
    private static readonly Lazy<ImmutableArray<SyntaxTree>> Sources = new(Parse);

    // A file that says so is written for double, and holds for float.
    private const string Number = "using T = System.Double;";

    private readonly CSharpCompilation _compilation;
    private readonly ConcurrentDictionary<IMethodSymbol, IOperation?> _bodies = new(SymbolEqualityComparer.Default);

    private FrameworkDefinitions(IEnumerable<MetadataReference> references)
        => _compilation = CSharpCompilation.Create(
            "AutoDiff.Definitions", Sources.Value, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>The definitions over the framework that a compilation refers to; null where it is source itself.</summary>
    public static FrameworkDefinitions? Of(Compilation compilation)
        => compilation.GetMetadataReference(compilation.ObjectType.ContainingAssembly) is { } framework
            ? Known.GetValue(framework, _ => new FrameworkDefinitions(compilation.References))
            : null;

    /// <summary>Whether the members of a type are looked up here.</summary>
    public static bool Cover(ITypeSymbol? type) => type is INamedTypeSymbol && type.IsIn("System.Numerics") && Components.Of(type) is not null;

    /// <summary>Whether a type has functions of spans.</summary>
    public static bool HasSpanFunctions(INamedTypeSymbol type) => type.Name == "TensorPrimitives" && type.IsIn("System.Numerics.Tensors");

    /// <summary>
    /// The definition of a method, an operator, an accessor (<c>get_UnitX</c>) or a constructor (<c>New</c>), or null. Of an instance method the first parameter
    /// is the receiver.
    /// </summary>
    public (IMethodSymbol Method, IOperation Body)? Find(IMethodSymbol member)
    {
        bool isConstructor = member.MethodKind == MethodKind.Constructor;
        IEnumerable<ITypeSymbol> operands = member.Parameters.Select(static p => p.Type);
        if (!member.IsStatic && !isConstructor) operands = operands.Prepend(member.ContainingType);
        return Find(member.ContainingType, isConstructor ? "New" : member.Name, [.. operands.Select(static t => t.ToDisplayString())]);
    }

    /// <summary>The definition of a static field.</summary>
    public (IMethodSymbol Method, IOperation Body)? Find(IFieldSymbol field) => Find(field.ContainingType, "get_" + field.Name, []);

    private (IMethodSymbol, IOperation)? Find(INamedTypeSymbol type, string name, string[] operands)
    {
        if (_compilation.GetTypeByMetadataName(type.Name + "Members") is not { } members) return null;
        foreach (IMethodSymbol candidate in members.GetMembers(name).OfType<IMethodSymbol>())
        {
            if (!candidate.Parameters.Select(static p => p.Type.ToDisplayString()).SequenceEqual(operands)) continue;
            return _bodies.GetOrAdd(candidate, Bind) is { } body ? (candidate, body) : null;
        }

        return null;
    }

    private IOperation? Bind(IMethodSymbol method)
    {
        SyntaxNode syntax = method.DeclaringSyntaxReferences[0].GetSyntax();
        var body = _compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax) as Microsoft.CodeAnalysis.Operations.IMethodBodyOperation;
        return body?.BlockBody ?? body?.ExpressionBody;
    }

    private static ImmutableArray<SyntaxTree> Parse()
    {
        var assembly = typeof(FrameworkDefinitions).Assembly;
        return assembly.GetManifestResourceNames().Where(static name => name.StartsWith("Definitions/", StringComparison.Ordinal)).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            string text = reader.ReadToEnd();
            string[] texts = text.Contains(Number) ? [text, text.Replace(Number, "using T = System.Single;")] : [text];
            return texts.Select((t, k) => CSharpSyntaxTree.ParseText(t, new CSharpParseOptions(LanguageVersion.Latest), k == 0 ? name : name + ".Single"));
        }).SelectMany(static trees => trees).ToImmutableArray();
    }
}

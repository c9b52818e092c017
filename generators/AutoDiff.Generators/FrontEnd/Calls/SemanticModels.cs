using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>
/// One semantic model for each file of a compilation: a model remembers the bodies that it has bound, so that a method that is lowered, asked for its summary and inlined
/// into others is bound once. Goes with its compilation.
/// </summary>
internal static class SemanticModels
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<SyntaxTree, SemanticModel>> Tables = new();

    /// <summary>The semantic model of a file of the compilation.</summary>
    public static SemanticModel ModelOf(this Compilation compilation, SyntaxTree tree)
    {
        ConcurrentDictionary<SyntaxTree, SemanticModel> known = Tables.GetValue(compilation, static _ => new());
        return known.TryGetValue(tree, out SemanticModel? model) ? model : known.GetOrAdd(tree, compilation.GetSemanticModel(tree));
    }
}

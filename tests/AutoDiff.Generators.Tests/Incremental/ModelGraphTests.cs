using System.Collections;
using System.Reflection;
using AutoDiff.Compiler.Pipeline;
using AutoDiff.Generators.Pipeline;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests.Incremental;

/// <summary>The cached model of a method holds nothing of the compiler: it would keep whole compilations alive, and never be equal.</summary>
public class ModelGraphTests
{
    [Fact]
    public void The_model_holds_no_symbols_syntax_or_locations()
    {
        GeneratorRun run = GeneratorHarness.Run(Scalars.ContractTests.Fit);
        object model = run.Steps(TrackingNames.Methods).Single().Outputs.Single().Value;
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Walk(Assert.IsType<MethodModel>(model), nameof(MethodModel));
        Assert.True(seen.Count > 50, "the walk did not reach the instructions");

        void Walk(object? value, string path)
        {
            if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value)) return;
            Assert.False(
                value is ISymbol or SyntaxNode or SyntaxTree or Location or Compilation or Diagnostic or IOperation or SyntaxReference, $"{path} is a {value.GetType()}");
            if (value is IEnumerable items)
                foreach (object? item in items) Walk(item, path + "[]");
            for (Type? type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
                foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
                    Walk(field.GetValue(value), $"{path}.{field.Name}");
        }
    }

    [Fact]
    public void Models_of_equal_sources_are_equal_and_hash_alike()
    {
        static object First() => GeneratorHarness.Run(Scalars.ContractTests.Fit).Steps(TrackingNames.Methods).Single().Outputs.Single().Value;
        object a = First(), b = First();
        Assert.NotSame(a, b);
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
    }
}

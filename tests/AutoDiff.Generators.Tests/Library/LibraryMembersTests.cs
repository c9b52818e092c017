using AutoDiff.Compiler.Derivatives;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests.Library;

/// <summary>Every differentiable method of the library, as the compiler differentiates it, in double precision.</summary>
public sealed class LibraryMembersTests
{
    private static readonly DerivativeOptions[] Options =
    [
        .. from activity in new[] { true, false } from store in new[] { false } select new DerivativeOptions(false, activity, store),
    ];

    /// <summary>The methods, with and without a bias where there is the choice.</summary>
    public static TheoryData<string, bool> Methods
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach ((string name, IMethodSymbol method) in LibrarySources.Instance.Methods)
            {
                Type type = LibrarySources.Instance.Assembly.Type(method.ContainingType.ToDisplayString());
                data.Add(name, false);
                if (LibrarySizes.HasBias(type)) data.Add(name, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void GradientsAreThoseOfForwardModeAndOfDifferences(string method, bool bias)
    {
        for (int seed = 1; seed <= 2; seed++)
        {
            var check = new LibraryGradients(new LibraryProgram(method, bias), seed);
            foreach (DerivativeOptions options in Options)
            {
                Dictionary<string, double[]> gradients = check.Reverse(options);
                IEnumerable<string> wrong = check.AgainstDuals(gradients).Concat(check.AgainstDifferences(gradients));
                Assert.True(!wrong.Any(), $"{method}, bias {bias}, {options}:\n{string.Join("\n", wrong)}");
            }
        }
    }

    /// <summary>One element of one gradient is a little off: the comparison must see it, in every variable of every method.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void AWrongGradientIsSeen(string method, bool bias)
    {
        var check = new LibraryGradients(new LibraryProgram(method, bias), seed: 3);
        Dictionary<string, double[]> gradients = check.Reverse(new DerivativeOptions());
        Assert.True(check.Variables.Count > 0, $"{method} has nothing to differentiate by");
        foreach (string variable in check.Variables)
        {
            double[] right = gradients[variable], wrong = [.. right];
            int largest = Enumerable.Range(0, right.Length).MaxBy(i => Math.Abs(right[i]));
            wrong[largest] += 1e-2 * (1e-2 + Math.Abs(wrong[largest]));
            gradients[variable] = wrong;
            Assert.True(check.AgainstDuals(gradients).Count > 0, $"{method}: forward mode does not see a wrong {variable}");
            Assert.True(check.AgainstDifferences(gradients).Count > 0, $"{method}: differences do not see a wrong {variable}");
            gradients[variable] = right;
        }
    }

    /// <summary>Found by text, apart from the compiler: that no method marked in the sources is left out.</summary>
    [Fact]
    public void NoMethodIsLeftOut()
    {
        LibrarySources library = LibrarySources.Instance;
        Assert.Equal(library.MarkedInText, library.Methods.Keys.Order(StringComparer.Ordinal));
        Assert.Superset(
            new HashSet<string> { "CausalSelfAttention.Forward", "Gpt.Loss", "TinyLM.Loss", "LayerNorm.Forward", "Embedding.Logits" },
            library.Methods.Keys.ToHashSet());
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AutoDiff.Analyzers.Tests;

/// <summary>Editing over and over: nothing of an earlier edit stays in memory.</summary>
public class EditingTests
{
    private const int Edits = 60;

    /// <summary>
    /// 300 edits here; <c>dotnet run -c Release --project tests/Benchmarks -- analyzers 10000</c> does ten thousand, and shows the times too. What is
    /// alive after the first hundred is what is alive at the end.
    /// </summary>
    [Fact]
    public void MemoryIsFlat()
    {
        CSharpCompilation compilation = TestCompilation.Create(Model(methods: 4), generates: false);
        long before = 0;
        for (int edit = 0; edit < 300; edit++)
        {
            SyntaxTree tree = compilation.SyntaxTrees[0];
            string axis = (edit % 3).ToString(System.Globalization.CultureInfo.InvariantCulture);
            string text = Model(methods: 4).Replace("x.Lengths[0]", $"x.Lengths[{axis}]", StringComparison.Ordinal);
            compilation = compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text)));
            TestCompilation.Analyze(compilation);
            if (edit == 100) before = GC.GetTotalMemory(forceFullCollection: true);
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.True(after - before < 24 << 20, $"{before >> 20} MB after 100 edits, {after >> 20} MB after 300");
        GC.KeepAlive(compilation);
    }

    [Fact]
    public void EarlierCompilationsAreNotKept()
    {
        var earlier = new List<WeakReference>();
        Edit(earlier);
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // The last ones may still be in caches of the compiler itself.
        Assert.All(earlier.Take(Edits - 5), static compilation => Assert.False(compilation.IsAlive));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Edit(List<WeakReference> earlier)
    {
        CSharpCompilation compilation = TestCompilation.Create(Model(methods: 10), generates: false);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        for (int edit = 0; edit < Edits; edit++)
        {
            SourceText text = tree.GetText();
            SyntaxTree next = tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(text.Length, 0), "// x\n")));
            compilation = compilation.ReplaceSyntaxTree(tree, next);
            tree = next;
            TestCompilation.Analyze(compilation);
            earlier.Add(new WeakReference(compilation));
        }
    }

    /// <summary>A file of one model with many layers, about twelve lines a method.</summary>
    public static string Model(int methods)
    {
        var text = new StringBuilder("public sealed partial class Big(int width, int hidden)\n{\n");
        for (int i = 0; i < methods; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""
                    private readonly Linear _up{{i}} = new(width, hidden), _down{{i}} = new(hidden, width);

                    [return: Shape("batch time width")]
                    public Tensor<float> Block{{i}}([Shape("batch time width")] Tensor<float> x, int heads)
                    {
                        int batch = (int)x.Lengths[0], time = (int)x.Lengths[1];
                        Tensor<float> q = Transpose(Reshape(x, batch, time, heads, width / heads), 0, 2, 1, 3);
                        Tensor<float> scores = Softmax(CausalMask(MatMul(q, q, transposeB: true)));
                        Tensor<float> mixed = Reshape(Transpose(MatMul(scores, q), 0, 2, 1, 3), batch, time, width);
                        for (int layer = 0; layer < heads; layer++) mixed = _down{{i}}.Forward(Gelu(_up{{i}}.Forward(mixed))) + mixed;
                        return mixed;
                    }


                """);
        }

        return text.Append("}\n").ToString();
    }
}

using AutoDiff.Generators;
using AutoDiff.Generators.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Conformance;

/// <summary>Every function of <c>TensorPrimitives</c> that is known, in a method of its own: value, gradient beside slopes, forward mode beside reverse mode.</summary>
public class TensorPrimitivesFacts
{
    private static readonly double[][] Spans = [[0.31, 0.47, 0.62, 0.18, 0.77], [0.52, 0.23, 0.71, 0.44, 0.35], [0.83, 0.29, 0.15, 0.66, 0.41]];
    private static readonly double[] Numbers = [0.58, 0.37];

    private static readonly Dictionary<string, Primitive> All = Read().ToDictionary(static p => p.Signature);

    private static readonly Lazy<System.Reflection.Assembly> Compiled = new(static () => GeneratorHarness.Run(
        "public static partial class Calls {\n" + string.Join("\n", All.Values.Select(static p => p.Method)) + "\n}").Load().Assembly);

    public static TheoryData<string> Signatures => new(All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Signatures))]
    public void Has_its_value_and_its_gradient(string signature)
    {
        Primitive primitive = All[signature];
        var members = new Members(Compiled.Value, "Calls", primitive.Name);
        object?[] arguments = primitive.Arguments();
        Pulled pulled = members.Gradient(arguments);
        double value = members.Run(arguments)[0];
        Assert.Equal(value, pulled.Value[0], 1e-12 * Math.Max(1, Math.Abs(value)));

        var slopes = new List<double>();
        for (int k = 0; k < arguments.Length; k++)
            for (int place = 0; place < (arguments[k] is double[] array ? array.Length : 1); place++) slopes.Add((At(k, place, 1e-6) - At(k, place, -1e-6)) / 2e-6);
        Assert.Equal(slopes.Count, pulled.Gradient.Length);
        for (int k = 0; k < slopes.Count; k++) Assert.Equal(slopes[k], pulled.Gradient[k], 2e-7 * Math.Max(1, Math.Abs(slopes[k])));

        double[] direction = [.. slopes.Select(static (_, k) => 0.25 * (k % 5) - 0.4)];
        double tangent = members.Jvp(arguments, pulled.Inputs, direction)[0], expected = direction.Zip(pulled.Gradient, static (a, b) => a * b).Sum();
        Assert.Equal(expected, tangent, 1e-11 * Math.Max(1, Math.Abs(expected)));

        double At(int argument, int place, double step)
        {
            object?[] moved = [.. arguments];
            moved[argument] = Conformance.Numbers.Moved(moved[argument]!, place, step);
            return members.Run(moved)[0];
        }
    }

    [Fact]
    public void More_than_seventy_functions_are_known() => Assert.True(All.Values.Select(static p => p.Function).Distinct().Count() >= 70, $"{All.Count}");

    private static IEnumerable<Primitive> Read()
    {
        System.Reflection.Assembly generator = typeof(DifferentiableGenerator).Assembly;
        foreach (string name in generator.GetManifestResourceNames().Where(static n => n.StartsWith("Definitions/TensorPrimitives", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(generator.GetManifestResourceStream(name)!);
            foreach (MethodDeclarationSyntax method in CSharpSyntaxTree.ParseText(reader.ReadToEnd()).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(static m => m.Modifiers.Any(SyntaxKind.PublicKeyword))) yield return new Primitive(method);
        }
    }

    /// <summary>A function, and a method that makes a number of what it gives.</summary>
    private sealed class Primitive(MethodDeclarationSyntax definition)
    {
        private readonly string[] _types = [.. definition.ParameterList.Parameters.Select(static p => p.Type!.ToString())];

        public string Function { get; } = definition.Identifier.ValueText;

        public string Signature => $"{Function}({string.Join(", ", _types)})";

        public string Name => Function + string.Concat(_types.Select(static t => t == "T" ? "N" : "S"));

        private string[] Inputs => [.. _types.Where(static t => t is "T" or "ReadOnlySpan<T>")];

        public string Method
        {
            get
            {
                string parameters = string.Join(", ", Inputs.Select(static (t, k) => $"{t.Replace("T", "double")} a{k}")), names = string.Join(", ", Inputs.Select(static (_, k) => $"a{k}"));
                string first = $"a{Array.FindIndex(Inputs, static t => t != "T")}";
                string body = _types.Length == Inputs.Length ? $"return TensorPrimitives.{Function}({names});"
                    : $"double[] d = new double[{first}.Length]; TensorPrimitives.{Function}({names}, d); double s = 0; for (int i = 0; i < d.Length; i++) s += d[i] * (i + 1); return s;";
                return $"[Differentiable(Derivatives.Gradient | Derivatives.Jvp)] public static double {Name}({parameters}) {{ {body} }}";
            }
        }

        public object?[] Arguments()
        {
            int spans = 0, numbers = 0;
            return [.. Inputs.Select(t => t == "T" ? (object)TensorPrimitivesFacts.Numbers[numbers++] : Shifted(Spans[spans++]))];
        }

        // The domain of one function begins at 1.
        private double[] Shifted(double[] span) => [.. span.Select(x => Function == "Acosh" ? x + 1 : x)];
    }
}

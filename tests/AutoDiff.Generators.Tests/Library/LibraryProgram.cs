using System.Text.RegularExpressions;
using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests.Library;

/// <summary>A method of the library in the IR, with the methods that it calls, and a model to run it on.</summary>
internal sealed partial class LibraryProgram
{
    private readonly LibrarySources _library = LibrarySources.Instance;
    private readonly Dictionary<string, Function> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, DerivativeOptions), Derivative> _derivatives = [];
    private readonly string _name;

    public LibraryProgram(string name, bool bias)
    {
        _name = name;
        IMethodSymbol method = _library.Methods[name];
        Model = new LibraryModel(LibrarySizes.Create(_library.Assembly.Type(method.ContainingType.ToDisplayString()), bias));
        Function = Lower(name);
    }

    public LibraryModel Model { get; }

    public Function Function { get; }

    /// <summary>The methods that have been lowered and run, this one and its callees.</summary>
    public IEnumerable<string> Lowered => _functions.Keys;

    public Interpreter Interpreter(DerivativeOptions? options = null) => new()
    {
        Functions = callee => Lower(NameOf(callee)),
        Derivatives = callee => Differentiate(NameOf(callee), options ?? new DerivativeOptions()),
        Rounds = false,
    };

    public Derivative Differentiate(DerivativeOptions options) => Differentiate(_name, options);

    private Derivative Differentiate(string name, DerivativeOptions options)
    {
        if (_derivatives.TryGetValue((name, options), out Derivative? known)) return known;
        Derivative derivative = ReverseTransform.Differentiate(Lower(name), options);
        IReadOnlyList<string> violations = IrVerifier.Verify(derivative);
        Assert.True(violations.Count == 0, $"{name}, {options}: {string.Join("\n", violations)}\n{IrPrinter.Print(derivative)}");
        return _derivatives[(name, options)] = derivative;
    }

    private Function Lower(string name)
    {
        if (_functions.TryGetValue(name, out Function? known)) return known;
        IMethodSymbol method = _library.Methods[name];
        LoweringResult result = MethodLowering.Lower(method, _library.Compilation, CancellationToken.None);
        Assert.True(result.Function is not null, $"{name} is not lowered: {string.Join("; ", result.Diagnostics)}");
        IReadOnlyList<string> violations = IrVerifier.Verify(result.Function);
        Assert.True(violations.Count == 0, $"{name}: {string.Join("\n", violations)}\n{IrPrinter.Print(result.Function)}");
        return _functions[name] = WithReadableSizes(result.Function, "global::" + method.ContainingType.ToDisplayString());
    }

    private static string NameOf(Callee callee)
        => $"{callee.ContainingType[(callee.ContainingType.LastIndexOfAny(['.', ':']) + 1)..]}.{callee.Method}";

    /// <summary>
    /// The interpreter reads sizes from plain paths only. A size that is read under a guard, <c>(guard ? path : 0)</c>, is its path where the
    /// models of this program have it, else 0 without the constraints that the guard would skip.
    /// </summary>
    private Function WithReadableSizes(Function function, string type)
    {
        var absent = new HashSet<string>(StringComparer.Ordinal);
        DimBinding Readable(DimBinding binding)
        {
            if (binding.Expression is null || Guarded().Match(binding.Expression) is not { Success: true } match) return binding;
            string path = match.Groups["path"].Value;
            IReadOnlyList<InterpretedModel> models = Model.OfType(type);
            int present = models.Count(m => LibraryModel.Find(m, path) is InterpretedScalar);
            Assert.True(present == 0 || present == models.Count, $"{function.Name}: only {present} of {models.Count} models have {path}");
            if (present > 0) return binding with { Expression = path };
            absent.Add(binding.Symbol);
            return binding with { Expression = $"this.{LibraryModel.Absent}" };
        }

        DimBinding[] bindings = function.Dimensions.Select(Readable).ToArray();
        bool Applies(Dim dim) => !dim.Terms.Any(t => t.Powers.Any(p => absent.Contains(p.Symbol)));
        return function with
        {
            Dimensions = new(bindings),
            Constraints = new(function.Constraints.Where(c => Applies(c.Left) && Applies(c.Right)).ToArray()),
        };
    }

    [GeneratedRegex(@"^\(.+ \? (?<path>\S+) : .+\)$")]
    private static partial Regex Guarded();
}

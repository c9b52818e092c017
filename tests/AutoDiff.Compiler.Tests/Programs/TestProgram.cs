using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Derivatives.Reverse;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Tests.Programs;

/// <summary>A function, arguments for it, and the functions that it calls.</summary>
/// <param name="Function">The function.</param>
/// <param name="Arguments">One for each parameter that is not <c>out</c>.</param>
/// <param name="Callees">By method name.</param>
internal sealed record TestProgram(
    Function Function, IReadOnlyList<InterpretedValue> Arguments, IReadOnlyDictionary<string, Function> Callees)
{
    private readonly Dictionary<(string, DerivativeOptions), Derivative> _derivatives = [];

    public TestProgram(Function function, params InterpretedValue[] arguments)
        : this(function, arguments, new Dictionary<string, Function>())
    {
    }

    /// <summary>The parameters that take an argument.</summary>
    public IEnumerable<Parameter> Inputs => Function.Parameters.Where(static p => p.Passing != PassingKind.Out);

    /// <summary>Whether no derivative is lost, in the function or in one that it calls; the generator reports an error otherwise.</summary>
    public bool IsFollowed => Callees.Values.Append(Function).All(static f => Activity.Of(f).Lost.Count == 0);

    public bool ReturnsScalar => Function.Outputs.FirstOrDefault() is { Kind: OutputKind.Return, Type: ScalarType };

    public Interpreter Interpreter(DerivativeOptions? options = null, bool rounds = true, ITensorMemory? memory = null) => new()
    {
        Functions = callee => Callees.GetValueOrDefault(callee.Method),
        Derivatives = callee => Derivative(callee.Method, (options ?? new DerivativeOptions()) with { UnitSeed = false }),
        Rounds = rounds,
        Memory = memory,
        ReversesLanes = true,
    };

    public Derivative Derivative(DerivativeOptions options) => ReverseTransform.Differentiate(Function, options);

    public Derivative Derivative(string callee, DerivativeOptions options)
    {
        if (!_derivatives.TryGetValue((callee, options), out Derivative? derivative))
            _derivatives[(callee, options)] = derivative = ReverseTransform.Differentiate(Callees[callee], options);
        return derivative;
    }
}

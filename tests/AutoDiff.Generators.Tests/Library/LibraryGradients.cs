using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Generators.Tests.Library;

/// <summary>
/// Gradients of a method of the library with respect to all that it can be differentiated by, operands and parameters of models: once by
/// reverse mode, as the compiler made it, and against that ȳᵀJv, by dual numbers and by differences, which know nothing of the rules.
/// </summary>
internal sealed class LibraryGradients
{
    private const double DualTolerance = 1e-9, DifferenceTolerance = 1e-6, Step = 2e-4;

    private readonly LibraryProgram _program;
    private readonly Random _random;
    private readonly Dictionary<string, InterpretedValue> _operands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _points = new(StringComparer.Ordinal);
    private readonly double[][] _cotangents;
    private readonly List<(Dictionary<string, double[]> Direction, double Dual, double Difference)> _expected = [];

    public LibraryGradients(LibraryProgram program, int seed)
    {
        _program = program;
        _random = new Random(seed);
        foreach (Parameter operand in Operands) _operands[operand.Name] = Draw(operand);
        foreach (Parameter operand in Operands.Where(static p => p.IsDifferentiable))
            _points[operand.Name] = ((InterpretedTensor)_operands[operand.Name]).Reals();
        foreach ((InterpretedModel model, string name, string path) in _program.Model.Parameters)
            _points[path] = Uniform(model.Parameters[name].Elements.Length);
        _cotangents = Forward(null, 0, isDual: false).Select(o => Uniform(Elements(o).Length)).ToArray();

        // Alone, so that no variable's error hides behind the others'; then all together.
        foreach (string name in _points.Keys) Expect(_points.Where(p => p.Key == name));
        for (int k = 0; k < 3; k++) Expect(_points);
    }

    /// <summary>The variables: operands by name, parameters by path.</summary>
    public IReadOnlyCollection<string> Variables => _points.Keys;

    private IEnumerable<Parameter> Operands => _program.Function.Parameters.Where(static p => p.Value.Type is not ModelType);

    /// <summary>The gradient of each variable by reverse mode.</summary>
    public Dictionary<string, double[]> Reverse(DerivativeOptions options)
    {
        Derivative derivative = _program.Differentiate(options);
        InterpretedValue[] arguments = Arguments(null, 0, isDual: false);
        foreach ((InterpretedModel model, _, _) in _program.Model.Parameters) model.Gradients.Clear();
        IReadOnlyList<InterpretedValue> outputs = Forward(null, 0, isDual: false);
        InterpretedValue[] cotangents = derivative.Cotangents.Select(c => Like(outputs[c.Output], _cotangents[c.Output])).ToArray();
        DerivativeResult result = _program.Interpreter(options).Run(derivative, arguments, cotangents);
        Assert.Equal(outputs.SelectMany(Elements).Select(static e => e.Real), result.Outputs.SelectMany(Elements).Select(static e => e.Real));

        var gradients = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (Parameter operand in Operands.Where(static p => p.IsDifferentiable))
            gradients[operand.Name] = Elements(result.Gradients[operand.Name]).Select(static e => e.Real).ToArray();
        foreach ((InterpretedModel model, string name, string path) in _program.Model.Parameters)
            gradients[path] = model.Gradients.TryGetValue(name, out InterpretedTensor? sum) ? sum.Reals() : new double[_points[path].Length];
        return gradients;
    }

    /// <summary>Where the gradients do not agree with forward mode; empty where they do.</summary>
    public List<string> AgainstDuals(Dictionary<string, double[]> gradients) => Compare(gradients, "forward mode", DualTolerance, static e => e.Dual);

    /// <summary>Where they do not agree with difference quotients.</summary>
    public List<string> AgainstDifferences(Dictionary<string, double[]> gradients)
        => Compare(gradients, "differences", DifferenceTolerance, static e => e.Difference);

    private List<string> Compare(
        Dictionary<string, double[]> gradients, string what, double tolerance,
        Func<(Dictionary<string, double[]> Direction, double Dual, double Difference), double> expected)
    {
        var wrong = new List<string>();
        foreach (var entry in _expected)
        {
            double[] terms = entry.Direction.SelectMany(d => d.Value.Zip(gradients[d.Key], static (v, g) => v * g)).ToArray();
            double actual = terms.Sum(), other = expected(entry), size = terms.Sum(Math.Abs) + Math.Abs(other);

            // Written so that NaN is wrong. The second term is what rounding leaves of a gradient that is zero.
            if (!(Math.Abs(actual - other) <= tolerance * size + tolerance * 1e-3))
                wrong.Add($"along {string.Join(", ", entry.Direction.Keys)}: reverse mode gives {actual:R}, {what} {other:R}");
        }

        return wrong;
    }

    private void Expect(IEnumerable<KeyValuePair<string, double[]>> variables)
    {
        Dictionary<string, double[]> direction = variables.ToDictionary(static v => v.Key, v => Uniform(v.Value.Length));
        double dual = Forward(direction, 0, isDual: true).Zip(_cotangents, static (o, c) => Dot(Elements(o).Select(static e => e.Tangent), c)).Sum();
        double At(double step) => Forward(direction, step, isDual: false).Zip(_cotangents, static (o, c) => Dot(Elements(o).Select(static e => e.Real), c)).Sum();
        double difference = (At(-2 * Step) - 8 * At(-Step) + 8 * At(Step) - At(2 * Step)) / (12 * Step);
        _expected.Add((direction, dual, difference));
    }

    private IReadOnlyList<InterpretedValue> Forward(Dictionary<string, double[]>? direction, double step, bool isDual)
        => _program.Interpreter().Run(_program.Function, Arguments(direction, step, isDual));

    /// <summary>The operands, after the parameters of the model have been set alike: the point, moved by a step in a direction.</summary>
    private InterpretedValue[] Arguments(Dictionary<string, double[]>? direction, double step, bool isDual)
    {
        Number[] Moved(string variable) => _points[variable].Select((x, i) =>
        {
            double v = direction?.GetValueOrDefault(variable)?[i] ?? 0;
            return isDual ? Number.Varied(x, v) : Number.Of(x + step * v);
        }).ToArray();

        foreach ((InterpretedModel model, string name, string path) in _program.Model.Parameters)
            model.Parameters[name] = new InterpretedTensor(model.Parameters[name].Shape, Moved(path));
        return _program.Function.Parameters.Select(p => p.Value.Type is ModelType ? _program.Model.Root
            : p.IsDifferentiable ? new InterpretedTensor(((InterpretedTensor)_operands[p.Name]).Shape, Moved(p.Name)) : _operands[p.Name]).ToArray();
    }

    private InterpretedTensor Draw(Parameter operand)
    {
        string where = $"{_program.Function.Name}, {operand.Name}";
        if (operand.Value.Type is not TensorType type || operand.ShapeText is null)
            throw new InvalidOperationException($"{where}: say here how to draw a {operand.TypeText}");
        int[] shape = LibrarySizes.Shape(operand.ShapeText, where);
        int count = shape.Aggregate(1, static (a, b) => a * b);
        return type.Element.IsFloating() ? new InterpretedTensor(shape, Uniform(count))
            : new InterpretedTensor(shape, Enumerable.Range(0, count).Select(_ => Number.Of((long)_random.Next(LibrarySizes.Vocabulary))).ToArray());
    }

    private double[] Uniform(int count) => Enumerable.Range(0, count).Select(_ => _random.NextDouble() * 2 - 1).ToArray();

    private static Number[] Elements(InterpretedValue value)
        => value is InterpretedTensor tensor ? tensor.Elements : [((InterpretedScalar)value).Number];

    private static InterpretedValue Like(InterpretedValue value, double[] reals)
        => value is InterpretedTensor tensor ? new InterpretedTensor(tensor.Shape, reals) : new InterpretedScalar(reals[0]);

    private static double Dot(IEnumerable<double> a, double[] b) => a.Zip(b, static (x, y) => x * y).Sum();
}

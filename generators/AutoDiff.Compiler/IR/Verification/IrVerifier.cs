using AutoDiff.Compiler.Derivatives;

namespace AutoDiff.Compiler.IR;

/// <summary>
/// Checks that IR is well formed: every value is defined once and visible where it is read, every instruction and operation has operands
/// and results of the types that it asks for, dimensions are bound, and memory is written only where it may be. For tests, after every
/// pass.
/// </summary>
public sealed partial class IrVerifier
{
    private readonly List<string> _violations = [];
    private readonly Dictionary<int, Value> _defined = [];
    private readonly Dictionary<int, int> _views = [];
    private readonly HashSet<string> _symbols = [];
    private readonly DimEquality _dims;
    private Scope _scope = new(null);
    private string _where = "";

    private IrVerifier(Function function)
    {
        _dims = new DimEquality(function.Constraints);
        foreach (DimBinding binding in function.Dimensions) _symbols.Add(binding.Symbol);
    }

    /// <summary>What is wrong with a function, in the order of its text; empty where nothing is.</summary>
    public static IReadOnlyList<string> Verify(Function function)
    {
        var verifier = new IrVerifier(function);
        verifier.CheckSignature(function);
        if (function.Body.Parameters != function.Parameters.Select(static p => p.Value).ToEquatable())
            verifier.Report("the parameters of the body are not the parameters of the function");
        verifier.CheckRegion(function.Body, function.Outputs.Select(static o => o.Type).ToArray(), "the outputs");
        verifier.CheckWritten(function, function.Body);
        return verifier._violations;
    }

    /// <summary>What is wrong with a derivative.</summary>
    public static IReadOnlyList<string> Verify(Derivative derivative)
    {
        IReadOnlyList<string> primal = Verify(derivative.Primal);
        var verifier = new IrVerifier(derivative.Primal);
        verifier._violations.AddRange(primal.Select(static p => "primal: " + p));
        verifier.CheckDerivative(derivative);
        return verifier._violations;
    }

    /// <summary>A region inside the current scope: its parameters, its instructions, and yields of the expected types.</summary>
    private void CheckRegion(Region region, IReadOnlyList<IrType> expected, string what)
    {
        _scope = new Scope(_scope);
        CheckContents(region, expected, what);
        _scope = _scope.Outer!;
    }

    private void CheckContents(Region region, IReadOnlyList<IrType> expected, string what)
    {
        foreach (Value parameter in region.Parameters) Define(parameter);
        foreach (Instruction instruction in region.Body)
        {
            string outer = _where;
            _where = Summary(instruction);
            foreach (Value operand in instruction.Operands) Use(operand);
            CheckInstruction(instruction);
            foreach (Value result in instruction.Results) Define(result);
            _where = outer;
        }

        foreach (Value yielded in region.Yields) Use(yielded);
        CheckTypes(region.Yields, expected, $"the yields for {what}");
    }

    private void Define(Value value)
    {
        if (_defined.TryGetValue(value.Id, out _)) Report($"{value} is defined twice");
        else _defined[value.Id] = value;
        _scope.Add(value.Id);
        foreach (Dim dim in Dims(value.Type)) CheckDim(dim, value.ToString());
    }

    private void Use(Value value)
    {
        if (!_scope.Contains(value.Id)) Report($"{value} is not defined where it is read");
        else if (_defined[value.Id] != value) Report($"{Describe(value)} is read, but its definition is {Describe(_defined[value.Id])}");
    }

    private void CheckTypes(IReadOnlyList<Value> values, IReadOnlyList<IrType> expected, string what)
    {
        if (values.Count != expected.Count)
        {
            Report($"{what}: there are {values.Count}, not {expected.Count}");
            return;
        }

        for (int i = 0; i < values.Count; i++) CheckType(values[i], expected[i], what);
    }

    private void CheckType(Value value, IrType expected, string what)
    {
        if (!AreEqual(value.Type, expected)) Report($"{what}: {value} is {value.Type}, not {expected}");
    }

    /// <summary>Equal types, where shapes may differ by the names that the function's constraints equate.</summary>
    private bool AreEqual(IrType a, IrType b) => (a, b) switch
    {
        (TensorType x, TensorType y) => x.Element == y.Element && AreEqual(x.Shape, y.Shape),
        (TapeType x, TapeType y) => AreEqual(x.Element, y.Element),
        _ => a == b,
    };

    private bool AreEqual(Shape a, Shape b) => a.Rank == b.Rank && a.Dims.Zip(b.Dims, _dims.AreEqual).All(static equal => equal);

    private void CheckDim(Dim dim, string what)
    {
        foreach (string symbol in dim.Symbols)
            if (!_symbols.Contains(symbol)) Report($"the dimension {symbol} of {what} is not bound");
    }

    private static IEnumerable<Dim> Dims(IrType type) => type switch
    {
        TensorType tensor => tensor.Shape.Dims,
        TapeType tape => Dims(tape.Element),
        _ => [],
    };

    private void Report(string violation) => _violations.Add(_where.Length == 0 ? violation : $"{_where}: {violation}");

    private static string Describe(Value value) => $"{value} {value.Name}: {value.Type}".Replace(" :", ":");

    private static string Summary(Instruction instruction)
    {
        string kind = instruction is Apply apply ? apply.Operation.ToString() : instruction.GetType().Name;
        return instruction.Results.IsEmpty ? kind : string.Join(", ", instruction.Results) + " = " + kind;
    }

    /// <summary>The values of a region that are defined so far, and those of the regions around it.</summary>
    private sealed class Scope(Scope? outer)
    {
        private readonly HashSet<int> _values = [];

        public Scope? Outer => outer;

        public void Add(int id) => _values.Add(id);

        public bool Contains(int id) => _values.Contains(id) || (outer?.Contains(id) ?? false);
    }
}

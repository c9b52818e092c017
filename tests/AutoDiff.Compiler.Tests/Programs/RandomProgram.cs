using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Tests.Programs;

/// <summary>
/// Makes well-typed random functions of scalars and buffers: arithmetic, branches, counted and conditional loops, views, accumulations
/// and calls. Every index is in range and every loop ends, by construction; functions are chosen so that values stay moderate.
/// </summary>
internal sealed partial class RandomProgram
{
    private readonly Random _random;
    private readonly FunctionBuilder _function;
    private readonly List<InterpretedValue> _arguments = [];
    private readonly Dictionary<string, Function> _callees = [];
    private readonly List<Callee> _callable = [];
    private int _budget;

    private RandomProgram(int seed, int size, string name)
    {
        _random = new Random(seed);
        _budget = size;
        _function = new FunctionBuilder(name);
    }

    /// <summary>A function with about <paramref name="size"/> statements.</summary>
    public static TestProgram Make(int seed, int size)
    {
        var program = new RandomProgram(seed, size, "F");
        if (size > 4)
        {
            int callees = program._random.Next(3);
            for (int k = 0; k < callees; k++) program.AddCallee($"G{k}", seed * 31 + k, Math.Max(2, size / 4));
        }

        Function function = program.Write(isCallee: false);
        return new TestProgram(function, program._arguments, program._callees);
    }

    private void AddCallee(string name, int seed, int size)
    {
        var program = new RandomProgram(seed, size, name);
        Function function = program.Write(isCallee: true);
        _callees[name] = function;
        _callable.Add(Examples.Callee(function));
    }

    private Function Write(bool isCallee)
    {
        var scope = new Variables();
        int scalars = _random.Next(1, 4);
        for (int k = 0; k < scalars; k++) scope.Floats.Add(Argument($"x{k}", IrType.Double, new InterpretedScalar(Real())));
        if (Chance(2)) scope.Floats.Add(Argument("c", IrType.Double, new InterpretedScalar(Real()), isDifferentiable: false));
        if (Chance(2)) scope.Integers.Add(Argument("n", IrType.Int32, new InterpretedScalar((long)_random.Next(0, 4))));

        // Callees take buffers of one length, so that a caller can pass any of its own of that length.
        int buffers = _random.Next(0, 3);
        for (int k = 0; k < buffers; k++) AddBuffer($"a{k}", isCallee, scope);
        Value? reference = Chance(3) ? Argument("r", IrType.Double, new InterpretedScalar(Real()), PassingKind.Ref) : null;
        if (reference is not null) scope.Floats.Add(reference);
        bool hasOut = Chance(3);
        if (hasOut) _function.Parameter("o", IrType.Double, PassingKind.Out);

        while (_budget > 0) Statement(_function.Body, scope, depth: 0);
        var finals = new List<(string, Value)>();
        if (reference is not null) finals.Add(("r", Pick(scope.Floats)));
        if (hasOut) finals.Add(("o", Pick(scope.Floats)));
        return _function.Return(scope.Floats[^1], finals.ToArray());
    }

    private void AddBuffer(string name, bool isCallee, Variables scope)
    {
        int length = isCallee ? 3 : _random.Next(3, 5);
        bool isWritten = Chance(2);
        var type = new BufferType(ElementKind.Double, isWritten ? BufferKind.Span : BufferKind.ReadOnlySpan);
        var elements = new InterpretedBuffer(Enumerable.Range(0, length).Select(_ => Real()).ToArray());
        Value value = Argument(name, type, elements, isDifferentiable: isWritten || !Chance(5), isWritten: isWritten);
        scope.Buffers.Add(new Memory(value, length));
    }

    private Value Argument(
        string name, IrType type, InterpretedValue argument, PassingKind passing = PassingKind.ByValue, bool? isDifferentiable = null,
            bool isWritten = false)
    {
        _arguments.Add(argument);
        return _function.Parameter(name, type, passing, isDifferentiable, isWritten);
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private double Real() => Math.Round(_random.NextDouble() * 4 - 2, 3);

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>A buffer and its length; every buffer of a program has one that is known.</summary>
    private sealed record Memory(Value Value, int Length)
    {
        public bool IsWritable => Value.Type is BufferType { Kind: not BufferKind.ReadOnlySpan };
    }

    /// <summary>What statements can read: the integers are never negative.</summary>
    private sealed class Variables
    {
        public List<Value> Floats { get; private init; } = [];

        public List<Value> Integers { get; private init; } = [];

        public List<Value> Truths { get; private init; } = [];

        public List<Memory> Buffers { get; private init; } = [];

        public Variables Nested() => new() { Floats = [.. Floats], Integers = [.. Integers], Truths = [.. Truths], Buffers = [.. Buffers] };
    }
}

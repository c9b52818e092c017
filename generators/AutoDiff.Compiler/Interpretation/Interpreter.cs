using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Interpretation;

/// <summary>
/// Runs the IR: the oracle of the tests, plain and slow. Every number is a dual number, so that running a function on arguments with
/// tangents is forward mode, which knows nothing of the rule table; running a <see cref="Derivative"/> is reverse mode as the compiler
/// made it.
/// </summary>
public sealed partial class Interpreter
{
    private long _steps;

    /// <summary>The body of a method that is called.</summary>
    public Func<Callee, Function?>? Functions { get; init; }

    /// <summary>The derivative of a method that is called.</summary>
    public Func<Callee, Derivative?>? Derivatives { get; init; }

    /// <summary>Whether numbers are rounded to their element kind; otherwise every floating kind has the precision of a double.</summary>
    public bool Rounds { get; init; } = true;

    /// <summary>The storages of the tensors of the function that is run (not of those that it calls); without it tensors are
    /// values.</summary>
    internal ITensorMemory? Memory { get; init; }

    /// <summary>Whether loops that run in lanes run from their last iteration to the first: what is proved independent may not show it.</summary>
    public bool ReversesLanes { get; init; }

    /// <summary>The number of instructions after which a run is given up.</summary>
    public long StepLimit { get; init; } = 50_000_000;

    /// <summary>Runs a function. Buffers are written in place.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">One for each parameter that is not <c>out</c>.</param>
    /// <param name="dimensions">Sizes of dimension names that no argument binds.</param>
    /// <returns>The yields of the body: the returned value, then <c>ref</c> and <c>out</c> scalars.</returns>
    public IReadOnlyList<InterpretedValue> Run(
        Function function, IReadOnlyList<InterpretedValue> arguments, IReadOnlyDictionary<string, long>? dimensions = null)
    {
        _steps = 0;
        return RunRegion(function.Body, Enter(function, arguments, dimensions, Memory));
    }

    private InterpretedValue[] RunFunction(
        Function function, IReadOnlyList<InterpretedValue> arguments, IReadOnlyDictionary<string, long>? dimensions)
        => RunRegion(function.Body, Enter(function, arguments, dimensions));

    /// <summary>A frame in which the parameters of a function stand for the arguments.</summary>
    private static Frame Enter(
        Function function, IReadOnlyList<InterpretedValue> arguments, IReadOnlyDictionary<string, long>? dimensions,
            ITensorMemory? memory = null)
    {
        Parameter[] inputs = function.Parameters.Where(static p => p.Passing != PassingKind.Out).ToArray();
        if (inputs.Length != arguments.Count)
            throw new ArgumentException($"{function.Name} takes {inputs.Length} arguments, not {arguments.Count}", nameof(arguments));
        var named = new Dictionary<string, InterpretedValue>(StringComparer.Ordinal);
        for (int i = 0; i < inputs.Length; i++) named[inputs[i].Name] = JoinRest(inputs[i].Value.Type, arguments[i]);
        var frame = new Frame(DimensionScope.Bind(function, named, dimensions), memory);
        foreach (Parameter input in inputs)
        {
            if (input.Value.Type is TensorType type) CheckShape(type, named[input.Name], frame, input.Name);
            frame.Define(input.Value, named[input.Name]);
        }

        return frame;
    }

    /// <summary>The argument with the axes that a leading <c>...</c> stands for joined into one.</summary>
    private static InterpretedValue JoinRest(IrType type, InterpretedValue argument)
    {
        if (type is not TensorType { Shape: { HasRest: true } shape } || argument is not InterpretedTensor tensor) return argument;
        int leading = tensor.Shape.Length - (shape.Rank - 1);
        return new InterpretedTensor([TensorIndex.Count(tensor.Shape.Take(leading)), .. tensor.Shape.Skip(leading)], tensor.Elements);
    }

    private InterpretedValue[] RunRegion(Region region, Frame frame)
    {
        foreach (Instruction instruction in region.Body)
        {
            if (++_steps > StepLimit) throw new InterpretationException($"no end after {StepLimit} instructions");
            RunInstruction(instruction, frame);
        }

        return frame.Read(region.Yields);
    }

    private void RunInstruction(Instruction instruction, Frame frame)
    {
        switch (instruction)
        {
            case Constant constant:
                bool isFloating = constant.Result.Element.IsFloating();
                Define(frame, constant.Result, new InterpretedScalar(isFloating ? Number.Of(constant.Double) : Number.Of(constant.Bits)));
                break;
            case Apply apply:
                Define(frame, apply.Result, OperationFunctions.Evaluate(apply, frame.Read(apply.Inputs), frame.Dimensions));
                break;
            case RowKernel kernel:
                foreach (Apply step in kernel.Body) RunInstruction(step, frame);
                break;
            case ProductKernel kernel:
                RunInstruction(kernel.Product, frame);
                foreach (Apply step in kernel.Epilogue) RunInstruction(step, frame);
                break;
            case BlockLoop loop:
                RunBlocks(loop, frame);
                break;
            case ScalarKernel kernel:
                RunInstruction(new Apply(kernel.Result, kernel.Operation, kernel.Inputs), frame);
                break;
            case If branch:
                Region taken = frame.Scalar(branch.Condition).IsTrue ? branch.Then : branch.Else;
                DefineAll(frame, branch.Defines, RunRegion(taken, frame));
                break;
            case For loop:
                RunFor(loop, frame);
                break;
            case While loop:
                InterpretedValue[] states = frame.Read(loop.Initial);
                while (IsTrue(states[0]))
                {
                    DefineAll(frame, loop.Body.Parameters, states);
                    states = RunRegion(loop.Body, frame);
                    if (++_steps > StepLimit) throw new InterpretationException($"no end after {StepLimit} instructions");
                }

                DefineAll(frame, loop.Defines, states);
                break;
            case Call call:
                RunCall(call, frame);
                break;
            case CallPullback pullback:
                RunPullback(pullback, frame);
                break;
            default:
                RunMemory(instruction, frame);
                break;
        }
    }

    private void RunFor(For loop, Frame frame)
    {
        long start = frame.Scalar(loop.Start).Integer, end = frame.Scalar(loop.End).Integer, stride = loop.Stride;
        long count = stride > 0 ? (end - start + stride - 1) / stride : stride < 0 ? (start - end - stride - 1) / -stride : 0;
        InterpretedValue[] states = frame.Read(loop.Initial);
        for (long k = 0; k < count; k++)
        {
            if (loop.HasCondition && !IsTrue(states[0])) break;
            frame.Define(loop.Counter, new InterpretedScalar(start + (loop.IsReversed != (loop.InLanes && ReversesLanes) ? count - 1 - k : k) * stride));
            for (int i = 0; i < states.Length; i++) frame.Define(loop.Body.Parameters[i + 1], states[i]);
            states = RunRegion(loop.Body, frame);
            if (++_steps > StepLimit) throw new InterpretationException($"no end after {StepLimit} instructions");
        }

        DefineAll(frame, loop.Defines, states);
    }

    private static bool IsTrue(InterpretedValue value) => OperationFunctions.Scalar(value).IsTrue;

    private static void DefineAll(Frame frame, EquatableArray<Value> values, InterpretedValue[] contents)
    {
        for (int i = 0; i < values.Length; i++) frame.Define(values[i], contents[i]);
    }

    /// <summary>Defines a result, rounded to its element kind, after a check that its shape is what its type says.</summary>
    private void Define(Frame frame, Value value, InterpretedValue content)
    {
        if (value.Type is TensorType type)
        {
            CheckShape(type, content, frame, value.ToString());
            if (type.Element.IsFloating() && content is InterpretedTensor tensor)
                content = new InterpretedTensor(tensor.Shape, tensor.Elements.Select(e => Round(e, type.Element)).ToArray());
        }
        else if (value.Type is ScalarType scalar && scalar.Kind.IsFloating())
        {
            content = new InterpretedScalar(Round(OperationFunctions.Scalar(content), scalar.Kind));
        }

        frame.Define(value, content);
    }

    private Number Round(Number number, ElementKind kind) => Rounds ? number with { Real = Rounding.ToKind(number.Real, kind) } : number;

    private static void CheckShape(TensorType type, InterpretedValue content, Frame frame, string what)
    {
        int[] expected = frame.Dimensions.Evaluate(type.Shape), actual = OperationFunctions.Tensor(content).Shape;
        if (!expected.SequenceEqual(actual))
            throw new InterpretationException(
                $"{what} has the shape ({string.Join(", ", actual)}); its type {type} says ({string.Join(", ", expected)})");
    }
}

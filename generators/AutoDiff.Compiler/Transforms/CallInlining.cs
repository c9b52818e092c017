using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// Puts the bodies of callees in place of their calls, through all levels. Derivatives that a callee has no member for (second order, nested derivatives) are taken of
/// the caller and its callees at once. A call of a method that is being inlined already stays.
/// </summary>
public sealed class CallInlining
{
    private readonly Func<Callee, Function?> _find;
    private readonly ValueFactory _values;
    private readonly Stack<Callee> _entered = new();

    private CallInlining(Func<Callee, Function?> find, ValueFactory values)
    {
        _find = find;
        _values = values;
    }

    /// <param name="function">The caller.</param>
    /// <param name="find">The body of a callee; null where the call has to stay.</param>
    public static Function Run(Function function, Func<Callee, Function?> find)
    {
        var pass = new CallInlining(find, new ValueFactory(Numbering.NextId(function)));
        return function with { Body = pass.Visit(function.Body, []) };
    }

    /// <summary>
    /// Appends the body of a function whose parameters (but those that are <c>out</c>) stand for arguments, in order; returns its yields. Calls in it stay.
    /// </summary>
    public static EquatableArray<Value> Splice(Function function, IReadOnlyList<Value> arguments, InstructionBuilder builder)
        => new CallInlining(static _ => null, builder.Values).SpliceBody(function, arguments, builder);

    private Region Visit(Region region, Dictionary<int, Value> map)
    {
        var builder = new InstructionBuilder(_values);
        Visit(region.Body, builder, map);
        return new Region(region.Parameters, builder.Body.ToEquatable(), region.Yields.Select(v => Use(v, map)).ToEquatable());
    }

    private void Visit(EquatableArray<Instruction> body, InstructionBuilder builder, Dictionary<int, Value> map)
    {
        foreach (Instruction instruction in body)
        {
            builder.Step = instruction.Step;
            switch (instruction)
            {
                case Call call when !_entered.Contains(call.Callee) && _find(call.Callee) is { } callee:
                    Enter(call, callee, builder, map);
                    break;
                case If branch:
                    builder.Append(branch with { Condition = Use(branch.Condition, map), Then = Visit(branch.Then, map), Else = Visit(branch.Else, map) });
                    break;
                case For loop:
                    builder.Append(loop with
                    {
                        Start = Use(loop.Start, map), End = Use(loop.End, map), Initial = loop.Initial.Select(v => Use(v, map)).ToEquatable(),
                        Body = Visit(loop.Body, map),
                    });
                    break;
                case While loop:
                    builder.Append(loop with { Initial = loop.Initial.Select(v => Use(v, map)).ToEquatable(), Body = Visit(loop.Body, map) });
                    break;
                default:
                    builder.Append(instruction.Rewrite(v => Use(v, map), static v => v));
                    break;
            }
        }
    }

    private void Enter(Call call, Function callee, InstructionBuilder builder, Dictionary<int, Value> map)
    {
        _entered.Push(call.Callee);
        EquatableArray<Value> inputs = call.Inputs.Select(v => Use(v, map)).ToEquatable();
        callee = Sized(callee, call);
        Parameter[] parameters = [.. callee.Parameters.Where(static p => p.Passing != PassingKind.Out)];
        Value[] arguments = [.. call.Callee.Arguments(inputs).Select((a, k) => Spelled(Passed(a.Parameter, a.Operand, builder), parameters[k].Value.Type, builder))];
        EquatableArray<Value> results = SpliceBody(callee, arguments, builder);
        _entered.Pop();
        for (int k = 0; k < call.Defines.Length; k++) map[call.Defines[k].Id] = Spelled(results[k], call.Defines[k].Type, builder);
    }

    /// <summary>A tensor in a shape that is the same or has leading axes as one: a view.</summary>
    private static Value Spelled(Value value, IrType type, InstructionBuilder builder)
        => type is not TensorType || value.Type == type ? value : builder.Apply(new Reshape(), type, value);

    /// <summary>The callee in the sizes of the call.</summary>
    private static Function Sized(Function callee, Call call)
    {
        if (call.Dimensions.Length == 0) return callee;
        callee = DimensionUnification.Run(callee);
        var sizes = new Dictionary<string, Dim>(StringComparer.Ordinal);
        for (int k = 0; k < call.Dimensions.Length; k++) sizes[call.Callee.DimensionNames[k]] = call.Dimensions[k];
        return DimensionSubstitution.Run(callee, symbol => sizes.TryGetValue(symbol, out Dim? size) ? size : null);
    }

    /// <summary>What is passed where the callee takes no derivative stops there.</summary>
    private static Value Passed(CalleeParameter parameter, Value operand, InstructionBuilder builder)
        => parameter.IsDifferentiable || parameter.IsWritten ? operand : Detached(operand, builder);

    /// <summary>The same number, or a copy of the same memory, without derivative.</summary>
    public static Value Detached(Value operand, InstructionBuilder builder)
    {
        if (!operand.Type.IsDifferentiable) return operand;
        if (operand.Type is ScalarType) return builder.Scalar(ScalarOp.Detach, operand);
        if (operand.Type is not BufferType type) return operand;
        Value length = builder.Values.New(IrType.Int32), copy = builder.Values.New(type with { Kind = BufferKind.Span }), counter = builder.Values.New(IrType.Int32, "k");
        builder.Append(new BufferLength(length, operand));
        builder.Append(new AllocateBuffer(copy, length));
        InstructionBuilder body = builder.Nested();
        foreach (StructLeaf leaf in ((BufferType)operand.Type).Leaves)
        {
            Value loaded = body.Load(operand, counter, path: leaf.Path);
            body.Append(new Store(copy, counter, leaf.Type.IsDifferentiable ? body.Scalar(ScalarOp.Detach, loaded) : loaded) { Path = leaf.Path });
        }

        builder.Append(new For([], builder.Int(0), length, 1, [], body.ToRegion([counter], [])));
        return copy;
    }

    private EquatableArray<Value> SpliceBody(Function function, IReadOnlyList<Value> arguments, InstructionBuilder builder)
    {
        var map = new Dictionary<int, Value>();
        int next = 0;
        foreach (Parameter parameter in function.Parameters)
            if (parameter.Passing != PassingKind.Out) map[parameter.Value.Id] = arguments[next++];
        int step = builder.Step;
        Region body = (function.Body with { Parameters = [] }).Rewrite(v => Use(v, map), v => map[v.Id] = _values.New(v.Type, IsCounter(v) ? v.Name : ""));
        var inner = new Dictionary<int, Value>();
        Visit(body.Body.Select(i => AtStep(i, step)).ToEquatable(), builder, inner);
        return body.Yields.Select(v => Use(v, inner)).ToEquatable();
    }

    /// <summary>The user's names are those of the caller; only counters, which are local to their loops, keep theirs.</summary>
    private static bool IsCounter(Value value) => value.Type is ScalarType { Kind: ElementKind.Int32 } && value.Name.Length == 1;

    private static Instruction AtStep(Instruction instruction, int step)
    {
        Region Inside(Region region) => region with { Body = region.Body.Select(i => AtStep(i, step)).ToEquatable() };
        return instruction switch
        {
            If branch => branch with { Step = step, Then = Inside(branch.Then), Else = Inside(branch.Else) },
            For loop => loop with { Step = step, Body = Inside(loop.Body) },
            While loop => loop with { Step = step, Body = Inside(loop.Body) },
            _ => instruction with { Step = step },
        };
    }

    // One step: the ids on the right are those of the caller, and those of a callee on the left may be the same numbers.
    private static Value Use(Value value, Dictionary<int, Value> map) => map.TryGetValue(value.Id, out Value? mapped) ? mapped : value;
}

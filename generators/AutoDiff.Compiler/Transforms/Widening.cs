using AutoDiff.Compiler.Analysis;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Transforms;

/// <summary>
/// Several directions in one pass: everything that depends on the tangents (or cotangents) that a function is seeded with becomes a vector with one lane for each direction, and
/// the primal values, the same for all directions, stay numbers (uniform and varying values, as in Pharr and Mark, "ispc", 2012). This works because derivatives are linear
/// in their seeds: no such value decides a branch, is an index, or meets another one but in a sum. The last transform before emission.
/// </summary>
public sealed partial class Widening
{
    private readonly BufferFacts _buffers;
    private readonly int _lanes;
    private readonly HashSet<int> _wide = [];
    private bool _changed;

    private Widening(Function function, int lanes)
    {
        _buffers = BufferFacts.Of(function);
        _lanes = lanes;
    }

    /// <param name="derived">A derivative function.</param>
    /// <param name="roles">The roles of the parameters that have lanes.</param>
    /// <param name="lanes">How many.</param>
    /// <exception cref="NotSupportedException">Something is not linear in the seeds.</exception>
    public static DerivedFunction Run(DerivedFunction derived, IReadOnlyCollection<ParameterRole> roles, int lanes)
    {
        Function function = derived.Function;
        Value[] seeds = [.. function.Parameters.Where((_, k) => roles.Contains(derived.Roles[k].Role)).Select(static p => p.Value)];
        if (lanes == 1 && !seeds.Any(static v => IsFlat(v.Type))) return derived;
        var pass = new Widening(function, lanes);
        foreach (Value seed in seeds) pass._wide.Add(seed.Id);
        do
        {
            pass._changed = false;
            pass.Spread(function.Body);
        }
        while (pass._changed);

        var builder = new InstructionBuilder(new ValueFactory(Numbering.NextId(function)));
        pass.Visit(function.Body, builder);
        int own = derived.Primal.Outputs.Length;
        Value[] yields = [.. function.Body.Yields.Select((v, k) => k < own ? v : pass.Wide(v, builder))];
        Region body = builder.ToRegion(function.Body.Parameters.Select(pass.Map), yields);
        return derived with
        {
            Function = function with
            {
                Parameters = function.Parameters.Select(p => p with { Value = pass.Map(p.Value) }).ToEquatable(),
                Outputs = function.Outputs.Select((o, k) => o with { Type = body.Yields[k].Type }).ToEquatable(),
                Body = body,
            },
        };
    }

    private int Cell(Value value) => value.Type is BufferType ? _buffers.Root(value).Id : value.Id;

    private bool IsWide(Value value) => _wide.Contains(Cell(value));

    private void Flow(Value from, Value to)
    {
        if (IsWide(from) && _wide.Add(Cell(to))) _changed = true;
    }

    /// <summary>Memory and tapes of two values that stand for one another have one type.</summary>
    private void Meet(Value from, Value to)
    {
        Flow(from, to);
        if (to.Type is not ScalarType) Flow(to, from);
    }

    private void Spread(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            foreach (Region nested in instruction.Regions) Spread(nested);
            switch (instruction)
            {
                case Apply apply:
                    foreach (Value input in apply.Inputs) Flow(input, apply.Result);
                    break;
                case Load load:
                    Flow(load.Buffer, load.Result);
                    break;
                case Store store:
                    Flow(store.Operand, store.Buffer);
                    break;
                case Accumulate accumulate:
                    Flow(accumulate.Operand, accumulate.Buffer);
                    break;
                case FillBuffer fill:
                    Flow(fill.Operand, fill.Buffer);
                    break;
                case CopyBuffer copy:
                    Meet(copy.Source, copy.Destination);
                    break;
                case Push push:
                    Flow(push.Operand, push.Tape);
                    break;
                case Pop pop:
                    Flow(pop.Tape, pop.Result);
                    break;
                case If branch:
                    for (int k = 0; k < branch.Defines.Length; k++)
                    {
                        Meet(branch.Then.Yields[k], branch.Defines[k]);
                        Meet(branch.Else.Yields[k], branch.Defines[k]);
                    }

                    break;
                case For loop:
                    Carry(loop.Defines, loop.Initial, loop.Body.Parameters.Skip(1).ToArray(), loop.Body.Yields);
                    break;
                case While loop:
                    Carry(loop.Defines, loop.Initial, loop.Body.Parameters, loop.Body.Yields);
                    break;
            }
        }
    }

    private void Carry(EquatableArray<Value> results, EquatableArray<Value> initial, IReadOnlyList<Value> states, EquatableArray<Value> yields)
    {
        for (int k = 0; k < results.Length; k++)
        {
            Meet(initial[k], states[k]);
            Meet(yields[k], states[k]);
            Flow(states[k], results[k]);
            Flow(results[k], states[k]);
        }
    }

    private IrType Widen(IrType type) => type switch
    {
        ScalarType scalar => scalar with { Lanes = _lanes },
        BufferType { Struct: { } structs } buffer when NumberOf(structs) is { } number => new BufferType(number, buffer.Kind, _lanes),
        BufferType buffer => buffer with { Lanes = _lanes },
        TapeType tape => tape with { Element = Widen(tape.Element) },
        _ => throw new NotSupportedException($"{type} has no lanes"),
    };

    private Value Map(Value value) => IsWide(value) ? value with { Type = Widen(value.Type) } : value;

    /// <summary>The value with lanes: a number is repeated.</summary>
    private Value Wide(Value value, InstructionBuilder builder)
        => IsWide(value) || _lanes == 1 ? Map(value) : value.Type is ScalarType ? builder.Apply(new BroadcastTo(), Widen(value.Type), value) : value;

    private void Visit(Region region, InstructionBuilder builder)
    {
        foreach (Instruction instruction in region.Body)
        {
            builder.Step = instruction.Step;
            builder.Append(Visit(Flat(instruction, builder), builder));
        }
    }

    private Instruction Visit(Instruction instruction, InstructionBuilder builder)
    {
        switch (instruction)
        {
            case Apply { Operation: Elementwise elementwise } apply when IsWide(apply.Result):
                return apply with { Result = Map(apply.Result), Inputs = Operands(elementwise.Op, apply.Inputs, builder) };
            case Store store when IsWide(store.Buffer):
                return store with { Buffer = Map(store.Buffer), Operand = Wide(store.Operand, builder) };
            case Accumulate accumulate when IsWide(accumulate.Buffer):
                return accumulate with { Buffer = Map(accumulate.Buffer), Operand = Wide(accumulate.Operand, builder) };
            case FillBuffer fill when IsWide(fill.Buffer):
                return fill with { Buffer = Map(fill.Buffer), Operand = Wide(fill.Operand, builder) };
            case Push push when IsWide(push.Tape):
                return push with { Tape = Map(push.Tape), Operand = Wide(push.Operand, builder) };
            case If branch:
                return branch with { Then = Arm(branch.Then, branch.Defines, builder), Else = Arm(branch.Else, branch.Defines, builder), Defines = Map(branch.Defines) };
            case For loop:
                EquatableArray<Value> first = Joined(loop.Initial, loop.Defines, builder);
                return loop with { Initial = first, Body = Arm(loop.Body, loop.Defines, builder), Defines = Map(loop.Defines) };
            case While loop:
                first = Joined(loop.Initial, loop.Defines, builder);
                return loop with { Initial = first, Body = Arm(loop.Body, loop.Defines, builder), Defines = Map(loop.Defines) };
            default:
                return instruction.Rewrite(Map, Map);
        }
    }

    /// <summary>Sums and choices need lanes on both sides; a product with a number, or a quotient by one, does not.</summary>
    private EquatableArray<Value> Operands(ScalarOp op, EquatableArray<Value> inputs, InstructionBuilder builder)
    {
        if (_lanes == 1) return Map(inputs);
        int wide = inputs.Count(IsWide);
        switch (op)
        {
            case ScalarOp.Add or ScalarOp.Subtract:
                return inputs.Select(v => Wide(v, builder)).ToEquatable();
            case ScalarOp.Select when !IsWide(inputs[0]):
                return [inputs[0], Wide(inputs[1], builder), Wide(inputs[2], builder)];
            case ScalarOp.Negate or ScalarOp.Convert or ScalarOp.Detach:
            case ScalarOp.Multiply or ScalarOp.StrongProduct when wide == 1:
            case ScalarOp.Divide when wide == 1 && IsWide(inputs[0]):
                return Map(inputs);
            default:
                throw new NotSupportedException($"'{op}' of several directions is not linear");
        }
    }

    private Region Arm(Region region, EquatableArray<Value> results, InstructionBuilder outer)
    {
        InstructionBuilder builder = outer.Nested();
        Visit(region, builder);
        EquatableArray<Value> yields = Joined(region.Yields, results, builder);
        return builder.ToRegion(Map(region.Parameters), yields);
    }

    private EquatableArray<Value> Joined(EquatableArray<Value> values, EquatableArray<Value> results, InstructionBuilder builder)
        => values.Select((v, k) => IsWide(results[k]) ? Wide(v, builder) : Map(v)).ToEquatable();

    private EquatableArray<Value> Map(EquatableArray<Value> values) => values.Select(Map).ToEquatable();
}

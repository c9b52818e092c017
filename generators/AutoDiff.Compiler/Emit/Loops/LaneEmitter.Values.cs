using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class LaneEmitter
{
    private const int MaxInline = 6;

    /// <summary>How a value is written in lanes.</summary>
    private Expression Lane(Value value)
    {
        if (_lanes.TryGetValue(value.Id, out (Expression Text, int Operations) lane)) return lane.Text;
        switch (_loop.KindOf(value))
        {
            case LaneKind.Affine:
                long step = _facts.Of(value).Split(IndexFacts.AtomOf(Loop.Counter))!.Value.Coefficient.AsConstant!.Value;
                if (step == 1) return Expression.Atom($"V.Iota({_context.Use(value)})");
                return new($"V.Broadcast({_context.Use(value)}) + {VectorText.Constant(step)} * V.Iota(0)", Precedence.Additive);
            case LaneKind.Uniform when value.Type.Equals(IrType.Bool):
                return Expression.Atom($"{VectorText.Helpers}.Mask<V, {_element}>({_context.Use(value)})");
            case LaneKind.Uniform when _context.ConstantOf(value) is Constant constant:
                return VectorText.Constant(constant.AsDouble);
            case LaneKind.Uniform:
                return Expression.Atom($"V.Broadcast({_context.Use(value)})");
            default:
                throw new InvalidOperationException($"{value} is used in a lane before it is computed");
        }
    }

    private void DefineLane(Instruction origin, Value value, Expression text, int operations)
    {
        int uses = _context.Plan.Layout.UsesOf(value).Count;
        if (uses == 1 && _context.Plan.NameOf(value).Length == 0 && operations <= MaxInline && !_next.ContainsKey(value.Id))
        {
            _lanes[value.Id] = (text, operations);
            return;
        }

        string name = _context.Names.Reserve(LaneName(value));
        Statement(origin, $"V {name} = {text};");
        _lanes[value.Id] = (Expression.Atom(name), 0);
    }

    private int Operations(IEnumerable<Value> inputs) => 1 + inputs.Sum(v => _lanes.TryGetValue(v.Id, out (Expression, int Operations) lane) ? lane.Operations : 0);

    /// <summary>A number that is the same in all lanes, or an index: a local of the iteration unless it is part of a larger expression.</summary>
    private void DefineUniform(Value value, Instruction instruction)
    {
        if (_context.Plan.Folding.IsFolded(value)) return;
        Expression text = _context.Text(instruction);
        string name = _context.Names.Reserve(NameHints.Of(value, _context));
        Statement(instruction, $"{_context.TypeText(value.Type)} {name} = {text};");
        _context.Bind(value, name);
        _bound.Add(value.Id);
    }

    private void Statement(Instruction origin, string text)
    {
        // The rest repeats the whole vectors' statements; its steps were named there.
        if (_rest is null) _context.Statement(origin, text);
        else _context.Statement(text);
    }

    private Expression ApplyText(Apply apply)
    {
        ScalarOp op = ((Elementwise)apply.Operation).Op;
        Value operand = apply.Inputs[op == ScalarOp.Select ? 1 : 0];
        ElementKind kind = operand.Element.IsInteger() ? _loop.Element : operand.Element;
        return VectorText.Of(op, apply.Result.Element, kind, _element, [.. apply.Inputs.Select(Lane)], _rest is null ? _inlined : null);
    }

    private string LoadText(Value buffer, Value index)
    {
        string at = _context.Use(index);
        if (!_loop.Strides.TryGetValue(index.Id, out IndexPolynomial? stride))
        {
            string span = _context.Use(buffer);
            return _rest is null ? $"V.Load({span}, {at})" : $"V.LoadPartial({span}, {at}, {_rest})";
        }

        string step = stride.AsConstant!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // What a kernel is given is a span, of arrays too.
        string start = $"global::System.Runtime.InteropServices.MemoryMarshal.GetReference({_context.Use(buffer)})";
        return _rest is null ? $"V.LoadStrided(in {start}, {at}, {step})" : $"V.LoadStridedPartial(in {start}, {at}, {step}, {_rest})";
    }

    private string StoreText(string value, Value buffer, Value index)
    {
        string span = _context.Use(buffer), at = _context.Use(index);
        return _rest is null ? $"V.Store({value}, {span}, {at});" : $"V.StorePartial({value}, {span}, {at}, {_rest});";
    }

    private string StoreIntegersText(string value, Value buffer, Value index, string? mask)
        => $"{Helpers}.StoreIntegers<V>({value}, {mask ?? "V.FirstLanes(V.Count)"}, {_context.Use(buffer)}, {_context.Use(index)}, {_rest ?? "V.Count"});";
}

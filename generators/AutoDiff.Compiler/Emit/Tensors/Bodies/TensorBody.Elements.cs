using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

// Elements that no vector lane holds (integers, truth values of integers, conversions between widths, Half): a plain loop.
internal sealed partial class TensorBody
{
    private void EmitElements(Apply apply)
    {
        Written(apply.Result);
        Shape shape = Fusible.Full(apply.Result);
        string k = _context.NewName("k"), destination = SpanOf(_places[apply.Result.Id].Root);
        _context.Statement(apply, $"for (int {k} = 0; {k} < {Spell(shape.Count)}; {k}++)");
        _context.Block("", () =>
        {
            Expression[] inputs = [.. apply.Inputs.Select(input => input.Type is TensorType
                ? Expression.Atom($"{SpanOf(_places[input.Id].Root)}[{At(input, shape, k)}]")
                : _context.Expr(input))];
            Expression text = apply.Operation switch
            {
                Elementwise { Op: var op } => ScalarText.Of(op, apply.Result.Element, apply.Inputs[op == ScalarOp.Select ? 1 : 0].Element, inputs),
                BroadcastTo or Copy => inputs[0],
                CausalFill fill => Causal(apply, fill, inputs[0], shape, k),
                _ => throw new NotSupportedException($"{apply.Operation.Name} of {apply.Result.Type} has no kernel"),
            };
            _context.Statement($"{destination}[{At(apply.Result, shape, k)}] = {text};");
        });
    }

    private Expression Causal(Apply apply, CausalFill fill, Expression input, Shape shape, string k)
    {
        string columns = Group(Spell(shape[-1])), rows = Group(Spell(shape[-2])), literal = $"({apply.Result.Element.CSharp()})({CSharpLiteral.Double(fill.Fill)})";
        string start = fill.Start == Dim.Zero ? "" : $"{Spell(fill.Start)} + ";
        return new Expression($"{k} % {columns} > {start}{k} / {columns} % {rows} ? {literal} : {input}", Precedence.Conditional);
    }

    /// <summary>The index in its storage of the element of an operand that belongs to the <paramref name="k"/>-th of a space.</summary>
    private string At(Value value, Shape space, string k)
    {
        Place place = _places[value.Id];
        Shape shape = Fusible.Full(value);
        if (shape == space && place.Layout.Offset == Dim.Zero && place.Layout.IsContiguous(shape)) return k;
        var terms = new List<string>();
        if (place.Layout.Offset != Dim.Zero) terms.Add(Spell(place.Layout.Offset));
        int missing = space.Rank - shape.Rank;
        for (int axis = missing; axis < space.Rank; axis++)
        {
            Dim stride = place.Layout.Strides[axis - missing], inner = space.CountFrom(axis + 1);
            if (stride == Dim.Zero || shape[axis - missing].IsOne) continue;
            string index = inner.IsOne ? k : $"{k} / {Group(Spell(inner))}";
            if (axis > 0) index += $" % {Group(Spell(space[axis]))}";
            terms.Add(stride.IsOne ? index : $"({index}) * {Group(Spell(stride))}");
        }

        return terms.Count == 0 ? "0" : string.Join(" + ", terms);
    }

    private static string Group(string text) => text.Contains(' ') ? "(" + text + ")" : text;
}

using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

// The text of values: in the lanes of a column loop, once a row, or once a kernel.
internal sealed partial class RowKernelEmitter
{
    private readonly Dictionary<int, string> _targets = [];
    private readonly Dictionary<int, string> _targetNames = [];
    private readonly Dictionary<int, string> _uniformNames = [];
    private readonly Dictionary<int, string> _dropouts = [];

    private Expression LaneText(Apply apply, int loop)
    {
        string lanes = _isRest ? "rest" : "V.Count";
        switch (apply.Operation)
        {
            case Elementwise elementwise:
                return Text(elementwise.Op, apply, input => Lane(input, loop));
            case BroadcastTo or Copy:
                return Lane(apply.Inputs[0], loop);
            case CausalFill fill:
                string position = _space.HasOneAxis ? $"row % {Group(_fields.Dim(_kernel.Space[-2]))}" : Axis(_space.LastAxis);
                if (_space.HasOneAxis && _kernel.Space.Rank == 2) position = "row";
                if (fill.Start != Dim.Zero) position = $"{_fields.Dim(fill.Start)} + {position}";
                return Expression.Atom($"{VectorText.Helpers}.Causal<V, {_element}>({Lane(apply.Inputs[0], loop)}, {VectorText.Constant(fill.Fill)}, {position}, j)");
            case MaskTarget mask:
                return Expression.Atom($"V.Select({Counted(_before, apply.Inputs[1], mask.IgnoreIndex)}, {Lane(apply.Inputs[0], loop)}, V.Zero)");
            case OneHot:
                return Expression.Atom($"{VectorText.Helpers}.OneHot<V, {_element}>({Target(_before, apply.Inputs[0])}, j)");
            case DropoutMask:
                string index = _space.IsFlat ? $"{_flatAt} + j" : $"(nint)row * {Group(_columns)} + j";
                return Expression.Atom($"{Dropout(apply)}.Lanes<V>({index}, {lanes})");
            case Gather:
                return GatherText(apply, lanes);
            default:
                throw new NotSupportedException($"a row kernel does not know {apply.Operation.Name}");
        }
    }

    private Expression GatherText(Apply apply, string lanes)
    {
        Address table = _addresses[Key(apply, 0)], indices = _addresses[Key(apply, 1)];
        string values = Reference(_fields.Span(table.Root, false)), by = Reference(_fields.Span(indices.Root, false));
        Layout layout = _host.PlaceOf(apply.Inputs[0]).Layout;
        string stride = Group(_fields.Dim(layout.Strides[0])), row = Offset(_before, indices);
        if (Fusible.Full(apply.Inputs[0]).Rank == 1)
        {
            string at = row.Length == 0 ? "j" : $"{row} + j";
            return Expression.Atom($"{VectorText.Helpers}.Gather<V, {_element}>(ref {values}, {stride}, ref {by}, {at}, {lanes})");
        }

        string start = $"(nint){Memory}.Add(ref {by}, {(row.Length == 0 ? "0" : row)}) * {stride}", rest = Offset(_before, table);
        string name = Shared(_before, rest.Length == 0 ? start : $"{start} + {rest}");
        return Expression.Atom(LoadAt(values, name, table.Column));
    }

    /// <summary>A value in the lanes of the present loop.</summary>
    private Expression Lane(Value value, int loop)
    {
        if (_lanes.TryGetValue(value.Id, out (Expression Text, int Operations) lane)) return lane.Text;
        if (value.Type is not TensorType) return Uniform(value);
        if (_schedule.IsReloaded(value, loop))
        {
            if (!_scratch.TryGetValue(value.Id, out string? scratch)) return Expression.Atom(Load(_addresses[value.Id], value.Element));
            string j = ScratchIndex(_before);
            Use(scratch);
            return Expression.Atom(_isRest ? $"V.LoadPartial(ref {scratch}, {j}, rest)" : $"V.Load(ref {scratch}, {j})");
        }

        if (_schedule.IsInside(value) && _schedule.IsColumn(value)) throw new InvalidOperationException($"{value} is read in a loop that does not compute it");
        return _schedule.IsInside(value) || _addresses[value.Id].Column == Dim.Zero ? LanesOfRow(_before, value) : Expression.Atom(Load(_addresses[value.Id], value.Element));
    }

    private string ScratchIndex(SourceWriter writer) => IsGrouped ? Shared(writer, $"(nint){RowInGroup} * {Group(_columns)}") + " + j" : "j";

    private string Load(Address address, ElementKind kind)
    {
        string reference = Reference(_fields.Span(address.Root, false));
        if (kind.IsFloating())
        {
            string at = Offset(_before, address);
            return LoadAt(reference, at, address.Column);
        }

        string lanes = _isRest ? "rest" : "V.Count", stride = _fields.Dim(address.Column);
        string load = kind == ElementKind.Bool ? $"LoadMask<V, {_element}>" : $"LoadConverted<V, {_element}, {kind.CSharp()}>";
        return $"{VectorText.Helpers}.{load}(ref {reference}, {Index(address)}, {stride}, {lanes})";
    }

    private string LoadAt(string reference, string at, Dim column)
    {
        string prefix = at.Length == 0 ? "" : at + " + ";
        if (column.IsOne) return _isRest ? $"V.LoadPartial(ref {reference}, {prefix}j, rest)" : $"V.Load(ref {reference}, {prefix}j)";
        string stride = Group(_fields.Dim(column));
        return _isRest
            ? $"V.LoadStridedPartial(ref {reference}, {prefix}j * {stride}, {stride}, rest)"
            : $"V.LoadStrided(ref {reference}, {prefix}j * {stride}, {stride})";
    }

    private string Index(Address address)
    {
        string at = Offset(_before, address), j = address.Column.IsOne ? "j" : $"j * {Group(_fields.Dim(address.Column))}";
        return at.Length == 0 ? j : $"{at} + {j}";
    }

    private Expression Text(ScalarOp op, Apply apply, Func<Value, Expression> input)
    {
        if (op == ScalarOp.Select && apply.Inputs[0].Type is ScalarType)
            return Conditional(_fields.Scalar(apply.Inputs[0]), input(apply.Inputs[1]), input(apply.Inputs[2]));
        ElementKind operand = apply.Inputs[op == ScalarOp.Select ? 1 : 0].Element;
        return VectorText.Of(op, apply.Result.Element, operand, _element, [.. apply.Inputs.Select(input)], Inlined);
    }

    // A choice that is the same for all is a branch that is always predicted.
    private static Expression Conditional(string condition, Expression whenTrue, Expression whenFalse)
        => new($"{condition} ? {whenTrue.Within(Precedence.OrElse)} : {whenFalse.Within(Precedence.Conditional)}", Precedence.Conditional);

    /// <summary>A scalar of the method: a constant, or a captured number in every lane.</summary>
    private Expression Uniform(Value scalar)
    {
        if (_host.ConstantOf(scalar) is { } constant && scalar.Element != ElementKind.Bool) return VectorText.Constant(constant.AsDouble);
        if (!_uniform.TryGetValue(scalar.Id, out string? name))
        {
            string field = _fields.Scalar(scalar);
            if (!_uniformNames.TryGetValue(scalar.Id, out name)) name = _uniformNames[scalar.Id] = _names.Reserve(CSharpNames.Unescape(field) + "Lanes");
            _uniform[scalar.Id] = name;
            string value = scalar.Element == ElementKind.Bool ? $"{VectorText.Helpers}.Mask<V, {_element}>({field})"
                : scalar.Element.CSharp() == _element ? $"V.Broadcast({field})" : $"V.Broadcast(({_element}){field})";
            _head.WriteLine($"V {name} = {value};");
        }

        return Expression.Atom(name);
    }

    private string Target(SourceWriter writer, Value targets)
    {
        if (_targets.TryGetValue(targets.Id, out string? name)) return name;
        Address address = _addresses[targets.Id];
        string reference = Reference(_fields.Span(address.Root, false));
        name = _targets[targets.Id] = TargetName(targets.Id, "target");
        string at = address.Offset == Dim.Zero ? "row" : $"{_fields.Dim(address.Offset)} + row";
        writer.WriteLine($"int {name} = (int){Memory}.Add(ref {reference}, {at});");
        return name;
    }

    private string Counted(SourceWriter writer, Value targets, int ignoreIndex)
    {
        int key = -1 - targets.Id;
        if (_targets.TryGetValue(key, out string? name)) return name;
        string target = Target(writer, targets);
        name = _targets[key] = TargetName(key, "counted");
        writer.WriteLine($"V {name} = {VectorText.Helpers}.Mask<V, {_element}>({target} != {Literal(ignoreIndex)});");
        return name;
    }

    private string TargetName(int key, string preferred) => _targetNames.TryGetValue(key, out string? name) ? name : _targetNames[key] = _names.Reserve(preferred);

    private string Dropout(Apply apply)
    {
        int key = apply.Result.Id;
        if (!_dropouts.TryGetValue(key, out string? name))
        {
            string type = $"global::AutoDiff.Generated.DropoutLanes<{_element}>";
            string seed = _host.ScalarOf(apply.Inputs[1]), rate = _host.ScalarOf(apply.Inputs[0]);
            name = _dropouts[key] = _fields.Extra(type, "kept", $"new {type}({rate}, unchecked((ulong)({seed})))");
        }

        return name;
    }

    private static string Literal(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

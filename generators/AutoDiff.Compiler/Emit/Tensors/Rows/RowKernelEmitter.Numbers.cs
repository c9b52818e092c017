using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

// What a row has once is a number, and is spread over the lanes of a vector where a column loop needs it.
internal sealed partial class RowKernelEmitter
{
    private readonly Dictionary<int, Expression> _rowValues = [];
    private readonly Dictionary<int, Expression> _rowLanes = [];
    private readonly Dictionary<int, string> _rowNames = [];
    private readonly Dictionary<int, string> _laneNamesOfRow = [];
    private readonly Dictionary<int, string> _carried = [];
    private string _group = "";
    private string _first = "";
    private int _loop;

    private string RowInGroup => $"(row - {_first})";

    /// <summary>The variable of a value that a row has once, the same in each loop over the rows.</summary>
    private string NameOf(Value value) => _rowNames.TryGetValue(value.Id, out string? name) ? name : _rowNames[value.Id] = _names.Reserve(_host.NameOf(value));

    private void WriteRowValue(SourceWriter writer, Apply apply)
    {
        _before = writer;
        string text = RowText(writer, apply).Text, name = NameOf(apply.Result);
        writer.WriteLine($"{NumberType(apply.Result)} {name} = {text};");
        _rowValues[apply.Result.Id] = Expression.Atom(name);
        StoreRowValue(writer, apply.Result);
    }

    private void StoreRowValue(SourceWriter writer, Value value)
    {
        if (_carried.TryGetValue(value.Id, out string? carried)) writer.WriteLine($"{Memory}.Add(ref {Use(carried)}, row - {_first}) = {_rowValues[value.Id].Text};");
        if (!_kernel.Defines.Contains(value)) return;
        Address address = _addresses[value.Id];
        string reference = Reference(_fields.Span(address.Root, true)), index = Offset(writer, address);
        string assign = _host.Accumulates(address.Root) ? "+=" : "=";
        writer.WriteLine($"{Memory}.Add(ref {reference}, {(index.Length == 0 ? "0" : index)}) {assign} {_rowValues[value.Id].Text};");
    }

    private Expression RowText(SourceWriter writer, Apply apply) => apply.Operation switch
    {
        Elementwise { Op: var op } => RowNumbers.Of(op, apply.Result.Element, apply.Inputs[op == ScalarOp.Select ? 1 : 0].Element, Element,
            [.. apply.Inputs.Select(input => OfRow(writer, input))]),
        MaskTarget mask => Expression.Atom($"{Target(writer, apply.Inputs[1])} != {Literal(mask.IgnoreIndex)} ? {OfRow(writer, apply.Inputs[0]).Within(Precedence.OrElse)} : 0"),
        PickTarget pick => Picked(writer, apply, pick),
        _ => OfRow(writer, apply.Inputs[0]),
    };

    private Expression Picked(SourceWriter writer, Apply apply, PickTarget pick)
    {
        Address address = _addresses[apply.Inputs[0].Id];
        string reference = Reference(_fields.Span(address.Root, false)), at = Offset(writer, address), target = Target(writer, apply.Inputs[1]);
        string column = address.Column.IsOne ? target : $"{target} * {Group(_fields.Dim(address.Column))}";
        string element = $"{Memory}.Add(ref {reference}, {(at.Length == 0 ? column : $"{at} + {column}")})";
        return Expression.Atom($"{target} == {Literal(pick.IgnoreIndex)} ? 0 : {element}");
    }

    /// <summary>A value that is the same for the whole row, as a number.</summary>
    private Expression OfRow(SourceWriter writer, Value value)
    {
        if (value.Type is not TensorType) return Number(value);
        if (_rowValues.TryGetValue(value.Id, out Expression known)) return known;
        string text = RowElement(writer, value), name = NameOf(value);
        writer.WriteLine($"{NumberType(value)} {name} = {text};");
        return _rowValues[value.Id] = Expression.Atom(name);
    }

    /// <summary>A value that is the same for the whole row, in every lane.</summary>
    private Expression LanesOfRow(SourceWriter writer, Value value)
    {
        if (_rowLanes.TryGetValue(value.Id, out Expression known)) return known;
        bool isNumber = _rowValues.TryGetValue(value.Id, out Expression number);
        string text = isNumber ? number.Text : RowElement(writer, value);
        if (!_laneNamesOfRow.TryGetValue(value.Id, out string? name))
            name = _laneNamesOfRow[value.Id] = _names.Reserve(isNumber || _carried.ContainsKey(value.Id) ? CSharpNames.Unescape(NameOf(value)) + "Lanes" : _host.NameOf(value));
        writer.WriteLine(value.Element == ElementKind.Bool ? $"V {name} = {VectorText.Helpers}.Mask<V, {_element}>({text});" : $"V {name} = V.Broadcast({text});");
        return _rowLanes[value.Id] = Expression.Atom(name);
    }

    private string RowElement(SourceWriter writer, Value value)
    {
        if (_carried.TryGetValue(value.Id, out string? carried) && _schedule.RowLoopOf(value) < _loop) return $"{Memory}.Add(ref {Use(carried)}, row - {_first})";
        Address address = _addresses[value.Id];
        string reference = Reference(_fields.Span(address.Root, false)), at = Offset(writer, address);
        string element = $"{Memory}.Add(ref {reference}, {(at.Length == 0 ? "0" : at)})";
        return value.Element == ElementKind.Bool || value.Element.CSharp() == _element ? element : $"({_element}){element}";
    }

    /// <summary>A scalar of the method: a constant, or a captured number.</summary>
    private Expression Number(Value scalar)
    {
        if (_host.ConstantOf(scalar) is { } constant && scalar.Element != ElementKind.Bool) return Expression.Atom(ScalarLiteral(constant.AsDouble));
        string field = _fields.Scalar(scalar);
        return scalar.Element == ElementKind.Bool || scalar.Element.CSharp() == _element ? Expression.Atom(field) : Expression.Prefix($"({_element})", Expression.Atom(field));
    }

    private string NumberType(Value value) => value.Element == ElementKind.Bool ? "bool" : _element;

    private ElementKind Element => _element == "float" ? ElementKind.Single : ElementKind.Double;
}

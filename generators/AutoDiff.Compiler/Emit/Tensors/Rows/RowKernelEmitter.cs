using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// Writes a <see cref="RowKernel"/>: a <c>ref struct</c> with the loop, and the statements that run it. Rows are independent, so threads share them; sums over
/// rows are taken in blocks of rows of a fixed size, whose partial sums are then added in order, so that the number of threads changes nothing.
/// </summary>
internal sealed partial class RowKernelEmitter
{
    private readonly RowKernel _kernel;
    private readonly IKernelHost _host;
    private readonly string _element;
    private readonly UniqueNames _names = new("start", "end", "row", "j", "rest", "V", "Rows", "columns");
    private readonly KernelFields _fields;
    private readonly RowSchedule _schedule;
    private readonly RowSpace _space;
    private readonly Dictionary<int, Address> _addresses = [];
    private readonly List<Apply> _columnSums;
    private readonly string _columns;

    public RowKernelEmitter(RowKernel kernel, IKernelHost host)
    {
        (_kernel, _host) = (kernel, host);
        _element = ElementOf(kernel).CSharp();
        _fields = new KernelFields(host, _names);
        _columnSums = [.. kernel.Body.Where(Fusible.IsColumnReduction)];
        foreach (Value value in kernel.Defines.Where(v => !_columnSums.Any(sum => sum.Result.Id == v.Id))) AddAddress(value, value.Id);
        foreach (Apply apply in kernel.Body) AddAddresses(apply);
        _schedule = new RowSchedule(kernel, CanReload);
        bool needsRows = kernel.Body.Any(static a => a.Operation is Reduce or PickTarget or MaskTarget or OneHot or CausalFill or Gather)
            || kernel.Body.Any(a => !_schedule.IsColumn(a.Result));
        Shape space = kernel.Space;
        if (!needsRows && space.Rank > 1 && space[-1].IsOne)
        {
            // Columns of length 1 are no columns: the last axis before them takes their place.
            space = new Shape(space.Dims.Take(space.Rank - 1).ToEquatable());
            foreach (int key in _addresses.Keys.ToArray())
            {
                Address a = _addresses[key];
                _addresses[key] = a with { Outer = a.Outer.Take(space.Rank - 1).ToEquatable(), Column = a.Outer[space.Rank - 1] };
            }
        }

        _space = new RowSpace(space, _addresses.Values, needsRows, kernel.Body.Any(static a => a.Operation is CausalFill));
        _columns = _space.IsFlat ? "columns" : ColumnsText();
    }

    private bool IsBlocked => _columnSums.Count > 0;

    /// <summary>Whether a loop of a row waits for what another one sums; truth values are not carried from loop to loop.</summary>
    private bool IsGrouped => _isGrouped ??= !_space.IsFlat && _schedule.Loops.Count() > 1 && _schedule.Carried().All(static v => v.Element.IsFloating());

    private bool? _isGrouped;

    private static ElementKind ElementOf(RowKernel kernel)
        => kernel.Body.SelectMany(static a => a.Inputs.Prepend(a.Result)).First(static v => v.Type is TensorType && v.Element.IsFloating()).Element;

    private void AddAddresses(Apply apply)
    {
        switch (apply.Operation)
        {
            case Gather:
                (Value table, Value indices) = (apply.Inputs[0], apply.Inputs[1]);
                Shape of = Fusible.Full(table), by = Fusible.Full(indices);
                Place place = _host.PlaceOf(table), index = _host.PlaceOf(indices);
                bool byRow = of.Rank > 1;
                var rows = Enumerable.Repeat(Dim.Zero, by.Rank).Concat(place.Layout.Strides.Skip(1)).ToList();
                var positions = index.Layout.Strides.Concat(Enumerable.Repeat(Dim.Zero, of.Rank - 1)).ToList();
                int last = _kernel.Space.Rank - 1;
                _addresses[Key(apply, 0)] = new(place.Root, place.Layout.Offset, rows.Take(last).ToEquatable(), byRow ? rows[last] : Dim.Zero);
                _addresses[Key(apply, 1)] = new(index.Root, index.Layout.Offset, positions.Take(last).ToEquatable(), positions[last]);
                break;
            case OneHot:
                AddTargets(apply.Inputs[0]);
                break;
            case PickTarget or MaskTarget:
                if (!_kernel.Body.Any(a => a.Result.Id == apply.Inputs[0].Id)) AddAddress(apply.Inputs[0], apply.Inputs[0].Id);
                AddTargets(apply.Inputs[1]);
                break;
            default:
                foreach (Value input in apply.Inputs)
                    if (input.Type is TensorType && !_kernel.Body.Any(a => a.Result.Id == input.Id)) AddAddress(input, input.Id);
                break;
        }
    }

    /// <summary>One target for each row, in the order of the rows, whatever the axes of either.</summary>
    private void AddTargets(Value targets)
    {
        Dim[] strides = Layout.RowMajor(new Shape([.. _kernel.Space.Dims.Take(_kernel.Space.Rank - 1)])).Strides.ToArray();
        Place place = _host.PlaceOf(targets);
        _addresses[targets.Id] = new(place.Root, place.Layout.Offset, strides.ToEquatable(), Dim.Zero);
    }

    private void AddAddress(Value value, int key) => _addresses[key] = Address.Of(_host.PlaceOf(value), Fusible.Full(value), _kernel.Space);

    // Operands of a gather are reached in their own way even where the same tensor is read in the usual one too.
    private static int Key(Apply gather, int operand) => -1 - (2 * gather.Result.Id + operand);

    private bool CanReload(Value value) => _kernel.Defines.Contains(value) && value.Element.IsFloating()
        && _addresses[value.Id].Column.IsOne && !_host.Accumulates(_addresses[value.Id].Root);

    private string ColumnsText() => _fields.Dim(_space.Columns);

    /// <summary>Writes the struct.</summary>
    public void WriteStruct(SourceWriter writer, string name)
    {
        var body = new SourceWriter();
        WriteRows(body);
        using (writer.Block($"private ref struct {name} : global::AutoDiff.Parallel.IRowLoop<{_element}>"))
        {
            foreach ((string type, string field, _) in _fields.All) writer.WriteLine($"public {type} {field};");
            writer.BlankLine();
            writer.WriteLine("/// <inheritdoc/>");
            using (writer.Block($"public void Rows<V>(int start, int end) where V : struct, global::AutoDiff.Simd.IVector<V, {_element}>"))
                writer.Write(body.ToString());
            string loops = _loops.ToString();
            if (loops.Length == 0) return;
            writer.BlankLine();
            writer.Write(loops);
        }
    }

    /// <summary>Functions are inlined into the loops over whole vectors; the rest of a row calls them.</summary>
    private InlineBudget? Inlined => _isRest ? null : _inlined;

    private InlineBudget? _inlined;

    /// <summary>For a method with some of the loops, each of which is there twice.</summary>
    private InlineBudget BudgetOf(IEnumerable<int> loops) => new(2 * loops.Sum(loop =>
    {
        HashSet<int> needed = _schedule.Needed(loop);
        return _kernel.Body.Where(a => needed.Contains(a.Result.Id)).Sum(static a => a.Operation is not Elementwise { Op: var op } ? 6 : InlineBudget.IsOptional(op) ? 0 : 1 + InlineBudget.LocalsOf(op));
    }));

    private int Cost => Math.Max(1, _kernel.Body.Sum(static apply => apply.Operation switch
    {
        Elementwise elementwise => VectorText.Cost(elementwise.Op) + 1,
        DropoutMask => 20,
        _ => 2,
    }));
}

using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// Writes the tensor instructions of one method body, whose places are known: memory where it is first written, kernels as nested structs, calls of pairs.
/// </summary>
internal sealed partial class TensorBody : ITensorEmitter, IKernelHost
{
    private readonly Dictionary<int, Place> _places;
    private readonly Dictionary<int, AccumulateParameter> _accumulated;
    private readonly HashSet<int> _added = [];
    private readonly ScheduledBody _scheduled;
    private readonly BodyMemory _memory;
    private readonly SourceWriter _structs;
    private readonly string _structPrefix;
    private readonly Dictionary<int, string> _spans = [];
    private readonly Dictionary<int, string> _blocks = [];
    private readonly Dictionary<int, (string Next, string Spare)> _alternating = [];
    private readonly Dictionary<int, Apply> _inKernels = [];
    private readonly Dictionary<StorageSlot, string> _slotSpans = [];
    private readonly Dictionary<int, StorageSlot> _slots = [];
    private readonly Dictionary<int, (string Field, string Start)> _memos = [];
    private EmitContext _context = null!;
    private int _structs0;

    public TensorBody(ScheduledBody body, BodyMemory memory, SourceWriter structs, string structPrefix)
    {
        (_scheduled, _places, _accumulated, _memory, _structs, _structPrefix) = (body, body.Places, body.Accumulated, memory, structs, structPrefix);
        Collect(body.Region);
    }

    /// <summary>The expressions of the gradients of models, by the parameter of the method that holds the model.</summary>
    public Dictionary<int, string> GradientsOf { get; } = [];

    public BlockLane? Lane { get; init; }

    public void Use(EmitContext context) => _context = context;

    /// <summary>Words for values from outside that have no name of the user's.</summary>
    public Dictionary<int, string> KnownNames { get; } = [];

    /// <summary>What the block loops of the body left to those of the backward part: the key, the element type, the name of the block.</summary>
    public List<(int Key, string Element, string Block)> LeftMemos { get; } = [];

    /// <summary>Expressions for the spans of what was left, by their keys.</summary>
    public IReadOnlyDictionary<int, string> TakenMemos { get; init; } = new Dictionary<int, string>();

    /// <summary>Lets storages of a region share memory, once those from outside are bound.</summary>
    public void PlanStorages(Region region)
    {
        foreach (KeyValuePair<int, StorageSlot> pair in StoragePlan.Run(region, _places, _memory.Kept.Concat(_accumulated.Keys).Concat(_spans.Keys).Concat(_memos.Keys)))
            _slots[pair.Key] = pair.Value;
    }

    /// <summary>The storage of a value is to be in a part of a field where the field holds something.</summary>
    public void AddMemo(Value inner, string field, string start) => _memos[_places[inner.Id].Root.Id] = (field, start);

    /// <summary>Takes the memory of a memo.</summary>
    public void WriteMemo(Value inner) => Written(inner);

    /// <summary>Says which span a storage from outside is.</summary>
    public void BindSpan(Value root, string span) => _spans[root.Id] = span;

    /// <summary>What is written to a storage from outside is added to what it holds.</summary>
    public void AddTo(Value root) => _added.Add(root.Id);

    /// <summary>A word for a storage: its span in this body, or what it is.</summary>
    public string SpanName(Value root) => CSharpNames.Unescape(NameOf(root));

    public bool HasBlock(Value root) => _blocks.ContainsKey(root.Id);

    /// <summary>The handle of a storage that stays for the pullback.</summary>
    public string BlockOf(Value root) => _blocks[root.Id];

    public string? TypeText(IrType type) => type switch
    {
        TensorType tensor => $"global::System.ReadOnlySpan<{tensor.Element.CSharp()}>",
        TapeType { Element: TensorType tensor } => $"global::AutoDiff.Generated.ResidualTape<global::AutoDiff.Kernels.Block<{tensor.Element.CSharp()}>>",
        TapeType { Element: BufferType memory } => $"global::AutoDiff.Generated.ResidualTape<global::AutoDiff.Kernels.Block<{memory.ElementText}>>",
        TapeType { Element: ScalarType scalar } => $"global::AutoDiff.Generated.ResidualTape<{scalar.Kind.CSharp()}>",
        _ => null,
    };

    public bool TryMove(Value target, string variable, Value source, bool declare, EmitContext context)
    {
        if (target.Type is not TensorType) return false;
        string text = Whole(source);
        context.Statement(declare ? $"{TypeText(target.Type)} {variable} = {text};" : $"{variable} = {text};");
        if (!declare && _alternating.TryGetValue(target.Id, out (string Next, string Spare) pair) && _places[source.Id] is var place
            && _spans.TryGetValue(place.Root.Id, out string? span) && span == pair.Next)
        {
            // What was read in this iteration is free in the next one.
            string free = context.NewName("free");
            context.Statement($"global::System.Span<{target.Element.CSharp()}> {free} = {pair.Spare};");
            context.Statement($"{pair.Spare} = {pair.Next};");
            context.Statement($"{pair.Next} = {free};");
        }

        return true;
    }

    Place IKernelHost.PlaceOf(Value tensor) => _places[tensor.Id];

    string IKernelHost.SpanOf(Value root) => SpanOf(root);

    bool IKernelHost.Accumulates(Value root) => _accumulated.ContainsKey(root.Id) || _added.Contains(root.Id);

    string IKernelHost.ScalarOf(Value scalar) => _context.Use(scalar);

    string IKernelHost.Spell(Dim dim) => Spell(dim);

    string IKernelHost.SpellSymbol(string symbol) => _context.SpellDimension(symbol);

    Constant? IKernelHost.ConstantOf(Value value) => _context.ConstantOf(value);

    string IKernelHost.NameOf(Value value) => NameOf(value);

    private string Spell(Dim dim) => dim.ToString(_context.SpellDimension).Replace("*", " * ").Replace("/", " / ");

    private string SpanOf(Value root) => _spans.TryGetValue(root.Id, out string? span) ? span : _context.Use(root);

    private string NameOf(Value value)
    {
        if (value.Name.Length > 0) return value.Name;
        if (KnownNames.TryGetValue(value.Id, out string? name)) return name;
        if (_spans.TryGetValue(value.Id, out string? known) && known.All(static c => char.IsLetterOrDigit(c) || c == '_')) return known;
        if (_inKernels.TryGetValue(value.Id, out Apply? apply))
        {
            return apply.Operation switch
            {
                Elementwise { Op: ScalarOp.Add } => "sum",
                Elementwise { Op: ScalarOp.Subtract } => "difference",
                Elementwise { Op: ScalarOp.Multiply or ScalarOp.Square } => "product",
                Elementwise { Op: ScalarOp.Divide } => "quotient",
                Elementwise { Op: ScalarOp.Select } => "chosen",
                Elementwise { Op: var op } => op.Text(),
                Reduce { Kind: ReduceKind.Sum } => "total",
                Reduce { Kind: ReduceKind.Max or ReduceKind.Peak } => "peak",
                Reduce => "lowest",
                MatMul => "products",
                BroadcastTo => "repeated",
                _ => apply.Operation.Name,
            };
        }

        return NameHints.Of(value, _context) is "value" ? "part" : NameHints.Of(value, _context);
    }

    /// <summary>The elements of a contiguous tensor.</summary>
    private string Whole(Value value)
    {
        Place place = _places[value.Id];
        string span = SpanOf(place.Root);
        Shape shape = Fusible.Full(value);
        if (place.Layout.Offset == Dim.Zero && place.Root.Type is TensorType { Shape: var all } && all.Count == shape.Count) return span;
        return $"{span}.Slice({Spell(place.Layout.Offset)}, {Spell(shape.Count)})";
    }

    private void Collect(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            if (instruction is RowKernel rows) foreach (Apply apply in rows.Body) _inKernels[apply.Result.Id] = apply;
            if (instruction is ProductKernel product) foreach (Apply apply in product.Epilogue.Prepend(product.Product)) _inKernels[apply.Result.Id] = apply;
            if (instruction is BlockLoop loop) Collect(loop.Body with { Body = loop.Steps });
            if (instruction is Apply single) _inKernels[single.Result.Id] = single;
            foreach (Region inner in instruction.Regions) Collect(inner);
        }
    }
}

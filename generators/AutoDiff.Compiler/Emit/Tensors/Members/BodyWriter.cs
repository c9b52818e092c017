using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>Schedules a region of a method and writes it as the body of a member.</summary>
internal sealed class BodyWriter
{
    private readonly TensorMethod _method;
    private readonly SourceWriter _writer;
    private readonly Dictionary<int, Place> _places = [];
    private readonly List<(Value Value, string Span)> _spans = [];
    private readonly List<(Value Value, Expression Text)> _bound = [];
    private readonly List<(Value Value, Value Destination)> _destinations = [];
    private readonly List<Value> _kept = [];

    public BodyWriter(TensorMethod method, SourceWriter writer, UniqueNames names)
    {
        (_method, _writer, Names) = (method, writer, names);
        foreach (Parameter parameter in method.Function.Parameters)
        {
            if (parameter.Value.Type is TensorType) External(parameter.Value, method.Name(parameter));
            else _bound.Add((parameter.Value, Expression.Atom(method.Name(parameter))));
        }
    }

    public UniqueNames Names { get; }

    public TensorBody Body { get; private set; } = null!;

    public EmitContext Context { get; private set; } = null!;

    public ScheduledBody Scheduled { get; private set; } = null!;

    /// <summary>A tensor from outside, row-major in a span.</summary>
    public void External(Value tensor, string span)
    {
        _places[tensor.Id] = new Place(tensor, Layout.RowMajor(Fusible.Full(tensor)));
        _spans.Add((tensor, span));
    }

    /// <summary>A tensor whose place in a storage from outside is known.</summary>
    public void At(Value tensor, Place place) => _places[tensor.Id] = place;

    public void Bind(Value value, string text) => _bound.Add((value, Expression.Atom(text)));

    /// <summary>A tensor of the region is to be written to a span.</summary>
    public void Destination(Value tensor, Value destination, string span)
    {
        _destinations.Add((tensor, destination));
        _spans.Add((destination, span));
    }

    /// <summary>Decides what runs how.</summary>
    public void Schedule(Region region, ValueFactory values, IReadOnlyCollection<Value> kept, BlockMemos? memos = null)
    {
        _kept.AddRange(kept);
        Scheduled = Scheduler.Run(region, values, _places, kept, _destinations, memos);
    }

    /// <summary>The storages behind tensors that have to outlive the body.</summary>
    public HashSet<int> RootsOf(IEnumerable<Value> tensors)
        => [.. tensors.Where(static v => v.Type is TensorType).Select(v => _places[v.Id].Root.Id).Where(id => !_spans.Any(span => span.Value.Id == id))];

    /// <summary>Writes the body.</summary>
    public void Write(BodyMemory memory, SourceWriter structs, string prefix, StepNotes notes, IReadOnlyDictionary<int, string> gradients,
        IReadOnlyDictionary<int, string>? memos = null)
    {
        Body = new TensorBody(Scheduled, memory, structs, prefix) { TakenMemos = memos ?? new Dictionary<int, string>() };
        foreach (KeyValuePair<int, string> pair in gradients) Body.GradientsOf[pair.Key] = pair.Value;
        foreach ((Value value, string span) in _spans) Body.BindSpan(value, span);
        Body.PlanStorages(Scheduled.Region);
        // What is kept is read at the end, as what is returned is: an element that is overwritten meanwhile needs a variable.
        Region region = Scheduled.Region with
        {
            Parameters = [.. _bound.Select(static b => b.Value), .. _spans.Select(static s => s.Value)],
            Yields = [.. Scheduled.Region.Yields, .. _kept],
        };
        var plan = new VariablePlan(region, new Dictionary<int, string>(), region.Parameters);
        Context = new EmitContext(_writer, Names, plan, notes, Body) { SpellDimension = _method.Spell };
        Body.Use(Context);
        foreach ((Value value, Expression text) in _bound) Context.Bind(value, text);
        foreach ((Value value, string span) in _spans) Context.Bind(value, span);
        new BodyEmitter(Context) { ScratchName = memory.Scratch, ResidualsName = $"{memory.Workspace}.Residuals" }.EmitRange(0, region.Body.Length);
    }
}

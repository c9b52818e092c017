using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling;

/// <summary>
/// Decides where each tensor lies. Permutations, slices and reshapes are views. Where one looks at its operand in a way that strides cannot express, or a value
/// is a part of a larger one, whoever computes the value writes it in its place; only where that is impossible there is a copy.
/// </summary>
internal sealed class PlacePlanner
{
    private readonly Dictionary<int, Place> _places;
    private readonly ValueFactory _values;
    private readonly HashSet<int> _demanded = [];
    private readonly HashSet<int> _kept;
    private readonly Dictionary<int, int> _uses = [];

    /// <param name="places">The places of values from outside; this adds those of the region.</param>
    /// <param name="values">Makes copies.</param>
    /// <param name="kept">Values that outlive the destinations of the region.</param>
    public PlacePlanner(Dictionary<int, Place> places, ValueFactory values, IEnumerable<Value> kept)
        => (_places, _values, _kept) = (places, values, [.. kept.Select(static value => value.Id)]);

    /// <summary>Storages to which is added what is written there: the gradients of parameters, by the value that stands for each.</summary>
    public Dictionary<int, AccumulateParameter> Accumulated { get; } = [];

    /// <summary>What stands for the storage of a block loop's result in its body, from the first element of the result on.</summary>
    public Dictionary<int, Value> Parts { get; } = [];

    /// <param name="region">The region.</param>
    /// <param name="destinations">Values that are to be written to storages of the caller.</param>
    public Region Run(Region region, IEnumerable<(Value Value, Value Destination)> destinations)
    {
        Uses.Count(region, _uses);
        return Plan(region, [.. destinations.Select(static d => new Target(d.Value, new Place(d.Destination, Layout.RowMajor(Fusible.Full(d.Value)))))], static _ => false);
    }

    /// <summary>A value that is to be written to a storage, or added to what it holds.</summary>
    private sealed record Target(Value Value, Place Place, bool Accumulates = false);

    private Region Plan(Region region, Target[] destinations, Func<Value, bool> mustCopyYield)
    {
        Dictionary<int, Apply> applies = [];
        Dictionary<int, Instruction> definitions = [];
        foreach (Value parameter in region.Parameters) Own(parameter);
        foreach (Instruction instruction in region.Body)
        {
            foreach (Value result in instruction.Results) definitions[result.Id] = instruction;
            if (instruction is Apply apply) applies[apply.Result.Id] = apply;
        }

        var copies = new List<(Value Source, Place Place)>();
        foreach (Target target in destinations)
        {
            if (!_places.ContainsKey(target.Place.Root.Id)) _places[target.Place.Root.Id] = target.Place;
            if (!_kept.Contains(target.Value.Id) && TryDemand(target.Value, target.Place, definitions, target.Accumulates)) continue;
            if (target.Accumulates) throw new InvalidOperationException($"{target.Value} cannot be added where it belongs");
            copies.Add((target.Value, target.Place));
        }

        for (int i = region.Body.Length - 1; i >= 0; i--) Demand(region.Body[i], definitions);
        var body = new List<Instruction>();
        foreach (Instruction instruction in region.Body) Settle(instruction, body, definitions);
        foreach ((Value source, Place place) in copies) body.Add(CopyTo(source, place));
        var yields = new Value[region.Yields.Length];
        for (int k = 0; k < yields.Length; k++)
            yields[k] = region.Yields[k].Type is TensorType && destinations.Length == 0
                ? mustCopyYield(region.Yields[k]) ? Copied(region.Yields[k], body) : Contiguous(region.Yields[k], body)
                : region.Yields[k];
        return region with { Body = body.ToEquatable(), Yields = new(yields) };
    }

    private void Demand(Instruction instruction, Dictionary<int, Instruction> definitions)
    {
        switch (instruction)
        {
            case Apply { Operation: Concat concat } apply:
                if (!_demanded.Contains(apply.Result.Id)) Own(apply.Result);
                Dim start = Dim.Zero;
                foreach (Value operand in apply.Inputs)
                {
                    Place whole = _places[apply.Result.Id];
                    TryDemand(operand, whole with { Layout = whole.Layout.Slice(concat.Axis, start) }, definitions);
                    start += Fusible.Full(operand)[concat.Axis];
                }

                break;
            case Apply { Operation: Reshape } apply when apply.Result.Type is TensorType && !_demanded.Contains(apply.Result.Id) && NeedsCopy(apply, definitions):
                var place = new Place(apply.Result, Layout.RowMajor(Fusible.Full(apply.Result)));
                TryDemand(apply.Result, place, definitions);
                break;
            case AccumulateParameter accumulate when _uses[accumulate.Operand.Id] == 1 && !_kept.Contains(accumulate.Operand.Id):
                Value destination = _values.New(accumulate.Operand.Type, "d" + accumulate.Parameter);
                if (TryDemand(accumulate.Operand, new Place(destination, Layout.RowMajor(Fusible.Full(accumulate.Operand))), definitions, accumulates: true))
                {
                    Accumulated[destination.Id] = accumulate;
                    _places[destination.Id] = new Place(destination, Layout.RowMajor(Fusible.Full(accumulate.Operand)));
                }

                break;
        }
    }

    /// <summary>Whether a reshape of what its operand naturally is would not be a view.</summary>
    private static bool NeedsCopy(Apply reshape, Dictionary<int, Instruction> definitions)
        => reshape.Inputs[0].Type is TensorType { Shape: var from } && Natural(reshape.Inputs[0], definitions)?.Reshape(from, Fusible.Full(reshape.Result)) is null;

    private static Layout? Natural(Value value, Dictionary<int, Instruction> definitions)
    {
        Shape shape = Fusible.Full(value);
        if (!definitions.TryGetValue(value.Id, out Instruction? definition) || definition is not Apply apply) return Layout.RowMajor(shape);
        return apply.Operation switch
        {
            Permute permute => Natural(apply.Inputs[0], definitions)?.Permute(permute.Axes),
            SliceAxis slice => Natural(apply.Inputs[0], definitions)?.Slice(slice.Axis, slice.Start),
            Reshape when apply.Inputs[0].Type is TensorType { Shape: var from } => Natural(apply.Inputs[0], definitions)?.Reshape(from, shape) ?? Layout.RowMajor(shape),
            _ => Layout.RowMajor(shape),
        };
    }

    /// <summary>Asks whoever computes a value to write it at a place.</summary>
    private bool TryDemand(Value value, Place place, Dictionary<int, Instruction> definitions, bool accumulates = false)
    {
        if (_demanded.Contains(value.Id) || !definitions.TryGetValue(value.Id, out Instruction? definition)) return false;
        Shape shape = Fusible.Full(value);
        bool accepted = definition switch
        {
            Apply { Operation: Permute permute } apply
                => !IsShared(apply, accumulates) && TryDemand(apply.Inputs[0], place with { Layout = place.Layout.Unpermute(permute.Axes) }, definitions, accumulates),
            Apply { Operation: Reshape } apply => apply.Inputs[0].Type is TensorType { Shape: var from } && !IsShared(apply, accumulates)
                && place.Layout.Reshape(shape, from) is { } layout && TryDemand(apply.Inputs[0], place with { Layout = layout }, definitions, accumulates),
            Apply { Operation: MatMul } => place.Layout.Strides[shape.Rank - 1].IsOne,
            Apply { Operation: Concat } => true,
            Apply { Operation: GetParameter or GetMember or SliceAxis } => false,
            Apply { Operation: ScatterAdd } => place.Layout.IsContiguous(shape),
            Apply apply when Fusible.IsColumnReduction(apply) => place.Layout.IsContiguous(shape),
            // A product writes rows, and keeps unfinished sums in its destination: what an epilogue makes of the product cannot be added to what was there.
            Apply apply => Fusible.Space(apply) is not null && value.Element.IsFloating()
                && (!accumulates && Products.CanWrite(place.Layout) || !DependsOnProduct(apply, definitions)),
            Call or CallPullback => !accumulates && place.Layout.IsContiguous(shape),
            BlockLoop => !accumulates && Products.CanWrite(place.Layout),
            _ => false,
        };
        if (!accepted) return false;
        _demanded.Add(value.Id);
        _places[value.Id] = place;
        return true;
    }

    private static bool DependsOnProduct(Apply apply, Dictionary<int, Instruction> definitions) => apply.Inputs.Any(input =>
        definitions.TryGetValue(input.Id, out Instruction? definition) && definition is Apply inner
        && (inner.Operation is MatMul || (Fusible.InEpilogue(inner) && DependsOnProduct(inner, definitions))));

    // What is added to a storage cannot be read from there.
    private bool IsShared(Apply view, bool accumulates) => _kept.Contains(view.Inputs[0].Id) || (accumulates && _uses[view.Inputs[0].Id] != 1);

    private void Settle(Instruction instruction, List<Instruction> body, Dictionary<int, Instruction> definitions)
    {
        switch (instruction)
        {
            case Apply apply when _demanded.Contains(apply.Result.Id):
                if (apply.Operation is Concat concat) body.Add(Joined(apply, concat, body));
                else body.Add(WithReadableOperands(apply, body));
                break;
            case Apply { Result.Type: TensorType } apply:
                SettleTensor(apply, body);
                break;
            case If branch:
                foreach (Value result in branch.Defines) Own(result);
                body.Add(branch with { Then = Plan(branch.Then, [], static _ => false), Else = Plan(branch.Else, [], static _ => false) });
                break;
            case For loop:
                foreach (Value result in loop.Defines) Own(result);
                loop = loop with { Initial = loop.Initial.Select(value => value.Type is TensorType ? Contiguous(value, body) : value).ToEquatable() };
                body.Add(loop with { Body = PlanLoop(loop.Body, 1) });
                break;
            case While loop:
                foreach (Value result in loop.Defines) Own(result);
                loop = loop with { Initial = loop.Initial.Select(value => value.Type is TensorType ? Contiguous(value, body) : value).ToEquatable() };
                body.Add(loop with { Body = PlanLoop(loop.Body, 0) });
                break;
            case Call call:
                foreach (Value result in call.Defines) OwnUnlessDemanded(result);
                body.Add(call with { Inputs = AllContiguous(call.Inputs, body) });
                break;
            case CallPullback pullback:
                foreach (Value result in pullback.Defines) OwnUnlessDemanded(result);
                body.Add(pullback with { Inputs = AllContiguous(pullback.Inputs, body), Cotangents = AllContiguous(pullback.Cotangents, body) });
                break;
            case BlockLoop loop:
                foreach (Value result in loop.Results) OwnUnlessDemanded(result);
                body.Add(PlanBlocks(loop, body));
                break;
            case Push { Operand.Type: TensorType } push:
                body.Add(push with { Operand = Contiguous(push.Operand, body) });
                break;
            case AccumulateParameter accumulate:
                body.Add(accumulate with { Operand = Contiguous(accumulate.Operand, body) });
                break;
            case Apply { Operation: Reduce or CountTargets or Reshape } apply when apply.Inputs[0].Type is TensorType:
                body.Add(new ScalarKernel(apply.Result, apply.Operation, AllContiguous(apply.Inputs, body)) { Step = apply.Step });
                break;
            default:
                foreach (Value result in instruction.Results) OwnUnlessDemanded(result);
                body.Add(instruction);
                break;
        }
    }

    private Region PlanLoop(Region region, int first)
    {
        // The next state is written while the present one is read: the body has to compute it, into a storage of its own.
        HashSet<int> computed = [.. region.Body.Where(static i => i is Apply or Call or CallPullback).SelectMany(static i => i.Results).Select(static v => v.Id)];
        var taken = new HashSet<int>();
        return Plan(region, [], yield =>
        {
            int k = Enumerable.Range(0, region.Yields.Length).First(index => region.Yields[index].Id == yield.Id);
            if (region.Parameters[k + first].Id == yield.Id) return false;
            Place place = _places[yield.Id];
            return !computed.Contains(place.Root.Id) || !place.Layout.IsContiguous(Fusible.Full(yield)) || !taken.Add(place.Root.Id);
        });
    }

    /// <summary>Tiles are parts of what is outside; what the body makes in between has a storage of its own, as large as a block.</summary>
    private BlockLoop PlanBlocks(BlockLoop loop, List<Instruction> body)
    {
        Uses.Count(loop.Again, _uses);
        Uses.Count(loop.Body, _uses);
        // A memo lies where the other loop left it.
        foreach (Memo memo in loop.Memos) _kept.Add(memo.Inner.Id);
        loop = loop with
        {
            Reads = loop.Reads.Select(tile => Products.CanRead(_places[tile.Outer.Id].Layout, Fusible.Full(tile.Outer))
                ? tile : tile with { Outer = Copied(tile.Outer, body) }).ToEquatable(),
        };
        foreach (Tile tile in loop.Reads) _places[tile.Inner.Id] = PartOf(loop, tile, _places[tile.Outer.Id]);
        // A root of its own for each result: one may be added to while another one beside it is overwritten.
        Target[] targets = [.. loop.Writes.Select(tile =>
        {
            Place place = _places[tile.Outer.Id];
            Value part = Parts[tile.Outer.Id] = _values.New(tile.Outer.Type, tile.Outer.Name);
            return new Target(tile.Inner, PartOf(loop, tile, place with { Root = part, Layout = place.Layout with { Offset = Dim.Zero } }), tile.Accumulates);
        })];
        Region again = Plan(loop.Again, [], static _ => false);
        Region inner = Plan(loop.Body with { Parameters = [] }, targets, static _ => false);
        return loop with { Again = again, Body = inner with { Parameters = loop.Body.Parameters } };
    }

    private static Place PartOf(BlockLoop loop, Tile tile, Place whole)
    {
        Layout layout = whole.Layout;
        for (int axis = 0; axis < loop.Batch.Rank; axis++) layout = layout.Slice(axis, loop.Index(axis));
        int rank = loop.Batch.Rank;
        if (tile.RowTiling == Tiling.Rows) layout = layout.Slice(rank, loop.First);
        if (tile.ColumnTiling == Tiling.Rows) layout = layout.Slice(rank + 1, loop.First);
        return whole with { Layout = layout with { Strides = [layout.Strides[rank], layout.Strides[rank + 1]] } };
    }

    private void SettleTensor(Apply apply, List<Instruction> body)
    {
        Shape shape = Fusible.Full(apply.Result);
        switch (apply.Operation)
        {
            case Permute permute:
                Place permuted = _places[apply.Inputs[0].Id];
                _places[apply.Result.Id] = permuted with { Layout = permuted.Layout.Permute(permute.Axes) };
                body.Add(apply);
                break;
            case SliceAxis slice:
                Place sliced = _places[apply.Inputs[0].Id];
                _places[apply.Result.Id] = sliced with { Layout = sliced.Layout.Slice(slice.Axis, slice.Start) };
                body.Add(apply);
                break;
            case Reshape when apply.Inputs[0].Type is TensorType { Shape: var from }:
                Value source = apply.Inputs[0];
                if (_places[source.Id].Layout.Reshape(from, shape) is not { } layout)
                {
                    source = Copied(source, body);
                    layout = Layout.RowMajor(shape);
                }

                _places[apply.Result.Id] = new Place(_places[source.Id].Root, layout);
                body.Add(apply with { Inputs = [source] });
                break;
            case Reshape:
                Own(apply.Result);
                body.Add(apply with { Operation = new BroadcastTo() });
                break;
            case Concat concat:
                body.Add(Joined(apply, concat, body));
                break;
            default:
                Own(apply.Result);
                body.Add(WithReadableOperands(apply, body));
                break;
        }
    }

    private Apply Joined(Apply apply, Concat concat, List<Instruction> body)
    {
        Dim start = Dim.Zero;
        Place whole = _places[apply.Result.Id];
        var operands = new List<Value>();
        foreach (Value operand in apply.Inputs)
        {
            Place part = whole with { Layout = whole.Layout.Slice(concat.Axis, start) };
            start += Fusible.Full(operand)[concat.Axis];
            if (_places[operand.Id] == part && !operands.Contains(operand))
            {
                operands.Add(operand);
                continue;
            }

            Apply copy = CopyTo(operand, part);
            body.Add(copy);
            operands.Add(copy.Result);
        }

        return apply with { Inputs = operands.ToEquatable() };
    }

    private Apply WithReadableOperands(Apply apply, List<Instruction> body)
    {
        if (apply.Operation is MatMul)
            return apply with { Inputs = apply.Inputs.Select(v => Products.CanRead(_places[v.Id].Layout, Fusible.Full(v)) ? v : Copied(v, body)).ToEquatable() };
        if (apply.Operation is ScatterAdd) return apply with { Inputs = AllContiguous(apply.Inputs, body) };
        if (apply.Operation is OneHot or PickTarget or MaskTarget)
            return apply with { Inputs = apply.Inputs.Select(v => v.Element.IsInteger() && v.Type is TensorType ? Contiguous(v, body) : v).ToEquatable() };
        return apply;
    }

    private EquatableArray<Value> AllContiguous(EquatableArray<Value> values, List<Instruction> body)
        => values.Select(value => value.Type is TensorType ? Contiguous(value, body) : value).ToEquatable();

    private Value Contiguous(Value value, List<Instruction> body)
        => _places.TryGetValue(value.Id, out Place? place) && !place.Layout.IsContiguous(Fusible.Full(value)) ? Copied(value, body) : value;

    private Value Copied(Value value, List<Instruction> body)
    {
        Value copy = _values.New(value.Type, value.Name);
        Own(copy);
        body.Add(new Apply(copy, new Copy(), [value]) { Step = body.Count > 0 ? body[body.Count - 1].Step : 0 });
        return copy;
    }

    private Apply CopyTo(Value source, Place place)
    {
        Value copy = _values.New(source.Type, source.Name);
        _places[copy.Id] = place;
        return new Apply(copy, new Copy(), [source]);
    }

    private void OwnUnlessDemanded(Value value)
    {
        if (!_demanded.Contains(value.Id)) Own(value);
    }

    private void Own(Value value)
    {
        if (value.Type is TensorType { Shape: var shape }) _places[value.Id] = new Place(value, Layout.RowMajor(shape));
    }
}

using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Interpretation;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;
using AutoDiff.Compiler.Tests.Derivatives;
using AutoDiff.Compiler.Tests.Programs;

namespace AutoDiff.Compiler.Tests.Scheduling;

/// <summary>Random tensor programs before and after scheduling: the same outputs and gradients, but for the order of sums.</summary>
public sealed class ScheduledProgramTests
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(3, 300)]
    [InlineData(10, 150)]
    public void SchedulingKeepsValuesAndGradients(int size, int count)
    {
        var loops = new List<BlockLoop>();
        for (int seed = 0; seed < count; seed++)
        {
            TestProgram program = RandomTensorProgram.Make(seed, size);
            Derivative derivative = program.Derivative(new DerivativeOptions());
            Derivative? scheduled = null;
            List<string> wrong = RandomProgramTests.Guard(() =>
            {
                (scheduled, StorageMemory memory, List<(Value Value, Value Destination)> destinations) = Schedule(derivative);
                Assert.Equal(scheduled, IrParser.ParseDerivative(IrPrinter.Print(scheduled)));
                return new GradientCheck(program)
                    .Compare(derivative, scheduled, memory,
                    destinations.ToDictionary(static d => d.Value, d => (Func<double[]>)(() => memory.Contents(d.Destination))));
            });
            Assert.True(wrong.Count == 0, RandomProgramTests.Describe(program, seed, size, wrong, new DerivativeOptions())
                + (scheduled is null ? "" : $"scheduled:\n{IrPrinter.Print(scheduled)}"));
            if (scheduled is not null) loops.AddRange(new[] { scheduled.Forward, scheduled.Backward }.SelectMany(static r => r.Body).OfType<BlockLoop>());
        }

        // The programs are worth something only where they have what is hard; those of one statement cannot.
        if (size == 1) return;
        Assert.Contains(loops, static loop => loop.IsCausal);
        Assert.Contains(loops, static loop => !loop.IsCausal);
        Assert.Contains(loops, static loop => loop.Writes.Any(static tile => tile.Accumulates));
    }

    /// <summary>As the emitter does it: gradients and a tensor result are written to storages of the caller, residuals outlive the
    /// forward part.</summary>
    private static (Derivative Derivative, StorageMemory Memory, List<(Value Value, Value Destination)> Destinations) Schedule(
        Derivative derivative)
    {
        int next = new[] { derivative.Backward, derivative.Forward }.Select(Numbering.NextId).Append(Numbering.NextId(derivative.Primal))
            .Concat(derivative.Cotangents.Select(static c => c.Value.Id + 1)).Max();
        var values = new ValueFactory(next);
        var places = new Dictionary<int, Place>();
        foreach (Value value in derivative.Primal.Parameters.Select(static p => p.Value)
            .Concat(derivative.Cotangents.Select(static c => c.Value)))
            if (value.Type is TensorType tensor) places[value.Id] = new Place(value, Layout.RowMajor(tensor.Shape));
        List<(Value, Value)> results = Destinations(derivative.Forward.Yields, values), gradients = Destinations(
            derivative.Gradients.Where(static g => g.Value is not null).Select(static g => g.Value!).Distinct(), values);
        ScheduledBody forward = Scheduler.Run(derivative.Forward, values, places, derivative.Residuals, results);
        ScheduledBody backward = Scheduler.Run(derivative.Backward, values, places, [], gradients);
        IEnumerable<int> outside = [.. derivative.Primal.Parameters.Select(static p => p.Value).Concat(derivative.Cotangents.Select(static c => c.Value))
            .Concat(derivative.Residuals.Where(v => places.ContainsKey(v.Id)).Select(v => places[v.Id].Root)).Select(static v => v.Id),
            .. results.Concat(gradients).Select(static pair => pair.Item2.Id)];
        var slots = new Dictionary<int, StorageSlot>();
        foreach (ScheduledBody body in new[] { forward, backward })
            foreach (KeyValuePair<int, StorageSlot> pair in StoragePlan.Run(body.Region, places, outside)) slots[pair.Key] = pair.Value;
        return (derivative with { Forward = forward.Region, Backward = backward.Region }, new StorageMemory(places, slots), [.. results, .. gradients]);
    }

    private static List<(Value Value, Value Destination)> Destinations(IEnumerable<Value> tensors, ValueFactory values)
        => tensors.Where(static v => v.Type is TensorType).Select(v => (v, values.New(v.Type, "destination"))).ToList();

    /// <summary>Storages of real numbers; a value that is written or read goes through its layout.</summary>
    private sealed class StorageMemory(Dictionary<int, Place> places, Dictionary<int, StorageSlot> slots) : ITensorMemory
    {
        private readonly Dictionary<int, Number[]> _storages = [];

        public void Write(Value value, InterpretedTensor tensor, DimensionScope dimensions)
        {
            if (!places.TryGetValue(value.Id, out Place? place)) return;
            int[] positions = Positions(place, tensor.Shape, dimensions);
            _storages.TryGetValue(KeyOf(place.Root), out Number[]? storage);

            // A block is as large as its rows; a part of a storage may have gaps.
            long size = Math.Max(dimensions.Evaluate(((TensorType)place.Root.Type).Shape.Count), positions.Append(-1).Max() + 1);
            if (storage is null || storage.Length < size) Array.Resize(ref storage, (int)size);
            _storages[KeyOf(place.Root)] = storage;
            for (int i = 0; i < positions.Length; i++) storage[positions[i]] = tensor.Elements[i];
        }

        public InterpretedTensor? Read(Value value, DimensionScope dimensions)
        {
            if (!places.TryGetValue(value.Id, out Place? place) || !_storages.TryGetValue(KeyOf(place.Root), out Number[]? storage))
                return null;
            int[] shape = dimensions.Evaluate(((TensorType)value.Type).Shape);
            return new InterpretedTensor(shape, Positions(place, shape, dimensions).Select(p => storage[p]).ToArray());
        }

        // Storages that share memory are one here: what is overwritten too early is read wrong.
        private int KeyOf(Value root) => slots.TryGetValue(root.Id, out StorageSlot? slot) ? slot.Roots[0].Id : root.Id;

        /// <summary>What a storage of the caller holds.</summary>
        public double[] Contents(Value destination) => _storages[destination.Id].Select(static n => n.Real).ToArray();

        private static int[] Positions(Place place, int[] shape, DimensionScope dimensions)
        {
            long offset = dimensions.Evaluate(place.Layout.Offset);
            long[] strides = place.Layout.Strides.Select(dimensions.Evaluate).ToArray();
            return Enumerable.Range(0, shape.Aggregate(1, static (a, b) => a * b))
                .Select(i => (int)(offset + TensorIndex.Split(i, shape).Zip(strides, static (index, stride) => index * stride).Sum()))
                    .ToArray();
        }
    }
}

using AutoDiff.Generated;

namespace AutoDiff.Tests.Models;

/// <summary>Models that are composed, shared, taken apart, read and written in random order never lose or mix up a value.</summary>
public sealed class RandomStructureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Values_stay_with_their_parameters(int seed)
    {
        var random = new Random(seed);
        var nodes = new List<Node>();
        var expected = new Dictionary<ParameterSlot<float>, float>();
        var held = new List<ParameterSet<float>>();
        var gradients = new List<(Node Node, GradientSet<float> Set)>();
        for (int step = 0; step < 600; step++)
        {
            Node node = nodes.Count == 0 ? new Node(0) : nodes[random.Next(nodes.Count)];
            switch (random.Next(10))
            {
                case 0 when nodes.Count < 12:
                    node = new Node(nodes.Count);
                    nodes.Add(node);
                    node.Slot.Span.Fill(-step);
                    expected[node.Slot] = -step;
                    break;
                case 1 when node.Id > 0:
                    // Older nodes only, so that nothing contains itself.
                    node.Children.Add(nodes[random.Next(node.Id)]);
                    break;
                case 2 when node.Children.Count > 0:
                    node.Children.RemoveAt(random.Next(node.Children.Count));
                    break;
                case 3 when nodes.Count > 0:
                    held.Add(node.Parameters);
                    break;
                case 4 when nodes.Count > 0:
                    expected[node.Slot] = step;
                    node.Slot.Span.Fill(step);
                    node.Slot.Value[0, 0] = step;
                    break;
                case 5 when nodes.Count > 0:
                    gradients.Add((node, new GradientSet<float>(node.Parameters)));
                    break;
            }

            foreach (Node any in nodes)
            {
                Assert.Equal(expected[any.Slot], any.Slot.Span[0]);
                Assert.Equal(expected[any.Slot], any.Slot.Value[0, 0]);
            }
            if (step % 7 == 0)
                held.ForEach(set => Check(set, expected));
            if (step % 11 == 0)
                gradients.ForEach(static pair => Check(pair.Set));
            if (step % 5 == 0 && nodes.Count > 0)
            {
                // A root has a flat buffer whatever it shares with other roots, and lists what is below it.
                foreach (Node root in nodes.Where(n => !nodes.Any(other => other.Children.Contains(n))))
                {
                    Check(root.Parameters, expected);
                    Assert.Equal(root.Parameters.Sum(static slot => slot.Length), root.Parameters.Flat.Length);
                    Assert.Equal(Below(root).ToHashSet(), root.Parameters.ToHashSet());
                }
            }
        }
    }

    private static void Check(ParameterSet<float> set, Dictionary<ParameterSlot<float>, float> expected)
    {
        Assert.Equal(set.Count, set.Distinct().Count());
        Assert.All(set, slot => Assert.Equal(expected[slot], slot.Span[^1]));
        if (FlatOf(set) is { } flat)
            Assert.Equal(set.SelectMany(static slot => slot.Span.ToArray()), flat);
    }

    private static void Check(GradientSet<float> gradients)
    {
        // Each slot has a range of its own.
        gradients.Flat.Clear();
        int length = 0;
        var seen = new List<ParameterSlot<float>>();
        foreach (ParameterSlot<float> slot in Known(gradients))
        {
            Assert.True(gradients.For(slot).IndexOfAnyExcept(0) < 0);
            gradients.For(slot).Fill(1);
            length += slot.Length;
            seen.Add(slot);
        }
        Assert.NotEmpty(seen);
        Assert.Equal(length, gradients.Flat.ToArray().Count(static value => value == 1));
    }

    // The structure may have grown since: what was there then.
    private static IEnumerable<ParameterSlot<float>> Known(GradientSet<float> gradients)
    {
        foreach (ParameterSlot<float> slot in gradients.Parameters)
        {
            bool isKnown;
            try
            {
                isKnown = gradients.For(slot).Length > 0;
            }
            catch (ArgumentException)
            {
                isKnown = false;
            }
            if (isKnown)
                yield return slot;
        }
    }

    private static float[]? FlatOf(ParameterSet<float> set)
    {
        try
        {
            return set.Flat.ToArray();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<ParameterSlot<float>> Below(Node node) => node.Children.SelectMany(Below).Prepend(node.Slot);

    private sealed class Node(int id) : IModel<float>
    {
        private ParameterSet<float>? _set;
        private ParameterSlot<float>? _slot;

        public int Id => id;

        public List<Node> Children { get; } = [];

        public ParameterSlot<float> Slot => _slot
            ?? ParameterSlot<float>.Create(ref _slot, ParameterSet, "W", Initial.Uniform, 1, 1 + id % 3, 2);

        public ParameterSet<float> Parameters => ParameterSet.Current();

        public ParameterSet<float> ParameterSet => ParameterSet<float>.Of(ref _set, this);

        public void VisitParameters(ParameterWalk<float> walk)
        {
            walk.Parameter(Slot);
            walk.Models("Children", Children);
        }

        public GradientSet<float> CreateGradients(GradientBuffer<float> buffer) => new(ParameterSet, buffer);
    }
}

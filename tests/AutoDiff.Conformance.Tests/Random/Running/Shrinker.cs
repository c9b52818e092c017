using System.Diagnostics;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>Makes a program that fails smaller, as long as it fails for the same reason.</summary>
internal static class Shrinker
{
    private const int AtOnce = 120;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static Node Shrink(Node program, Outcome outcome, Func<IReadOnlyList<string>, Outcome[]> run)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Patience && Smaller(program, outcome, run) is { } smaller) program = smaller;

        return program;
    }

    private static Node? Smaller(Node program, Outcome outcome, Func<IReadOnlyList<string>, Outcome[]> run)
    {
        int length = program.ToString().Length;
        Node[] candidates = [.. Edits(program).DistinctBy(static n => n.ToString()).Where(n => n.ToString().Length < length).OrderBy(static n => n.ToString().Length)];
        foreach (Node[] chunk in candidates.Chunk(AtOnce))
        {
            Outcome[] results = run([.. chunk.Select(static n => Layout.Indent(n.ToString()))]);
            for (int i = 0; i < chunk.Length; i++)
                if (results[i].Verdict == outcome.Verdict && results[i].Reason == outcome.Reason) return chunk[i];
        }

        return null;
    }

    /// <summary>The tree with one change: an item of a list left out, or a piece replaced by something simpler of its kind.</summary>
    private static IEnumerable<Node> Edits(Node node)
    {
        foreach (Node simpler in Simpler(node)) yield return simpler;
        for (int i = 0; i < node.Pieces.Count; i++)
        {
            if (node.Pieces[i] is not Node child) continue;
            if (node.Kind == Kind.List) yield return node with { Pieces = [.. node.Pieces.Take(i), .. node.Pieces.Skip(i + 1)] };
            foreach (Node changed in Edits(child)) yield return node.With(i, changed);
        }
    }

    private static IEnumerable<Node> Simpler(Node node)
    {
        if (node.Kind == Kind.List && node.Pieces.Count > 3)
        {
            yield return node with { Pieces = [.. node.Pieces.Take(node.Pieces.Count / 2)] };
            yield return node with { Pieces = [.. node.Pieces.Skip(node.Pieces.Count / 2)] };
        }

        foreach (Node inner in Inner(node))
        {
            if (inner.Kind == node.Kind && node.Kind is not (Kind.List or Kind.Other)) yield return inner;
            // The statements of a block in the place of what holds it.
            if (inner.Kind == Kind.List && node.Kind == Kind.Statement) yield return inner;
        }

        string? plain = node.Kind switch
        {
            Kind.Number => "0.5",
            Kind.Single => "0.5f",
            Kind.Integer => "1",
            Kind.Truth => "true",
            _ => null,
        };
        if (plain is not null) yield return new Node(node.Kind, [plain]);
    }

    private static IEnumerable<Node> Inner(Node node) => node.Children.SelectMany(static child => Inner(child).Prepend(child));
}

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// The notes of tensor methods: the operations of a step, and going backward its adjoint equations in the order in which they are computed, one a line with its
/// shape behind it.
/// </summary>
internal static class TensorNotes
{
    // Shapes stand in one column as long as what is before them is short enough.
    private const int MaxColumn = 72;

    public static StepNotes Of(Explain level, EquatableArray<TensorStep> lines)
    {
        TensorStep[][] steps = [.. lines.GroupBy(static l => l.Step).OrderBy(static g => g.Key).Select(static g => g.ToArray())];
        return new StepNotes(level, [.. steps.Select(static s => Forward(s))], [.. steps.Select(static s => Backward(s))])
        {
            Again = [.. steps.Select(static s => Line(s[0].Left + ", again", s[s.Length - 1].Shape, 0))],
            IsAbove = true,
        };
    }

    private static string Forward(TensorStep[] lines)
    {
        // The statement of several operations is no line of a column: it has no shape.
        int width = Width(lines.Where(static l => l.Shape.Length > 0).Select(static l => l.Left));
        return string.Join("\n", lines.Select(l => Line(l.Left, l.Shape, width)));
    }

    private static string Backward(TensorStep[] lines)
    {
        AdjointEquation[] equations = [.. Enumerable.Reverse(lines).SelectMany(static l => l.Adjoints)];
        int width = Width(equations.Select(static e => e.Text));
        return string.Join("\n", equations.Select(e => Line(e.Text, e.Shape, width)));
    }

    private static int Width(IEnumerable<string> texts) => Math.Min(texts.Select(static t => t.Length).DefaultIfEmpty().Max(), MaxColumn);

    private static string Line(string text, string shape, int width) => shape.Length == 0 ? text : $"{text.PadRight(width)}   {shape}";
}

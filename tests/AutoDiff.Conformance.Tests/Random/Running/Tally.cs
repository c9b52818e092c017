namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>How the programs of a run went.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public int Fine { get; private set; }

    public List<Failure> Failures { get; } = [];

    public void Add(int number, Node program, Outcome outcome)
    {
        Count++;
        if (outcome.Verdict == Verdict.Fine)
        {
            Fine++;
            return;
        }

        string reason = $"{outcome.Verdict}: {outcome.Reason}";
        _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        if (outcome.Verdict is Verdict.Failed or Verdict.Invalid) Failures.Add(new Failure(number, program, outcome));
    }

    public override string ToString() => $"{Count} methods, {Fine} agree" + string.Concat(_reasons.Select(static r => $"\n{r.Value,6}  {r.Key}"));
}

/// <summary>A program that fails.</summary>
internal sealed record Failure(int Number, Node Program, Outcome Outcome)
{
    /// <summary>The smallest program that fails for the same reason, as a test.</summary>
    public string Report()
    {
        // Failures that show without a variant are made smaller without one.
        string[] variants = Batch.Run([Layout.Indent(Program.ToString())])[0].Reason == Outcome.Reason ? [] : [.. Batch.Variants];
        Node small = Outcome.Verdict == Verdict.Invalid ? Program
            : Shrinker.Shrink(Program, Outcome, texts => Batch.Run(texts, variants));
        string text = Layout.Indent(small.ToString());
        return $"Program {Number}: {Outcome.Reason}\n{Batch.Run([text], variants)[0].Details}\n\n[InlineData(\"\"\"\n{text}\"\"\")]";
    }
}

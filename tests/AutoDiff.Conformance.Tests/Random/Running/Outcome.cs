namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>How a program went.</summary>
internal enum Verdict
{
    /// <summary>Everything agrees.</summary>
    Fine,

    /// <summary>The point is too near to a kink, or the numbers are too great, to compare anything.</summary>
    Skipped,

    /// <summary>The generator says that it cannot follow the program.</summary>
    Refused,

    /// <summary>The program itself is not C#, or does not run: a defect of the grammar.</summary>
    Invalid,

    /// <summary>The generator failed, or what it wrote did.</summary>
    Failed,
}

/// <summary>How a program went.</summary>
/// <param name="Verdict">In one word.</param>
/// <param name="Reason">The kind of failure: a smaller program is one that fails for the same reason.</param>
/// <param name="Details">The rest.</param>
internal sealed record Outcome(Verdict Verdict, string Reason = "", string Details = "")
{
    public static Outcome Fine { get; } = new(Verdict.Fine);

    public static Outcome Failed(string reason, string details) => new(Verdict.Failed, reason, details);
}

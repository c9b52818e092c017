using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>Something that is wrong at one place.</summary>
/// <param name="Origins">Where the shapes came from.</param>
/// <param name="Properties">What a code fix needs to know.</param>
internal sealed record Finding(
    DiagnosticDescriptor Descriptor, Location At, string Message, IReadOnlyList<Location> Origins, (string Key, string Value)[] Properties)
{
    public bool IsWrong => Descriptor.DefaultSeverity >= DiagnosticSeverity.Warning;
}

/// <summary>The findings of one method: each place is said once, and only when the values are final.</summary>
internal sealed class Findings(Action<Diagnostic> report, bool isStrict)
{
    private readonly HashSet<(string Id, Location At)> _seen = [];
    private readonly List<Location> _wrong = [];
    private readonly List<Finding>? _kept;
    private List<Finding>? _apart, _held;

    /// <summary>For findings that are not reported by themselves.</summary>
    public Findings(List<Finding> kept) : this(static _ => { }, isStrict: false) => _kept = kept;

    public bool IsStrict { get; } = isStrict;

    /// <summary>Whether values are final.</summary>
    public bool IsOpen { get; set; }

    public void Report(Diagnostic diagnostic) => report(diagnostic);

    public void Add(
        DiagnosticDescriptor descriptor, Location at, string message, IReadOnlyList<Location> origins, (string Key, string Value)[] properties)
        => Add(new Finding(descriptor, at, message, origins, properties));

    public void Add(Finding finding)
    {
        if (!IsOpen) return;
        if (_apart is not null)
        {
            if (finding.IsWrong) _apart.Add(finding);
            return;
        }

        if (_held is not null)
        {
            _held.Add(finding);
            return;
        }

        if (!_seen.Add((finding.Descriptor.Id, finding.At))) return;
        if (finding.IsWrong) _wrong.Add(finding.At);
        if (_kept is not null)
        {
            if (finding.IsWrong) _kept.Add(finding);
            return;
        }

        report(Diagnostic.Create(
            finding.Descriptor, finding.At, finding.Origins.Where(o => o != finding.At),
            finding.Properties.ToImmutableDictionary(static p => p.Key, static p => (string?)p.Value), finding.Message));
    }

    /// <summary>What is wrong in a part of the method by itself, which is not said yet.</summary>
    public List<Finding> Apart(Action evaluate)
    {
        List<Finding>? outer = _apart;
        List<Finding> apart = _apart = [];
        try
        {
            evaluate();
        }
        finally
        {
            _apart = outer;
        }

        return apart;
    }

    /// <summary>What is found from here on is not said yet.</summary>
    public void Hold() => _held = [];

    /// <summary>Says what was held, or forgets it.</summary>
    public void Release(bool isSaid)
    {
        List<Finding> held = _held ?? [];
        _held = null;
        if (!isSaid) return;
        IsOpen = true;
        foreach (Finding finding in held) Add(finding);
    }

    /// <summary>Whether something wrong was said of a place inside of a piece of source.</summary>
    public bool HasWrong(SyntaxNode source)
        => _wrong.Any(at => at.SourceTree == source.SyntaxTree && source.Span.Contains(at.SourceSpan));
}

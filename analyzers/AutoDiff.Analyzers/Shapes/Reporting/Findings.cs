using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>Something that is wrong at one place.</summary>
internal sealed record Finding(DiagnosticDescriptor Descriptor, Location At, string Message);

/// <summary>The findings of one method: each place is said once, and only when the values are final.</summary>
internal sealed class Findings(Action<Diagnostic> report, bool isStrict)
{
    private readonly HashSet<(string Id, Location At)> _seen = [];
    private readonly List<Finding>? _kept;

    /// <summary>For findings that are not reported by themselves.</summary>
    public Findings(List<Finding> kept) : this(static _ => { }, isStrict: false) => _kept = kept;

    public bool IsStrict { get; } = isStrict;

    /// <summary>Whether values are final.</summary>
    public bool IsOpen { get; set; }

    public void Report(Diagnostic diagnostic) => report(diagnostic);

    public void Add(
        DiagnosticDescriptor descriptor, Location at, string message, IReadOnlyList<Location> origins, (string Key, string Value)[] properties)
    {
        if (!IsOpen || !_seen.Add((descriptor.Id, at))) return;
        if (_kept is not null)
        {
            if (descriptor.DefaultSeverity >= DiagnosticSeverity.Warning) _kept.Add(new Finding(descriptor, at, message));
            return;
        }

        report(Diagnostic.Create(
            descriptor, at, origins.Where(o => o != at),
            properties.ToImmutableDictionary(static p => p.Key, static p => (string?)p.Value), message));
    }
}

using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

/// <summary>The rules that are registered for one method.</summary>
internal sealed class MethodRules
{
    public IMethodSymbol? Vjp { get; private set; }

    public IMethodSymbol? Jvp { get; private set; }

    public IMethodSymbol? Record { get; private set; }

    public IMethodSymbol? Pullback { get; private set; }

    /// <summary>Whether there is a rule for the reverse mode.</summary>
    public bool IsReverse => Vjp is not null || (Record is not null && Pullback is not null);

    public void Add(RuleKind kind, IMethodSymbol rule)
    {
        switch (kind)
        {
            case RuleKind.Vjp:
                Vjp ??= rule;
                break;
            case RuleKind.Jvp:
                Jvp ??= rule;
                break;
            case RuleKind.Record:
                Record ??= rule;
                break;
            default:
                Pullback ??= rule;
                break;
        }
    }
}

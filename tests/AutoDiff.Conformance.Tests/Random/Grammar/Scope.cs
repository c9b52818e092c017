namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>The variables that a piece of program sees, and the statements that it may jump with.</summary>
internal sealed class Scope
{
    private readonly List<Variable> _variables = [];

    public Scope()
    {
    }

    private Scope(Scope outer)
    {
        _variables.AddRange(outer._variables);
        (Depth, LoopDepth, Jumps, Return) = (outer.Depth + 1, outer.LoopDepth, outer.Jumps, outer.Return);
        (Calls, Counter, HasMethods) = ([.. outer.Calls], outer.Counter, outer.HasMethods);
    }

    /// <summary>How many blocks are around.</summary>
    public int Depth { get; private init; }

    /// <summary>How many loops are around.</summary>
    public int LoopDepth { get; private init; }

    /// <summary>The jumps that are allowed here.</summary>
    public string[] Jumps { get; init; } = [];

    /// <summary>The counter of the loop around that its body may advance.</summary>
    public string? Counter { get; init; }

    /// <summary>Writes what the method returns; null where one may not return.</summary>
    public Func<Scope, Node>? Return { get; init; }

    /// <summary>Whether methods of the struct may be called: in them they would not end.</summary>
    public bool HasMethods { get; init; } = true;

    /// <summary>What one may call here.</summary>
    public List<Callee> Calls { get; init; } = [];

    public IEnumerable<Variable> All => _variables;

    public IEnumerable<Variable> Of(Sort sort) => _variables.Where(v => v.Sort == sort);

    public void Add(Variable variable) => _variables.Add(variable);

    public Scope Inner() => new(this) { Counter = null };

    public Scope Loop(string? counter = null, params string[] jumps) => new(this) { LoopDepth = LoopDepth + 1, Jumps = jumps, Counter = counter };

    /// <summary>The scope of a <c>case</c>: a <c>break</c> would leave the switch, a <c>continue</c> the loop around it.</summary>
    public Scope Case() => new(this) { Jumps = [.. Jumps.Where(static j => j != "break")], Counter = null };

    /// <summary>What a local function sees: it captures what is not passed by reference.</summary>
    public Scope Captured(Func<Scope, Node>? result)
    {
        var inner = new Scope { Depth = Depth + 1, Return = result, Calls = [.. Calls], HasMethods = HasMethods };
        foreach (Variable v in _variables)
            if (v.IsCaptured && v.Sort is not (Sort.Span or Sort.ReadOnlySpan or Sort.List)) inner.Add(v);
        return inner;
    }

    /// <summary>The same without some variables.</summary>
    public Scope Without(Func<Variable, bool> isHidden)
    {
        var inner = new Scope(this) { Depth = Depth };
        inner._variables.RemoveAll(v => isHidden(v));
        return inner;
    }
}

/// <summary>Something that a piece of program may call.</summary>
/// <param name="Sort">What the call is: a number, or null for a statement.</param>
/// <param name="Write">Writes the call.</param>
internal sealed record Callee(Sort? Sort, Func<Scope, Node> Write);

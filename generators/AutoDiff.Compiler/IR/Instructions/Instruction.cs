namespace AutoDiff.Compiler.IR;

/// <summary>One step of a region. Immutable, equal by value, without source locations.</summary>
public abstract record Instruction
{
    /// <summary>The user's expression that this came from: 1-based in <see cref="Function.Steps"/>; 0 for none. Adjoint code keeps the step of its primal;
    /// where it stands in the forward part, negated.</summary>
    public int Step { get; init; }

    /// <summary>What it defines, in order.</summary>
    public abstract EquatableArray<Value> Results { get; }

    /// <summary>What it reads, in order, without what its regions read.</summary>
    public abstract EquatableArray<Value> Operands { get; }

    public virtual EquatableArray<Region> Regions => [];

    /// <summary>Whether it does nothing but define its results: it may be repeated, moved where its operands are known, or left out.</summary>
    public virtual bool IsPure => false;

    /// <summary>The same instruction over other values: <paramref name="use"/> maps what it reads, <paramref name="define"/> what it defines, in its regions too.</summary>
    public abstract Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define);
}

/// <summary>Shared by the instructions' <see cref="Instruction.Rewrite"/>.</summary>
internal static class Rewriting
{
    public static EquatableArray<Value> Map(this EquatableArray<Value> values, Func<Value, Value> map)
    {
        if (values.IsEmpty) return values;
        var mapped = new Value[values.Length];
        for (int i = 0; i < mapped.Length; i++) mapped[i] = map(values[i]);
        return new(mapped);
    }

    public static Region Rewrite(this Region region, Func<Value, Value> use, Func<Value, Value> define)
    {
        EquatableArray<Value> parameters = region.Parameters.Map(define);
        var body = new Instruction[region.Body.Length];
        for (int i = 0; i < body.Length; i++) body[i] = region.Body[i].Rewrite(use, define);
        return new Region(parameters, new(body), region.Yields.Map(use));
    }
}

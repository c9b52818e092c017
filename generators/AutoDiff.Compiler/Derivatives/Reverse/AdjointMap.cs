using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Reverse;

/// <summary>The adjoints that have been gathered so far, by primal value. A missing entry is a zero that costs nothing.</summary>
internal sealed class AdjointMap
{
    private readonly Dictionary<int, Value> _adjoints;

    public AdjointMap() => _adjoints = [];

    private AdjointMap(Dictionary<int, Value> adjoints) => _adjoints = adjoints;

    public AdjointMap Copy() => new(new Dictionary<int, Value>(_adjoints));

    public Value? this[Value primal]
    {
        get => _adjoints.TryGetValue(primal.Id, out Value? adjoint) ? adjoint : null;
        set
        {
            if (value is null) _adjoints.Remove(primal.Id);
            else _adjoints[primal.Id] = value;
        }
    }

    public Value OrZero(InstructionBuilder builder, Value primal) => this[primal] ?? builder.Zero(primal.Type);

    /// <summary>Adds a contribution; the sum is named after the primal.</summary>
    public void Add(InstructionBuilder builder, Value primal, Value contribution)
    {
        string name = primal.Name.Length == 0 ? "" : "d" + primal.Name;
        Value sum = contribution;
        if (this[primal] is { } adjoint)
        {
            // A running sum may be in a wider type.
            if (adjoint.Type is ScalarType wide) contribution = builder.Convert(contribution, wide.Kind);
            sum = builder.Apply(new Elementwise(ScalarOp.Add), adjoint.Type, adjoint, contribution);
        }

        this[primal] = builder.Name(sum, name);
    }
}

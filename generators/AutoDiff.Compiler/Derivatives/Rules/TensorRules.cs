using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

/// <summary>What the pullback of a tensor operation sees.</summary>
/// <param name="Inputs">The operands of the primal.</param>
/// <param name="Result">The result of the primal, y.</param>
/// <param name="Seed">Its adjoint, dy.</param>
public sealed record PullbackContext(InstructionBuilder Builder, EquatableArray<Value> Inputs, Value Result, Value Seed)
{
    public Term X => Term(Inputs[0]);

    public Term Y => Term(Result);

    public Term DY => Term(Seed);

    public Term Term(Value value) => new(Builder, value);

    /// <summary>The shape of an operand.</summary>
    public Shape Shape(int operand) => ((TensorType)Inputs[operand].Type).Shape;
}

/// <summary>The adjoint of one operand (given by its index), from the adjoint of the result; null where it is zero.</summary>
public delegate Value? Pullback<in TOperation>(TOperation operation, PullbackContext context, int operand);

/// <summary>The table of pullbacks and pushforwards of tensor operations.</summary>
public static partial class TensorRules
{
    private static readonly Dictionary<Type, Pullback<Operation>> Table = Build();

    private static readonly Dictionary<Type, Pushforward<Operation>> Forward = BuildForward();

    /// <summary>The rule of an operation; null where none is known, so that its use on an active value is an error.</summary>
    public static Pullback<Operation>? Find(Operation operation) => Table.TryGetValue(operation.GetType(), out Pullback<Operation>? rule) ? rule : null;

    /// <summary>The forward rule of an operation; null where none is known.</summary>
    public static Pushforward<Operation>? FindForward(Operation operation)
        => Forward.TryGetValue(operation.GetType(), out Pushforward<Operation>? rule) ? rule : null;

    private static Dictionary<Type, Pullback<Operation>> Build()
    {
        var table = new Dictionary<Type, Pullback<Operation>>();
        AddReductions(table);
        AddProducts(table);
        AddLayout(table);
        AddNormalisations(table);
        AddIndexing(table);
        return table;
    }

    private static void Add<TOperation>(Dictionary<Type, Pullback<Operation>> table, Pullback<TOperation> rule)
        where TOperation : Operation
        => table.Add(typeof(TOperation), (operation, context, operand) => rule((TOperation)operation, context, operand));

    /// <summary>The sum over the last axis, kept as 1.</summary>
    private static Term SumOfRow(Term x) => Row(ReduceKind.Sum, x);

    /// <summary>The mean over the last axis, kept as 1.</summary>
    private static Term MeanOfRow(Term x) => Row(ReduceKind.Mean, x);

    private static Term Row(ReduceKind kind, Term x)
        => x.Apply(new Reduce(kind, [((TensorType)x.Value.Type).Shape.Rank - 1], KeepDims: true));
}

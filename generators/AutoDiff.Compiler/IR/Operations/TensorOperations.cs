namespace AutoDiff.Compiler.IR;

public enum ReduceKind
{
    Sum,
    Mean,
    Max,
    Min,

    /// <summary>The greatest element, where NaN may be passed over: who reads it meets the NaN itself.</summary>
    Peak,
}

/// <summary>Reduces the axes (ascending, counted from the start). A reduction of every axis without <paramref name="KeepDims"/> yields a scalar.</summary>
public sealed record Reduce(ReduceKind Kind, EquatableArray<int> Axes, bool KeepDims) : Operation
{
    public override string Name => "reduce" + Kind;

    public override string Attributes => $"axes={string.Join(",", Axes)}" + (KeepDims ? " keep" : "");
}

/// <summary>The matrix product of the last two axes; leading axes broadcast.</summary>
public sealed record MatMul(bool TransposeA, bool TransposeB) : Operation
{
    public override string Name => "matmul";

    public override string Attributes => (TransposeA ? "ta" : "") + (TransposeA && TransposeB ? " " : "") + (TransposeB ? "tb" : "");
}

/// <summary>Result axis k is operand axis <c>Axes[k]</c>.</summary>
public sealed record Permute(EquatableArray<int> Axes) : Operation
{
    public override string Name => "permute";

    public override string Attributes => $"axes={string.Join(",", Axes)}";
}

/// <summary>The same elements in row-major order, in the shape of the result type.</summary>
public sealed record Reshape : Operation
{
    public override string Name => "reshape";
}

/// <summary>The operand (tensor or scalar) repeated to the shape of the result type.</summary>
public sealed record BroadcastTo : Operation
{
    public override string Name => "broadcast";
}

/// <summary>The run of <paramref name="Axis"/> that starts at <paramref name="Start"/> and is as long as the result type says.</summary>
public sealed record SliceAxis(int Axis, Dim Start) : Operation
{
    public override string Name => "slice";

    public override string Attributes => $"axis={Axis} start={Start}";
}

/// <summary>The transpose of <see cref="SliceAxis"/>: the operand at <paramref name="Start"/> of <paramref name="Axis"/>, zeros elsewhere.</summary>
public sealed record PadAxis(int Axis, Dim Start) : Operation
{
    public override string Name => "pad";

    public override string Attributes => $"axis={Axis} start={Start}";
}

/// <summary>The operands one after another along <paramref name="Axis"/>.</summary>
public sealed record Concat(int Axis) : Operation
{
    public override string Name => "concat";

    public override string Attributes => $"axis={Axis}";
}

/// <summary>gather(table, indices): rows of the table (its axis 0), in the shape indices.shape + row shape.</summary>
public sealed record Gather : Operation
{
    public override string Name => "gather";
}

/// <summary>scatterAdd(indices, updates): the transpose of <see cref="Gather"/>; the result has the table's shape; repeated rows add in order of their index.</summary>
public sealed record ScatterAdd : Operation
{
    public override string Name => "scatterAdd";
}

/// <summary>The operand with <paramref name="Fill"/> strictly above the diagonal of the last two axes (−∞ forward, 0 for the adjoint).</summary>
public sealed record CausalFill(double Fill) : Operation
{
    public override string Name => "causalFill";

    /// <summary>Which row of a larger matrix, of whose rows the operand is a run, its first row is.</summary>
    public Dim Start { get; init; } = Dim.Zero;

    public override string Attributes
        => $"fill={Fill.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}" + (Start == Dim.Zero ? "" : $" start={Start}");
}

/// <summary>Stable softmax over the last axis. Other axes are brought to the end by the front end.</summary>
public sealed record Softmax : Operation
{
    public override string Name => "softmax";
}

/// <summary>Stable log-softmax over the last axis.</summary>
public sealed record LogSoftmax : Operation
{
    public override string Name => "logSoftmax";
}

/// <summary>Stable log-sum-exp over the last axis, which the result keeps as 1.</summary>
public sealed record LogSumExp : Operation
{
    public override string Name => "logSumExp";
}

/// <summary>crossEntropy(logits (rows…, classes), targets (rows…)): the mean of −log softmax(logits)[target] over targets that are not ignored; a scalar.</summary>
public sealed record CrossEntropy(int IgnoreIndex) : Operation
{
    public override string Name => "crossEntropy";

    public override string Attributes => $"ignore={IgnoreIndex}";
}

/// <summary>crossEntropyGradient(logits, targets, dLoss): dLoss · (softmax(logits) − onehot(targets)) ÷ count, 0 in ignored rows.</summary>
public sealed record CrossEntropyGradient(int IgnoreIndex) : Operation
{
    public override string Name => "crossEntropyGradient";

    public override string Attributes => $"ignore={IgnoreIndex}";
}

/// <summary>layerNorm(x, weight, bias, epsilon) over the last axis; layerNorm(x, weight, epsilon) without a bias.</summary>
public sealed record LayerNorm(bool HasBias) : Operation
{
    public override string Name => "layerNorm";

    public override string Attributes => HasBias ? "bias" : "";
}

/// <summary>rmsNorm(x, weight, epsilon) over the last axis.</summary>
public sealed record RmsNorm : Operation
{
    public override string Name => "rmsNorm";
}

/// <summary>dropoutMask(rate, seed): 0 or 1/(1 − rate) for each element of the result, by the counter-based generator. Equal operands give equal masks.</summary>
public sealed record DropoutMask : Operation
{
    public override string Name => "dropoutMask";
}

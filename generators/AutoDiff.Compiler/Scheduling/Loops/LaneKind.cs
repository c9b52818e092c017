namespace AutoDiff.Compiler.Scheduling.Loops;

/// <summary>What a value is to the lanes of a loop.</summary>
internal enum LaneKind
{
    /// <summary>The same in all lanes: a number of the method.</summary>
    Uniform,

    /// <summary>A whole number that grows with the counter, the same amount from lane to lane.</summary>
    Affine,

    /// <summary>A floating-point number in each lane.</summary>
    Number,

    /// <summary>A truth value in each lane: a mask.</summary>
    Mask,
}

/// <summary>How the lanes of a carried value meet after the loop.</summary>
internal enum LaneReduction
{
    Sum,
    Max,
    Min,
}

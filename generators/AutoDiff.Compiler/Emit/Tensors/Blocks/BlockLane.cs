namespace AutoDiff.Compiler.Emit;

/// <summary>What the kernels in the body of a block loop are given: one thread's vectors and memory.</summary>
/// <param name="Vector">The vector type.</param>
/// <param name="Workspace">The workspace of the thread.</param>
/// <param name="Accumulates">When a product that blocks share is added to, as a C# text.</param>
/// <param name="Diagonal">Where the diagonal of matrices is that are a triangle; null where they are none.</param>
internal sealed record BlockLane(string Vector, string Workspace, string Accumulates, BlockDiagonal? Diagonal);

namespace AutoDiff.Compiler.Emit;

/// <summary>Where a body gets its memory from.</summary>
/// <param name="Workspace">The workspace whose contents outlive the body.</param>
/// <param name="Scratch">The workspace of what the body alone needs.</param>
/// <param name="Kept">The ids of the storages that outlive the body.</param>
internal sealed record BodyMemory(string Workspace, string Scratch, HashSet<int> Kept);

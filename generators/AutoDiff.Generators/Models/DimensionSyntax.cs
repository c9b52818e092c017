namespace AutoDiff.Generators.Models;

/// <summary>An expression for one dimension in a shape text.</summary>
/// <param name="Position">Where it starts in the text.</param>
/// <param name="Length">How many characters it has.</param>
internal abstract record DimensionSyntax(int Position, int Length);

internal sealed record DimensionNumber(int Position, int Length, int Value) : DimensionSyntax(Position, Length);

/// <summary>A name, or a path as in <c>options.Width</c>.</summary>
internal sealed record DimensionName(int Position, int Length, string Path) : DimensionSyntax(Position, Length);

internal sealed record DimensionOperation(int Position, int Length, char Operator, DimensionSyntax Left, DimensionSyntax Right)
    : DimensionSyntax(Position, Length);

/// <summary>Why a shape text cannot be read, and where.</summary>
internal sealed record ShapeError(int Position, int Length, string Reason);

using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>How the elements of a tensor are reached from a position in the space of a kernel.</summary>
/// <param name="Root">The storage.</param>
/// <param name="Offset">Of the first element.</param>
/// <param name="Outer">The strides along the axes of the space but the last.</param>
/// <param name="Column">The stride along the last axis; 0 where the value is the same for the whole row.</param>
internal sealed record Address(Value Root, Dim Offset, EquatableArray<Dim> Outer, Dim Column)
{
    /// <summary>The tensor's trailing axes are the space's; an axis of length 1 and a missing one are repeated.</summary>
    public static Address Of(Place place, Shape shape, Shape space)
    {
        int missing = space.Rank - shape.Rank;
        Dim Stride(int axis) => axis < missing || (shape[axis - missing].IsOne && !space[axis].IsOne) ? Dim.Zero : place.Layout.Strides[axis - missing];
        int last = space.Rank - 1;
        return new Address(place.Root, place.Layout.Offset, Enumerable.Range(0, last).Select(Stride).ToEquatable(), last < 0 ? Dim.Zero : Stride(last));
    }
}

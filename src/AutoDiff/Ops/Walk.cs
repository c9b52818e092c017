namespace AutoDiff;

/// <summary>Visits the elements of a shape in row-major order and follows the offset that each has in some other layout.</summary>
/// <param name="lengths">The shape.</param>
/// <param name="steps">What one step along each axis adds to the offset: 0 where the other layout repeats or reduces that axis.</param>
internal sealed class Walk(nint[] lengths, int[] steps)
{
    private readonly nint[] _index = new nint[lengths.Length];

    /// <summary>The offset of the present element.</summary>
    internal int Offset { get; private set; }

    internal void Next()
    {
        for (int axis = lengths.Length - 1; axis >= 0; axis--)
        {
            Offset += steps[axis];
            if (++_index[axis] < lengths[axis])
                return;
            Offset -= steps[axis] * (int)_index[axis];
            _index[axis] = 0;
        }
    }
}

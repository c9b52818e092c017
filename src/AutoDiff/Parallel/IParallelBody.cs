using System.ComponentModel;

namespace AutoDiff.Parallel;

/// <summary>
/// The body of a parallel loop. Ranges are disjoint and cover the loop, but where they begin and end depends on the number of threads:
/// a body computes the same for an index whatever range brings it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IParallelBody
{
    /// <summary>Runs the iterations from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    void Run(int start, int end);
}

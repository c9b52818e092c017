using System.Numerics.Tensors;
using AutoDiff.Generated;
using AutoDiff.Kernels;

namespace AutoDiff.NeuralNetworks;

public sealed partial class CausalSelfAttention
{
    /// <summary><see cref="Forward"/> for the next tokens of a text, the keys and values of whose beginning are in a cache.</summary>
    /// <param name="workspace">Memory.</param>
    /// <param name="x">(rows, width).</param>
    /// <param name="rows">The number of tokens.</param>
    /// <param name="cache">The tokens before, to which these are added.</param>
    /// <param name="result">(rows, width).</param>
    internal void Continue(Workspace workspace, ReadOnlySpan<float> x, int rows, KeyValueCache cache, Span<float> result)
    {
        int first = cache.Count, time = first + rows, channels = x.Length / rows, size = channels / Heads, stride = 3 * channels;
        QueryKeyValue.ForwardForward(workspace, x, rows, cache.Add(rows));
        ReadOnlySpan<float> all = cache.Rows;

        WorkspaceMark mark = workspace.Mark();
        Span<float> scores = workspace.Allocate<float>(Heads * rows * time), mixed = workspace.Allocate<float>(rows * channels);
        var scoring = new ProductShape
        {
            Rows = rows, Columns = time, Inner = size, ARowStride = stride, BRowStride = 1, BColumnStride = stride, CRowStride = time,
            Scale = Scale, Batch1 = Heads, ABatch1 = size, BBatch1 = size, CBatch1 = rows * time,
        };
        Products.Multiply(in scoring, all[(first * stride)..], all[channels..], scores);
        for (int row = 0; row < Heads * rows; row++)
        {
            // A token reads from itself and from those before it.
            int reach = first + row % rows + 1;
            Normalise(scores.Slice(row * time, reach));
            scores.Slice(row * time + reach, time - reach).Clear();
        }

        var mixing = new ProductShape
        {
            Rows = rows, Columns = size, Inner = time, ARowStride = time, BRowStride = stride, CRowStride = channels,
            Batch1 = Heads, ABatch1 = rows * time, BBatch1 = size, CBatch1 = size,
        };
        Products.Multiply(in mixing, scores, all[(2 * channels)..], mixed);
        Output.ForwardForward(workspace, mixed, rows, result);
        workspace.Release(mark);
    }

    private static void Normalise(Span<float> row)
    {
        TensorPrimitives.Subtract(row, TensorPrimitives.Max<float>(row), row);
        TensorPrimitives.Exp<float>(row, row);
        TensorPrimitives.Divide(row, TensorPrimitives.Sum<float>(row), row);
    }
}

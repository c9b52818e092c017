using AutoDiff;

namespace GradBench.Evals;

/// <summary>A character model: layers of long short-term memory whose weight matrices are diagonal.</summary>
public static partial class Lstm
{
    /// <param name="main">For each layer the weights, then the biases: of the forget, input and output gates and of the change, in blocks of <paramref name="width"/>.</param>
    /// <param name="extra">The weights at the input, the weights and the biases at the output.</param>
    /// <param name="state">For each layer what is hidden at first, then the cell; not changed.</param>
    /// <param name="sequence">The characters: rows of <paramref name="width"/> numbers.</param>
    /// <param name="width">Numbers for one character.</param>
    [Differentiable]
    public static double Loss(
        ReadOnlySpan<double> main, ReadOnlySpan<double> extra, [NoGradient] ReadOnlySpan<double> state, [NoGradient] ReadOnlySpan<double> sequence, int width)
    {
        int layers = state.Length / (2 * width), steps = sequence.Length / width - 1;
        Span<double> memory = new double[state.Length];
        state.CopyTo(memory);
        Span<double> u = new double[width];
        double total = 0;
        for (int t = 0; t < steps; t++)
        {
            for (int i = 0; i < width; i++)
                u[i] = sequence[t * width + i] * extra[i];
            for (int layer = 0; layer < layers; layer++)
            {
                ReadOnlySpan<double> weight = main.Slice(8 * layer * width, 4 * width), bias = main.Slice((8 * layer + 4) * width, 4 * width);
                Span<double> hidden = memory.Slice(2 * layer * width, width), cell = memory.Slice((2 * layer + 1) * width, width);
                for (int i = 0; i < width; i++)
                {
                    double forget = Sigmoid(u[i] * weight[i] + bias[i]);
                    double ingate = Sigmoid(hidden[i] * weight[width + i] + bias[width + i]);
                    double outgate = Sigmoid(u[i] * weight[2 * width + i] + bias[2 * width + i]);
                    double change = Math.Tanh(hidden[i] * weight[3 * width + i] + bias[3 * width + i]);
                    cell[i] = cell[i] * forget + ingate * change;
                    hidden[i] = outgate * Math.Tanh(cell[i]);
                    u[i] = hidden[i];
                }
            }

            double sum = 0;
            for (int i = 0; i < width; i++)
                sum += Math.Exp(u[i] * extra[width + i] + extra[2 * width + i]);
            double normaliser = Math.Log(2 + sum);
            for (int i = 0; i < width; i++)
                total += sequence[(t + 1) * width + i] * (u[i] * extra[width + i] + extra[2 * width + i] - normaliser);
        }

        return -total / (steps * width);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}

using static System.FormattableString;

namespace AutoDiff.NeuralNetworks;

/// <summary>Chooses tokens from logits. Allocates nothing after construction; not for use by two threads at once.</summary>
/// <remarks>
/// Ties are broken by the lower id, everywhere. Logits of −∞ are never chosen (unless nothing else is there, which is an
/// error); where some are +∞ only those are candidates, all equally likely. Probabilities are computed in double.
/// </remarks>
public sealed class Sampler
{
    private const ulong Stream = 0x53414D504C45; // "SAMPLE": apart from the streams of initialisation and of batches
    private readonly CounterRandom _random;
    private readonly float[] _scores;
    private readonly double[] _weights;
    private readonly ulong[] _order;
    private readonly bool[] _seen;

    /// <summary>A sampler for a vocabulary.</summary>
    /// <exception cref="ArgumentException">The vocabulary is empty.</exception>
    public Sampler(int vocabularySize, SamplerOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(vocabularySize);
        Options = options ?? new SamplerOptions();
        VocabularySize = vocabularySize;
        _random = new CounterRandom(Options.Seed, Stream);
        _scores = new float[vocabularySize];
        _weights = new double[vocabularySize];
        _order = new ulong[vocabularySize];
        _seen = new bool[vocabularySize];
    }

    /// <summary>How tokens are chosen.</summary>
    public SamplerOptions Options { get; }

    /// <summary>The number of logits.</summary>
    public int VocabularySize { get; }

    /// <summary>The next token.</summary>
    /// <param name="logits">One per token of the vocabulary; unchanged.</param>
    /// <param name="position">The index of the token that is drawn; the same position draws the same random number.</param>
    /// <param name="history">The tokens so far, for the repetition penalty.</param>
    /// <exception cref="ArgumentException">
    /// The number of logits is not that of the vocabulary, one is NaN, all are −∞, or the history has an id outside of the vocabulary.
    /// </exception>
    public int Next([Shape("vocabularySize")] ReadOnlySpan<float> logits, long position, ReadOnlySpan<int> history = default)
    {
        Score(logits, history);
        int best = IndexOfMax(_scores);
        if (float.IsNegativeInfinity(_scores[best]))
            throw new ArgumentException("logits: all are -∞, so there is no token to choose.", nameof(logits));
        if (Options.Temperature == 0) return best;

        double total = WeighAll(_scores[best]);
        // Without truncation the candidates stay in the order of their ids, and there is nothing to sort.
        bool truncated = Options.TopK > 0 || Options.TopP < 1;
        int candidates = truncated ? SortAndTruncate(total) : VocabularySize;
        double minimum = Options.MinP * _weights[best]; // the weight of the best is exp(0) = 1

        double kept = 0;
        for (int i = 0; i < candidates; i++) kept += Kept(i);
        double target = _random.Uniform((ulong)position) * kept;
        int last = best;
        for (int i = 0; i < candidates; i++)
        {
            double weight = Kept(i);
            if (weight == 0) continue;
            last = Candidate(i);
            if ((target -= weight) < 0) break;
        }
        return last; // the last candidate where rounding left a remainder

        int Candidate(int i) => truncated ? (int)(uint)_order[i] : i;
        double Kept(int i) => _weights[Candidate(i)] is var weight && weight >= minimum ? weight : 0;
    }

    private void Score(ReadOnlySpan<float> logits, ReadOnlySpan<int> history)
    {
        if (logits.Length != VocabularySize)
            throw new ArgumentException(Invariant($"logits: expected {VocabularySize} values, got {logits.Length}."), nameof(logits));
        for (int i = 0; i < logits.Length; i++)
            if (float.IsNaN(logits[i]))
                throw new ArgumentException(Invariant($"logits[{i}]: is NaN."), nameof(logits));
        logits.CopyTo(_scores);
        if (Options.RepetitionPenalty == 1) return;

        if (Options.RepetitionWindow > 0 && history.Length > Options.RepetitionWindow) history = history[^Options.RepetitionWindow..];
        Array.Clear(_seen);
        float penalty = (float)Options.RepetitionPenalty;
        for (int i = 0; i < history.Length; i++)
        {
            if ((uint)history[i] >= (uint)VocabularySize)
                throw new ArgumentException(Invariant(
                    $"history[{i}]: expected an id in [0, {VocabularySize}), got {history[i]}."), nameof(history));
            ref bool seen = ref _seen[history[i]];
            if (seen) continue;
            seen = true;
            ref float score = ref _scores[history[i]];
            score = score > 0 ? score / penalty : score * penalty;
        }
    }

    /// <summary>Unnormalised probabilities exp((score − max) / temperature); returns their sum.</summary>
    private double WeighAll(float max)
    {
        double total = 0;
        for (int i = 0; i < _scores.Length; i++)
        {
            // ∞ − ∞ would be NaN: a score equal to the maximum has distance 0, also where both are +∞.
            double distance = _scores[i] == max ? 0 : (double)_scores[i] - max;
            total += _weights[i] = Math.Exp(distance / Options.Temperature);
        }
        return total;
    }

    /// <summary>Orders the candidates by falling weight, and returns how many of them top-k and top-p keep.</summary>
    private int SortAndTruncate(double total)
    {
        // One sortable integer per token: the falling score above, the rising id below. Sorting those needs no comparer.
        for (int i = 0; i < _order.Length; i++) _order[i] = ((ulong)~Ascending(_scores[i]) << 32) | (uint)i;
        _order.AsSpan().Sort();
        int count = Options.TopK > 0 ? Math.Min(Options.TopK, _order.Length) : _order.Length;
        if (Options.TopP == 1) return count;

        if (count < _order.Length)
        {
            total = 0;
            for (int i = 0; i < count; i++) total += _weights[(uint)_order[i]];
        }
        double cumulative = 0;
        for (int i = 0; i < count; i++)
            if ((cumulative += _weights[(uint)_order[i]]) >= Options.TopP * total)
                return i + 1;
        return count;
    }

    /// <summary>The bits of a float, changed so that unsigned integers have the order of the floats.</summary>
    private static uint Ascending(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value == 0 ? 0f : value); // −0 ties with +0
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }

    private static int IndexOfMax(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }
}

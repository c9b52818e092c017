namespace AutoDiff.NeuralNetworks;

/// <summary>A run of the flat buffer that is treated alike. Its length is bounded, so that runs can be shared among threads.</summary>
internal readonly record struct OptimizerChunk(int Offset, int Length, bool Decays)
{
    /// <summary>16384 floats: four streams of them fill a quarter of a megabyte, a core's own cache.</summary>
    public const int MaximumLength = 1 << 14;

    /// <summary>About how many arithmetic operations a full chunk takes: some twenty per element, division and root counted.</summary>
    public const long Cost = 20L * MaximumLength;

    /// <summary>Neighbouring parameters of the same group join; long runs are cut.</summary>
    public static OptimizerChunk[] Plan(ParameterSet<float> parameters, Func<ParameterSlot<float>, bool> decays)
    {
        var runs = new List<OptimizerChunk>();
        int offset = 0; // within the flat span of these parameters: Slot.Offset counts from the start of the root model
        foreach (var slot in parameters)
        {
            bool slotDecays = decays(slot);
            if (runs.Count > 0 && runs[^1].Decays == slotDecays)
                runs[^1] = runs[^1] with { Length = runs[^1].Length + slot.Length };
            else
                runs.Add(new OptimizerChunk(offset, slot.Length, slotDecays));
            offset += slot.Length;
        }
        return [.. runs.SelectMany(Cut)];
    }

    private static IEnumerable<OptimizerChunk> Cut(OptimizerChunk run)
    {
        for (int at = 0; at < run.Length; at += MaximumLength)
            yield return run with { Offset = run.Offset + at, Length = Math.Min(MaximumLength, run.Length - at) };
    }
}

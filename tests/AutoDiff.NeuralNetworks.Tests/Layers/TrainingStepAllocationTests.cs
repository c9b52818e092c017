using AutoDiff.Parallel;

namespace AutoDiff.NeuralNetworks.Tests.Layers;

/// <summary>A training step allocates nothing after the first ones, on its own thread and on all others.</summary>
[Collection(nameof(TrainingStepAllocationTests))]
[CollectionDefinition(nameof(TrainingStepAllocationTests), DisableParallelization = true)]
public sealed class TrainingStepAllocationTests
{
    [Theory]
    [InlineData("tiny", 1)]
    [InlineData("tiny", 2)]
    [InlineData("gpt-cpu", 1)]
    [InlineData("gpt-cpu", 2)]
    public void StepAllocatesNothing(string preset, int threads)
    {
        int before = ForkJoin.MaxThreads;
        ForkJoin.MaxThreads = threads;
        try
        {
            LanguageModelConfig config = LanguageModelConfig.Preset(preset);
            ILanguageModel model = LanguageModels.Create(config, seed: 1);
            GradientSet<float> gradients = model.CreateGradients();
            var optimizer = new AdamW(model.Parameters, learningRate: 1e-3);
            int[] tokens = new int[config.BatchSize * config.ContextLength], targets = new int[tokens.Length];
            for (int i = 0; i < tokens.Length; i++) (tokens[i], targets[i]) = (i * 7 % config.VocabularySize, i * 11 % config.VocabularySize);

            for (int i = 0; i < 5; i++) Step();
            // Other threads of the process (the test host's) may allocate in between: a step that allocates does so every time.
            long own = long.MaxValue, all = long.MaxValue;
            for (int attempt = 0; attempt < 100 && (own > 0 || all > 0); attempt++)
            {
                (long ownBefore, long allBefore) = (GC.GetAllocatedBytesForCurrentThread(), GC.GetTotalAllocatedBytes(precise: true));
                Step();
                own = Math.Min(own, GC.GetAllocatedBytesForCurrentThread() - ownBefore);
                all = Math.Min(all, GC.GetTotalAllocatedBytes(precise: true) - allBefore);
            }

            Assert.Equal((0, 0), (own, all));

            void Step()
            {
                model.LossGradient(tokens, targets, config.BatchSize, gradients);
                optimizer.ClipAndStep(gradients, maxNorm: 1);
            }
        }
        finally
        {
            ForkJoin.MaxThreads = before;
        }
    }
}

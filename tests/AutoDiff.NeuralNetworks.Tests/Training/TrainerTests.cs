namespace AutoDiff.NeuralNetworks.Tests;

public class TrainerTests
{
    private static readonly LanguageModelConfig Config =
        LanguageModelConfig.Tiny with { VocabularySize = 5, ContextLength = 6, BatchSize = 4 };
    private static readonly TokenDataset Data = new(Enumerable.Range(0, 500).Select(i => i * i % 5).ToArray());

    [Fact]
    public void LearnsWhatABigramCan()
    {
        var trainer = Trainer(new BigramModel(Config, 1));
        var last = trainer.Run(300);
        // Squares modulo 5 are 0 1 4 4 1: after 0 comes 1; after 1 comes 4 or 0; after 4 comes 4 or 1. Entropy: 4/5 · ln 2.
        Assert.Equal(0.8 * Math.Log(2), last!.Value.ValidationLoss!.Value, 0.02);
        Assert.Equal(300, trainer.Step);
    }

    [Theory]
    [InlineData(1), InlineData(7), InlineData(19)]
    public void ResumingGivesTheSameBits(int stop)
    {
        var straight = new BigramModel(Config, 1);
        Trainer(straight).Run(20);

        using var folder = new TemporaryFolder();
        var first = new BigramModel(Config, 1);
        var before = Trainer(first);
        before.Run(stop);
        Checkpoint.Save(folder.File("c"), first.Parameters, before.Optimizer);

        var second = new BigramModel(Config, 99);
        var optimizer = new AdamW(second.Parameters);
        using (var checkpoint = Checkpoint.Open(folder.File("c")))
        {
            checkpoint.LoadParameters(second.Parameters);
            checkpoint.LoadOptimizer(optimizer);
        }
        Trainer(second, optimizer, stop).Run(20);
        Assert.Equal(straight.Parameters.Flat.ToArray(), second.Parameters.Flat.ToArray());
    }

    [Fact]
    public void CancellingEndsAfterTheStepAndGoesOnLater()
    {
        var straight = new BigramModel(Config, 1);
        Trainer(straight).Run(12);

        var model = new BigramModel(Config, 1);
        var trainer = Trainer(model);
        using var source = new CancellationTokenSource();
        var reports = new List<TrainingProgress>();
        trainer.Run(12, new Collector(p =>
        {
            reports.Add(p);
            if (p.Step == 5) source.Cancel();
        }), source.Token);
        Assert.Equal(5, trainer.Step);
        Assert.Equal([1L, 2, 3, 4, 5], reports.Select(r => r.Step));
        Assert.Null(trainer.Run(5));
        trainer.Run(12);
        Assert.Equal(straight.Parameters.Flat.ToArray(), model.Parameters.Flat.ToArray());
    }

    [Fact]
    public void ReportsFollowScheduleAndEvaluationInterval()
    {
        var model = new BigramModel(Config, 1);
        var schedule = new LinearSchedule(0.1, 0, 2, 10);
        var trainer = Trainer(model, schedule: schedule, options: new TrainerOptions { EvaluationInterval = 4 });
        var reports = new List<TrainingProgress>();
        trainer.Run(10, new Collector(reports.Add));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => schedule.At(i)), reports.Select(r => r.LearningRate));
        Assert.Equal([4L, 8, 10], reports.Where(r => r.ValidationLoss is not null).Select(r => r.Step));
        Assert.All(reports, r => Assert.True(r is { TokensPerSecond: > 0, GradientNorm: > 0, Loss: > 0, TotalSteps: 10 }));
    }

    [Fact]
    public void AccumulatingTwoBatchesIsOneOfTwiceTheSize()
    {
        // The windows are drawn by row, so two batches of four have the rows of one of eight.
        var twice = new BigramModel(Config, 1);
        var once = new BigramModel(Config, 1);
        Trainer(twice, options: new TrainerOptions { AccumulatedBatches = 2 }).Run(10);
        Trainer(once, batch: 8).Run(10);
        for (int i = 0; i < once.Parameters.TotalLength; i++) Assert.Equal(once.Parameters.Flat[i], twice.Parameters.Flat[i], 1e-5f);
    }

    [Fact]
    public void StepsDoNotAllocate()
    {
        var trainer = Trainer(new BigramModel(Config, 1), options: new TrainerOptions { AccumulatedBatches = 2 });
        for (int i = 0; i < 3; i++) trainer.RunStep();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) trainer.RunStep();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void SkippedStepsGoOnWithTheNextBatch()
    {
        var model = new BigramModel(Config, 1) { FailsAtCall = 2 };
        var trainer = Trainer(model, options: new TrainerOptions { NonFinite = NonFiniteGradients.Skip });
        trainer.Run(10);
        Assert.Equal((10, 9), (trainer.Step, trainer.Optimizer.StepCount));
        Assert.All(model.Parameters.Flat.ToArray(), x => Assert.True(float.IsFinite(x)));
        Assert.Throws<NonFiniteGradientException>(() => Trainer(new BigramModel(Config, 1) { FailsAtCall = 2 }).Run(10));
    }

    [Fact]
    public void ArgumentsAreValidated()
    {
        var model = new BigramModel(Config, 1);
        Assert.Contains("of this model", Assert.Throws<ArgumentException>(
            () => Trainer(model, new AdamW(new BigramModel(Config, 1).Parameters))).Message);
        Assert.Contains("at most 6 tokens", Assert.Throws<ArgumentException>(() => new Trainer(
            model, new AdamW(model.Parameters), new ConstantSchedule(1), new TextWindows(Data, 7, 1, 0))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainerOptions { MaxGradientNorm = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainerOptions { AccumulatedBatches = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainerOptions { EvaluationInterval = -1 });
    }

    private static Trainer Trainer(
        BigramModel model, Optimizer? optimizer = null, long firstStep = 0, LearningRateSchedule? schedule = null,
        TrainerOptions? options = null, int batch = 4)
    {
        var windows = new TextWindows(Data, Config.ContextLength, batch, seed: 11);
        var validation = new EvenWindows(Data, Config.ContextLength, batch: 4, count: 5);
        optimizer ??= new AdamW(model.Parameters);
        schedule ??= new CosineSchedule(0.1, 0.01, 5, 300);
        return new Trainer(model, optimizer, schedule, windows, validation, options, firstStep);
    }

    private sealed class Collector(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}

namespace AutoDiff.NeuralNetworks.Tests;

public class LearningRateScheduleTests
{
    [Fact]
    public void CosineIsThatOfNanoGpt()
    {
        var schedule = new CosineSchedule(peak: 1e-3, minimum: 1e-4, warmupSteps: 100, decaySteps: 2000);
        Assert.Equal(9.900990099009901e-06, schedule.At(0));
        Assert.Equal(1e-3 * 100 / 101, schedule.At(99), 1e-18);
        Assert.Equal(1e-3, schedule.At(100));
        Assert.Equal((1e-3 + 1e-4) / 2, schedule.At(1050), 1e-15);
        Assert.Equal(1e-4, schedule.At(2000), 1e-18);
        Assert.Equal(1e-4, schedule.At(1_000_000));
    }

    [Fact]
    public void LinearIsPiecewiseLinear()
    {
        var schedule = new LinearSchedule(peak: 1, minimum: 0.2, warmupSteps: 3, decaySteps: 11);
        Assert.Equal([0.25, 0.5, 0.75, 1, 0.9], Enumerable.Range(0, 5).Select(i => Math.Round(schedule.At(i), 12)));
        Assert.Equal(0.2, schedule.At(11));
        Assert.Equal(0.2, schedule.At(12));
    }

    [Fact]
    public void StepIsAStaircase()
    {
        var schedule = new StepSchedule(initial: 8, interval: 10, factor: 0.5);
        Assert.Equal([8, 8, 4, 4, 2], new long[] { 0, 9, 10, 19, 20 }.Select(schedule.At));
    }

    [Fact]
    public void OneCycleRisesAndFalls()
    {
        // torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=100): 0.04 at 0, 1 at 29, 4e-6 at 99.
        var schedule = new OneCycleSchedule(peak: 1, totalSteps: 100);
        Assert.Equal(0.04, schedule.At(0), 1e-15);
        Assert.Equal(1, schedule.At(29), 1e-12);
        Assert.Equal(0.52, schedule.At(29 / 2) + (schedule.At(15) - schedule.At(14)) / 2, 1e-3);
        Assert.Equal((1 + 4e-6) / 2, schedule.At(64), 1e-12);
        Assert.Equal(4e-6, schedule.At(99), 1e-18);
        Assert.Equal(4e-6, schedule.At(500), 1e-18);
        Assert.All(Enumerable.Range(0, 10), i => Assert.True(double.IsFinite(new OneCycleSchedule(1, 2 + i, rise: 0.5).At(0))));
    }

    [Fact]
    public void ConstantIsConstant() => Assert.Equal(0.5, new ConstantSchedule(0.5).At(77));

    [Fact]
    public void ValuesAreValidated()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(1, 2, 0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(1, 0, 20, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearSchedule(1, 0, -1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1, 100, rise: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantSchedule(1).At(-1));
    }

    [Fact]
    public void SchedulesAreEqualByValue() => Assert.Equal(new CosineSchedule(1, 0, 2, 3), new CosineSchedule(1, 0, 2, 3));
}

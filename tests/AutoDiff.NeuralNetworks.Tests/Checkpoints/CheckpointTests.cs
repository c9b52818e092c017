namespace AutoDiff.NeuralNetworks.Tests;

public class CheckpointTests
{
    [Fact]
    public void ParametersOptimizerAndMetadataComeBack()
    {
        using var folder = new TemporaryFolder();
        var parameters = Parameters(1);
        var optimizer = new AdamW(parameters);
        Step(optimizer);
        Checkpoint.Save(folder.File("c"), parameters, optimizer, [KeyValuePair.Create("step", "1")]);

        var copy = Parameters(2);
        var copyOptimizer = new AdamW(copy);
        using (var checkpoint = Checkpoint.Open(folder.File("c")))
        {
            Assert.Equal("1", checkpoint.Require("step"));
            Assert.True(checkpoint.HasOptimizer);
            checkpoint.LoadParameters(copy);
            checkpoint.LoadOptimizer(copyOptimizer);
        }
        Assert.Equal(parameters.Flat.ToArray(), copy.Flat.ToArray());
        Step(optimizer);
        Step(copyOptimizer);
        Assert.Equal(parameters.Flat.ToArray(), copy.Flat.ToArray());
    }

    [Fact]
    public void OtherReadersFindTheWeightsUnderTheirNames()
    {
        using var folder = new TemporaryFolder();
        var parameters = Parameters(1);
        Checkpoint.Save(folder.File("c"), parameters);
        using var file = SafeTensorsFile.Open(folder.File("c"));
        Assert.Equal(["Weight", "Bias"], file.Tensors.Select(t => t.Name));
        var weight = new float[6];
        file.Read("Weight", weight);
        Assert.Equal(parameters["Weight"].Span.ToArray(), weight);
        Assert.Equal([2L, 3], file["Weight"].Shape.AsEnumerable());
    }

    [Fact]
    public void MismatchesAreNamedAndChangeNothing()
    {
        using var folder = new TemporaryFolder();
        Checkpoint.Save(folder.File("c"), Parameters(1), new Sgd(Parameters(1), momentum: 0.9));
        using var checkpoint = Checkpoint.Open(folder.File("c"));
        Refused("tensor 'Weight': expected F32 [3, 2], got F32 [2, 3]", ("Weight", [3, 2]), ("Bias", [3]));
        Refused("tensor 'Gain': is not in the file", ("Weight", [2, 3]), ("Bias", [3]), ("Gain", [3]));
        Refused("tensor 'Bias': is in the file, but not in the model", ("Weight", [2, 3]));
        var kind = Assert.Throws<ArgumentException>(() => checkpoint.LoadOptimizer(new AdamW(Parameters(1))));
        Assert.Contains("expected that of AdamW", kind.Message);
        Assert.Contains("no 'missing'", Assert.Throws<SafeTensorsException>(() => checkpoint.Require("missing")).Message);

        void Refused(string message, params (string, int[])[] shapes)
        {
            var others = new FakeParameters(shapes).Parameters;
            Assert.Contains(message, Assert.Throws<SafeTensorsException>(() => checkpoint.LoadParameters(others)).Message);
            Assert.All(others.Flat.ToArray(), x => Assert.Equal(0, x));
        }
    }

    [Fact]
    public void OtherFilesAreNotCheckpoints()
    {
        using var folder = new TemporaryFolder();
        var writer = new SafeTensorsWriter();
        writer.Add<float>("w", [1], [1]);
        writer.Save(folder.File("c"));
        Assert.Contains("is not a checkpoint", Assert.Throws<SafeTensorsException>(() => Checkpoint.Open(folder.File("c"))).Message);
        File.Delete(folder.File("c")); // the handle was closed
        Assert.Throws<FileNotFoundException>(() => Checkpoint.Open(folder.File("c")));
    }

    [Fact]
    public void OwnKeysCannotBeOverwritten()
    {
        using var folder = new TemporaryFolder();
        KeyValuePair<string, string>[] metadata = [KeyValuePair.Create("format", "x")];
        Assert.Throws<ArgumentException>(() => Checkpoint.Save(folder.File("c"), Parameters(1), metadata: metadata));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static ParameterSet<float> Parameters(ulong seed)
    {
        var parameters = new FakeParameters(("Weight", [2, 3]), ("Bias", [3])).Parameters;
        Initialize.Normal(parameters.Flat, new CounterRandom(seed), 1);
        return parameters;
    }

    private static void Step(Optimizer optimizer)
    {
        var gradients = new GradientSet<float>(optimizer.Parameters);
        Initialize.Normal(gradients.Flat, new CounterRandom(77, (ulong)optimizer.StepCount), 1);
        optimizer.Step(gradients);
    }
}

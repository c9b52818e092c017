using System.Runtime.InteropServices;
using System.Text.Json;
using Xunit.Abstractions;

namespace AutoDiff.NeuralNetworks.Tests.Golden;

/// <summary>
/// <see cref="Gpt"/> against 20 recorded training steps of PyTorch 1.13 (the weights before, the batches, losses, and gradients of the first step). The recording is
/// not part of the repository; without it these tests say so and check nothing.
/// </summary>
public sealed class NanoGptGoldenTests(ITestOutputHelper output)
{
    private static readonly string? Folder = Find();

    [Fact]
    public void TwentyStepsHaveTheLossesOfPyTorch()
    {
        if (IsMissing()) return;
        using JsonDocument manifest = Manifest();
        (Gpt model, Gpt.Gradients gradients) = Load();
        var optimizer = new AdamW(model.Parameters, new AdamWOptions { Beta1 = 0.9, Beta2 = 0.99, Epsilon = 1e-8, WeightDecay = 0.1 });
        ReadOnlySpan<int> x = MemoryMarshal.Cast<byte, int>(Read("x.i32")), y = MemoryMarshal.Cast<byte, int>(Read("y.i32"));
        int step = 0;
        foreach (JsonElement expected in manifest.RootElement.GetProperty("steps").EnumerateArray())
        {
            float loss = model.LossGradient(x.Slice(step * 768, 768), y.Slice(step * 768, 768), 12, gradients);
            double want = expected.GetProperty("loss").GetDouble();
            output.WriteLine(FormattableString.Invariant($"{step,2}  {loss:F7}  {want:F7}  {Math.Abs(loss - want) / want:E1}"));
            Assert.InRange(loss, want * (1 - 1e-4), want * (1 + 1e-4));
            optimizer.LearningRate = expected.GetProperty("lr").GetDouble();
            double norm = optimizer.ClipAndStep(gradients, 1.0);
            double wantNorm = expected.GetProperty("grad_norm_total").GetDouble();
            Assert.InRange(norm, wantNorm * (1 - 1e-3), wantNorm * (1 + 1e-3));
            step++;
        }

        Assert.Equal(20, step);
        ReadOnlySpan<float> final = MemoryMarshal.Cast<byte, float>(Read("weights20.f32"));
        Assert.True(Distance(model.Parameters.Flat, final) < 1e-3 * Distance(final, new float[final.Length]), "the weights after 20 steps differ");
    }

    [Fact]
    public void GradientsOfTheFirstStepAreThoseOfPyTorch()
    {
        if (IsMissing()) return;
        using JsonDocument manifest = Manifest();
        (Gpt model, Gpt.Gradients gradients) = Load();
        ReadOnlySpan<int> x = MemoryMarshal.Cast<byte, int>(Read("x.i32")), y = MemoryMarshal.Cast<byte, int>(Read("y.i32"));
        model.LossGradient(x[..768], y[..768], 12, gradients);
        ReadOnlySpan<float> recorded = MemoryMarshal.Cast<byte, float>(Read("grads_step0_selected.f32"));
        var offsets = manifest.RootElement.GetProperty("tensors").EnumerateArray()
            .ToDictionary(t => t.GetProperty("name").GetString()!, t => t.GetProperty("offset_floats").GetInt32());
        foreach (JsonElement tensor in manifest.RootElement.GetProperty("grads_step0_selected").EnumerateArray())
        {
            string name = tensor.GetProperty("name").GetString()!;
            int length = tensor.GetProperty("shape").EnumerateArray().Aggregate(1, (product, n) => product * n.GetInt32());
            ReadOnlySpan<float> want = recorded.Slice(tensor.GetProperty("offset_floats").GetInt32(), length);
            double error = Distance(gradients.Flat.Slice(offsets[name], length), want) / Distance(want, new float[length]);
            output.WriteLine(FormattableString.Invariant($"{name}: {error:E1} of its norm"));
            Assert.True(error < 1e-3, FormattableString.Invariant($"{name}: off by {error:E2} of its norm"));
        }
    }

    private bool IsMissing()
    {
        if (Folder is null) output.WriteLine("SKIPPED: the recording golden/nanogpt-cpu is not here.");
        return Folder is null;
    }

    /// <summary>The recording has the parameters in the order in which <see cref="Gpt"/> declares them.</summary>
    private static (Gpt Model, Gpt.Gradients Gradients) Load()
    {
        var model = new Gpt(vocabulary: 65, context: 64, layers: 4, heads: 4, width: 128);
        ReadOnlySpan<float> weights = MemoryMarshal.Cast<byte, float>(Read("weights0.f32"));
        Assert.Equal(weights.Length, model.Parameters.TotalLength);
        weights.CopyTo(model.Parameters.Flat);
        return (model, model.CreateGradients());
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += ((double)a[i] - b[i]) * ((double)a[i] - b[i]);
        return Math.Sqrt(sum);
    }

    private static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Folder!, file));

    private static JsonDocument Manifest() => JsonDocument.Parse(Read("manifest.json"));

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "shared", "golden", "nanogpt-cpu");
            if (File.Exists(Path.Combine(folder, "manifest.json"))) return folder;
        }

        return null;
    }
}

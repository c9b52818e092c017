using System.Buffers.Binary;
using TinyLM.Cli;

namespace AutoDiff.NeuralNetworks.Tests;

public sealed class ErrorLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "is empty; there is nothing to learn")]
    [InlineData("a", "has only one different character (U+0061)")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "has only one different character (U+0061)")]
    [InlineData("ab", "needs at least 33 tokens, got 2")]
    [InlineData("abc\0def", "is not text (a zero byte at offset 3)")]
    public void TextsThatCannotBeLearned(string text, string expected)
    {
        File.WriteAllText(_folder.File("t"), text);
        Fails(ExitCodes.Failure, expected, "--text", _folder.File("t"), "--config", "tiny", "--out", _folder.File("o"));
    }

    [Fact]
    public void TextsThatAreShorterThanAValidationWindow()
    {
        File.WriteAllText(_folder.File("t"), string.Concat(Enumerable.Repeat("ab", 100)));
        Fails(ExitCodes.Failure, "(validation): a context of 32 needs at least 33 tokens, got 20",
            "--text", _folder.File("t"), "--config", "tiny");
    }

    [Fact]
    public void TextsThatAreNotUtf8()
    {
        File.WriteAllBytes(_folder.File("t"), [65, 66, 0xFF, 67]);
        Fails(ExitCodes.Failure, "is not UTF-8 text (byte 0xFF at offset 2)", "--text", _folder.File("t"));
    }

    [Fact]
    public void TextsThatAreNotThere()
    {
        Fails(ExitCodes.Failure, "nowhere.txt: there is no such file", "--text", _folder.File("nowhere.txt"));
        Fails(ExitCodes.Failure, "is a folder; expected a text file", "--text", _folder.Path);
    }

    [Theory]
    [InlineData("--steps: expected at least 1, got 0", "--steps", "0")]
    [InlineData("--steps: expected at least 1, got -5", "--steps", "-5")]
    [InlineData("--steps: expected a whole number, got 'many'", "--steps", "many")]
    [InlineData("--top-p: expected a number, got 'most'", "generate", "--top-p", "most")]
    [InlineData("--config: expected one of tiny, gpt-cpu, baby, got 'huge'", "--config", "huge")]
    [InlineData("--threads: expected a number from 1 to 1024, got 0", "--threads", "0")]
    [InlineData("--batch: expected a number from 1 to 65536, got 0", "--batch", "0")]
    [InlineData("--learning-rate: expected a number in (0, 10], got NaN", "--learning-rate", "NaN")]
    [InlineData("--eval-interval: expected at least 1, got 0", "--eval-interval", "0")]
    [InlineData("--seed: expected a whole number from 0 on, got '-1'", "--seed", "-1")]
    [InlineData("--temperature: expected a number from 0 to 1000, got -1", "--temperature", "-1")]
    [InlineData("--top-k: expected at least 0, got -1", "--top-k", "-1")]
    [InlineData("--top-p: expected a number in (0, 1], got 0", "--top-p", "0")]
    [InlineData("--min-p: expected a number from 0 to 1, got 2", "--min-p", "2")]
    [InlineData("--repetition-penalty: expected a number in (0, 1000], got 0", "--repetition-penalty", "0")]
    [InlineData("--length: expected at least 0, got -1", "--length", "-1")]
    [InlineData("--unknown", "--unknown")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("--steps", "--steps")]
    public void OptionsThatMakeNoSense(string expected, params string[] args) => Fails(ExitCodes.Usage, expected, args);

    [Fact]
    public void OutputsThatCannotBeWritten()
    {
        Fails(ExitCodes.Failure, "is not the name of a file", "--out", _folder.Path);
        Fails(ExitCodes.Failure, "there is no folder", "--out", _folder.File("missing/model"));
    }

    [Theory]
    [InlineData("generate"), InlineData("eval"), InlineData("summary"), InlineData("train")]
    public void CheckpointsThatAreNotOnes(string command)
    {
        string option = command == "train" ? "--resume" : "--checkpoint", path = _folder.File("c");
        Fails(ExitCodes.Failure, "there is no such checkpoint", command, option, path);
        File.WriteAllText(path, "");
        Fails(ExitCodes.Failure, "expected at least 8 bytes, got 0", command, option, path);
        File.WriteAllText(path, "hello, this is a text and not a checkpoint at all");
        Fails(ExitCodes.Failure, "the header has", command, option, path);

        var writer = new SafeTensorsWriter();
        writer.Add<float>("w", [1], [1]);
        writer.Save(path);
        Fails(ExitCodes.Failure, "is not a checkpoint", command, option, path);
        Checkpoint.Save(path, FakeParameters.Vector(1));
        Fails(ExitCodes.Failure, "the metadata has no 'model'", command, option, path);
    }

    [Fact]
    public void CheckpointsThatAreDamaged()
    {
        File.WriteAllText(_folder.File("t"), string.Concat(Enumerable.Repeat("hello world ", 60)));
        string path = _folder.File("c");
        Assert.Equal(0, CommandLine.Run("--text", _folder.File("t"), "--config", "tiny", "--steps", "2", "--out", path).ExitCode);
        byte[] good = File.ReadAllBytes(path);

        File.WriteAllBytes(path, good[..^10]);
        Fails(ExitCodes.Failure, "but the file has", "generate", "--checkpoint", path);
        Damage("\\u0022Layers\\u0022:1", "\\u0022Layers\\u0022:0", "The configuration of a model is not valid");
        Damage("\\u0022Layers\\u0022:1", "\\u0022Layers\\u0022:2000000000", "Layers: expected an integer from 1 to 1024");
        Damage("\\u0022VocabularySize\\u0022:8", "\\u0022VocabularySize\\u0022:9", "the tokenizer has 8 tokens, the model 9");
        Damage("\\u0022Steps\\u0022:2", "\\u0022Steps\\u0022:0", "The settings of the run are not valid");
        Damage("\"step\":\"2\"", "\"step\":\"x\"", "'step' is not a number of steps");
        Damage("\"Bias\":", "\"Vias\":", "'Vias': is in the file, but not in the model");
        File.WriteAllBytes(path, good);
        Fails(ExitCodes.Failure, "The character 'x' (U+0078)", "generate", "--checkpoint", path, "--prompt", "x");

        void Damage(string from, string to, string expected)
        {
            string latin = System.Text.Encoding.Latin1.GetString(good);
            Assert.Contains(from, latin);
            byte[] bytes = System.Text.Encoding.Latin1.GetBytes(latin.Replace(from, to));
            long header = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            BinaryPrimitives.WriteInt64LittleEndian(bytes, header + bytes.Length - good.Length);
            File.WriteAllBytes(path, bytes);
            Fails(ExitCodes.Failure, expected, "generate", "--checkpoint", path);
        }
    }

    [Fact]
    public void SummaryTakesAConfigurationOrACheckpoint() =>
        Fails(ExitCodes.Usage, "exclude each other", "summary", "--config", "tiny", "--checkpoint", "x");

    private static void Fails(int code, string expected, params string[] args)
    {
        var run = CommandLine.Run(args);
        Assert.Contains(expected, run.ErrorLine());
        Assert.Equal(code, run.ExitCode);
    }
}

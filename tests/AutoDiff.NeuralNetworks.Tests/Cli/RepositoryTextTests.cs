using System.Text;
using TinyLM.Cli;

namespace AutoDiff.NeuralNetworks.Tests;

public class RepositoryTextTests
{
    [Fact]
    public void IsTheSourceInPlainCharacters()
    {
        var text = RepositoryText.Read();
        Assert.Contains("internal static class RepositoryText", text.Content); // itself
        Assert.Contains("public sealed class AdamW", text.Content);
        Assert.DoesNotContain("AssemblyInformationalVersion", text.Content); // nothing from obj/
        Assert.All(text.Content.Distinct(), c => Assert.True(c is '\n' or (>= ' ' and <= '~'), $"U+{(int)c:X4}"));
        Assert.True(text.Content.Length > 100_000, $"only {text.Content.Length} characters");
    }

    [Fact]
    public void IsTheSameEachTime() => Assert.Equal(RepositoryText.Read().Hash, RepositoryText.Read().Hash);

    [Fact]
    public void KeepsPlainCharactersAndReplacesWhatHasACounterpart()
    {
        var text = new StringBuilder();
        RepositoryText.AppendPlain(text, "a\r\n\tb “q” x − y — z… é≤ü");
        Assert.Equal("a\n    b \"q\" x - y - z... <=", text.ToString());
    }
}

using System.Text;

namespace AutoDiff.NeuralNetworks.Tests;

public class CharacterTokenizerTests
{
    [Fact]
    public void IdsFollowTheCodePoints()
    {
        var tokenizer = CharacterTokenizer.FromText("banana\u00e9\U0001F600\uFF21");
        Assert.Equal(6, tokenizer.VocabularySize);
        Assert.Equal("abn\u00e9\uFF21\U0001F600", string.Concat(tokenizer.Vocabulary)); // by code point, not by UTF-16 unit
        Assert.Equal([1, 0, 2, 5], tokenizer.Encode("ban\U0001F600"));
    }

    [Theory]
    [InlineData("Hello, world!\n\tÄöü 😀 𝔸 中文"), InlineData("a"), InlineData("\0\u0001\uFFFF")]
    public void DecodingReturnsTheText(string text)
    {
        var tokenizer = CharacterTokenizer.FromText(text);
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        Assert.Equal("", tokenizer.Decode(tokenizer.Encode("")));
    }

    [Fact]
    public void UnknownCharactersAreNamed()
    {
        var tokenizer = CharacterTokenizer.FromText("abc");
        Assert.Contains("'x' (U+0078) at index 2", Assert.Throws<TokenizationException>(() => tokenizer.Encode("abx")).Message);
        Assert.Contains("U+000A at index 0", Assert.Throws<TokenizationException>(() => tokenizer.Encode("\n")).Message);
    }

    [Fact]
    public void UnknownCharactersCanBeReplaced()
    {
        var tokenizer = CharacterTokenizer.FromText("ab?", new Rune('?'));
        Assert.Equal("a??b", tokenizer.Decode(tokenizer.Encode("a\U0001F600xb")));
        var error = Assert.Throws<TokenizationException>(() => CharacterTokenizer.FromText("ab", new Rune('?')));
        Assert.Contains("'?' (U+003F) is not in the vocabulary", error.Message);
    }

    [Fact]
    public void InvalidTextsAreErrors()
    {
        Assert.Throws<TokenizationException>(() => CharacterTokenizer.FromText(""));
        Assert.Contains("U+D800 at index 1", Assert.Throws<TokenizationException>(() => CharacterTokenizer.FromText("a\uD800")).Message);
        var tokenizer = CharacterTokenizer.FromText("ab");
        Assert.Contains("tokens[1]", Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([0, 2])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Decode([-1]));
    }

    [Theory]
    [InlineData("ab?\"\\\n😀", null), InlineData("ab?", '?')]
    public void DescriptionsRoundTrip(string text, char? replacement)
    {
        var tokenizer = CharacterTokenizer.FromText(text, replacement is { } c ? new Rune(c) : null);
        var copy = Assert.IsType<CharacterTokenizer>(Tokenizers.FromJson(tokenizer.ToJson()));
        Assert.Equal(tokenizer.Vocabulary.AsEnumerable(), copy.Vocabulary);
        Assert.Equal(tokenizer.Replacement, copy.Replacement);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"type":"bpe"}""")]
    [InlineData("""{"type":"character"}""")]
    [InlineData("""{"type":"character","vocabulary":""}""")]
    [InlineData("""{"type":"character","vocabulary":"ba"}""")]
    [InlineData("""{"type":"character","vocabulary":"aa"}""")]
    [InlineData("""{"type":"character","vocabulary":"\ud800"}""")]
    [InlineData("""{"type":"character","vocabulary":"ab","replacement":""}""")]
    [InlineData("""{"type":"character","vocabulary":"ab","replacement":"ab"}""")]
    [InlineData("""{"type":"character","vocabulary":"ab","replacement":"c"}""")]
    public void BrokenDescriptionsAreErrors(string json) => Assert.Throws<TokenizationException>(() => Tokenizers.FromJson(json));
}

namespace AutoDiff.Compiler.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData("class", "@class")]
    [InlineData("field", "@field")]
    [InlineData("value", "value")]
    [InlineData("Class", "Class")]
    public void Keywords_are_escaped(string name, string expected) => Assert.Equal(expected, CSharpNames.Escape(name));

    [Fact]
    public void Dotted_names_are_escaped_part_by_part()
        => Assert.Equal("global::My.@namespace.@class", CSharpNames.EscapeDotted("global::My.namespace.class"));

    [Theory]
    [InlineData("a.b", "a_b")]
    [InlineData("3d", "_3d")]
    [InlineData("", "_")]
    [InlineData("gewöhnlich", "gewöhnlich")]
    public void Any_text_becomes_an_identifier(string text, string expected)
    {
        Assert.Equal(expected, CSharpNames.ToIdentifier(text));
        Assert.True(CSharpNames.IsIdentifier(expected));
    }

    [Fact]
    public void Names_are_numbered_only_on_repetition()
    {
        var names = new UniqueNames("h2");
        Assert.Equal("h", names.Reserve("h"));
        Assert.Equal("h3", names.Reserve("h"));
        Assert.Equal("x1", names.Reserve("x1"));
        Assert.Equal("x1_2", names.Reserve("x1"));
        Assert.Equal("@class", names.Reserve("class"));
        Assert.Equal("class2", names.Reserve("@class"));
    }

    [Fact]
    public void Siblings_share_names_and_nested_scopes_do_not()
    {
        var outer = new UniqueNames();
        UniqueNames first = outer.Nested();
        UniqueNames second = outer.Nested();
        Assert.Equal("i", first.Reserve("i"));
        Assert.Equal("i", second.Reserve("i"));
        Assert.Equal("i2", first.Nested().Reserve("i"));

        // Declared outside after it was declared inside is an error in C# too.
        Assert.Equal("i3", outer.Reserve("i"));
        Assert.Equal("i2", first.Nested().Reserve("i"));
        Assert.False(second.TryReserve("i3"));
    }
}

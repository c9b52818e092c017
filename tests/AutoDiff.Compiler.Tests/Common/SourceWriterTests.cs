namespace AutoDiff.Compiler.Tests;

public sealed class SourceWriterTests
{
    [Fact]
    public void Blocks_nest_and_lines_end_in_line_feeds_without_trailing_spaces()
    {
        var writer = new SourceWriter();
        using (writer.Block("class C"))
        {
            writer.BlankLine();
            writer.WriteLine("int x;   ").BlankLine().BlankLine();
            using (writer.Block("void M()"))
            {
                writer.WriteLine("""
                    if (x > 0)
                        x--;

                    x++;
                    """);
                writer.BlankLine();
            }
        }
        Assert.Equal(
            "class C\n{\n    int x;\n\n    void M()\n    {\n        if (x > 0)\n            x--;\n\n        x++;\n    }\n}\n",
            writer.ToString());
    }

    [Fact]
    public void Carriage_returns_of_raw_text_vanish()
        => Assert.Equal("a\nb\n", new SourceWriter().WriteLine("a\r\nb").ToString());

    [Fact]
    public void Pieces_of_a_line_are_joined_and_prefixes_repeat()
    {
        var writer = new SourceWriter();
        using (writer.Indent())
            writer.Write("int ").Write("x").WriteLine(";").WritePrefixed("/// ", "one\n\ntwo");
        Assert.Equal("    int x;\n    /// one\n    ///\n    /// two\n", writer.ToString());
    }

    [Fact]
    public void A_block_can_end_as_an_initialiser()
    {
        var writer = new SourceWriter();
        using (writer.Block("int[] a =", "};"))
            writer.WriteLine("1,");
        Assert.Equal("int[] a =\n{\n    1,\n};\n", writer.ToString());
    }
}

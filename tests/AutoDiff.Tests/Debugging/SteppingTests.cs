using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text;

namespace AutoDiff.Tests.Debugging;

/// <summary>
/// What a debugger needs to step into a derivative, in this assembly as the compiler built it: sequence points in the generated file, for statements of the
/// forward and of the backward part, and the text of that file in the portable PDB.
/// </summary>
public class SteppingTests
{
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Fact]
    public void AForwardAndABackwardStatementHaveSequencePoints()
    {
        (string[] source, SequencePoint[] points) = Read(nameof(Stepped.PullGradient));
        int backward = Array.FindIndex(source, l => l.Contains("// backward", StringComparison.Ordinal));
        Assert.True(backward > 0);
        AssertStops(source, points, "[1] h = Math.Tanh(x * y)", 0, backward);
        AssertStops(source, points, "[1]ᵀ", backward, source.Length);
        AssertStops(source, points, "[2]ᵀ", backward, source.Length);
    }

    [Fact]
    public void NoStatementIsHiddenFromTheDebugger()
    {
        (_, SequencePoint[] points) = Read(nameof(Stepped.PullGradient));
        Assert.True(points.Length >= 6);
        Assert.DoesNotContain(points, static p => p.IsHidden);
        Assert.Empty(typeof(Stepped).GetMethod(nameof(Stepped.PullGradient))!.GetCustomAttributes(typeof(System.Diagnostics.DebuggerNonUserCodeAttribute), false));
        Assert.Empty(typeof(Stepped).GetMethod(nameof(Stepped.PullGradient))!.GetCustomAttributes(typeof(System.Diagnostics.DebuggerStepThroughAttribute), false));
    }

    // The statement with this note is one that a breakpoint can be set on.
    private static void AssertStops(string[] source, SequencePoint[] points, string note, int from, int to)
    {
        // From the first line of the member on: the doc comment has the notes, too.
        int first = points.Min(static p => p.StartLine) - 1;
        int line = Array.FindIndex(source, Math.Max(from, first), l => l.Contains("// " + note, StringComparison.Ordinal));
        Assert.InRange(line, from, to - 1);
        Assert.Contains(points, p => p.StartLine == line + 1);
    }

    private static (string[] Source, SequencePoint[] Points) Read(string member)
    {
        int token = typeof(Stepped).GetMethod(member)!.MetadataToken;
        using FileStream file = File.OpenRead(Path.ChangeExtension(typeof(Stepped).Assembly.Location, ".pdb"));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(file);
        MetadataReader reader = provider.GetMetadataReader();
        MethodDebugInformation debug = reader.GetMethodDebugInformation(MetadataTokens.MethodDefinitionHandle(token & 0xFFFFFF));
        Document document = reader.GetDocument(debug.Document);
        Assert.EndsWith("Stepped.Pull.Derivatives.g.cs", reader.GetString(document.Name), StringComparison.Ordinal);
        CustomDebugInformation embedded = reader.GetCustomDebugInformation(debug.Document).Select(reader.GetCustomDebugInformation)
            .Single(i => reader.GetGuid(i.Kind) == s_embeddedSource);
        return (Text(reader.GetBlobBytes(embedded.Value)).Split('\n'), [.. debug.GetSequencePoints()]);
    }

    // The length of the text where it is compressed, or 0, and then the text.
    private static string Text(byte[] blob)
    {
        if (BitConverter.ToInt32(blob) == 0) return Encoding.UTF8.GetString(blob, 4, blob.Length - 4).TrimStart('\uFEFF');
        using var unpacked = new StreamReader(new DeflateStream(new MemoryStream(blob, 4, blob.Length - 4), CompressionMode.Decompress), Encoding.UTF8);
        return unpacked.ReadToEnd();
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>Text with pieces of program in it, written as an interpolated string: <c>new Node(Kind.Number, $"Math.Sin({x}) * {y}")</c>.</summary>
[InterpolatedStringHandler]
internal readonly struct Code(int literalLength, int formattedCount)
{
    private readonly List<object> _pieces = new(Math.Min(literalLength + formattedCount, 2 * formattedCount + 1));

    /// <summary>In order: text, and nodes.</summary>
    public IReadOnlyList<object> Pieces => _pieces;

    public void AppendLiteral(string text) => _pieces.Add(text);

    public void AppendFormatted(Node node) => _pieces.Add(node);

    public void AppendFormatted(string text) => _pieces.Add(text);

    public void AppendFormatted(char text) => _pieces.Add(text.ToString());

    public void AppendFormatted(int number) => _pieces.Add(number.ToString(CultureInfo.InvariantCulture));
}

using System.Text;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>A piece of a program: text, with smaller pieces in it. It is a tree so that a program that fails can be made smaller.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Pieces">In order: text, and nodes.</param>
internal sealed record Node(Kind Kind, IReadOnlyList<object> Pieces)
{
    public Node(Kind kind, Code code)
        : this(kind, code.Pieces)
    {
    }

    public IEnumerable<Node> Children => Pieces.OfType<Node>();

    /// <summary>Members or statements, one below the other.</summary>
    public static Node List(IEnumerable<Node> items) => new(Kind.List, [.. items]);

    /// <summary>The tree with another node in the place of this child.</summary>
    public Node With(int piece, Node child) => this with { Pieces = [.. Pieces.Take(piece), child, .. Pieces.Skip(piece + 1)] };

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private void Write(StringBuilder text)
    {
        for (int i = 0; i < Pieces.Count; i++)
        {
            if (Kind == Kind.List && i > 0) text.Append('\n');
            if (Pieces[i] is Node node) node.Write(text);
            else text.Append(Pieces[i]);
        }
    }
}

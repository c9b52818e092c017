using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>
/// Which of several results each call of a piece of source is taken to have, for every combination in turn: the piece is evaluated
/// again and again, and what it chose before it chooses again until the last choice has had all its turns.
/// </summary>
internal sealed class Choices
{
    private readonly List<(SyntaxNode At, int Index, int Count)> _taken = [];

    /// <summary>The result that is taken at a place: always the same one in one evaluation.</summary>
    public int Take(SyntaxNode at, int count)
    {
        foreach ((SyntaxNode place, int index, _) in _taken)
            if (place == at) return index;
        _taken.Add((at, 0, count));
        return 0;
    }

    /// <summary>Turns to the next combination.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Next()
    {
        while (_taken.Count > 0)
        {
            (SyntaxNode at, int index, int count) = _taken[_taken.Count - 1];
            _taken.RemoveAt(_taken.Count - 1);
            if (index + 1 >= count) continue;
            _taken.Add((at, index + 1, count));
            return true;
        }

        return false;
    }
}

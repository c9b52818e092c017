using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>How much the generated code explains itself (<c>AutoDiffExplain</c>).</summary>
internal enum Explain
{
    None,
    Brief,
    Full,
}

/// <summary>
/// Numbers the statements of a body by the user's expressions: <c>// [3] p = Tanh(s)</c> behind the first statement of step 3, <c>// [3]ᵀ …</c> in the
/// backward part.
/// </summary>
/// <param name="level">None: no notes; brief: numbers only; full: numbers with text.</param>
/// <param name="forward">The text of each step; index k − 1 for step k.</param>
/// <param name="backward">The adjoint equation of each step.</param>
internal sealed class StepNotes(Explain level, IReadOnlyList<string> forward, IReadOnlyList<string> backward)
{
    // Notes stand in one column as long as the statements before them are short enough.
    private const int Column = 68;
    private const int MaxWidth = 140;

    private int _current;

    public static StepNotes None => new(Explain.None, [], []);

    public Explain Level => level;

    public bool IsBackward { get; private set; }

    /// <summary>From here on statements are the transposes of their steps.</summary>
    public void BeginBackward() => (IsBackward, _current) = (true, 0);

    /// <summary>Forgets the current step, so that the next statement names it again.</summary>
    public void Reset() => _current = 0;

    /// <summary>The statement, with a note behind it where its step is another than that of the statement before.</summary>
    public string Annotate(Instruction origin, string statement, int indentation)
    {
        if (level == Explain.None || origin.Step == 0 || origin.Step == _current) return statement;
        _current = origin.Step;
        string note = "// " + Note(origin.Step);
        int width = Math.Max(Column - 4 * indentation, 24);
        string line = statement.PadRight(width) + note;
        return line.Length + 4 * indentation <= MaxWidth ? line : $"{note}\n{statement}";
    }

    private string Note(int step)
    {
        IReadOnlyList<string> texts = IsBackward ? backward : forward;
        string number = IsBackward ? $"[{step}]ᵀ" : $"[{step}]";
        string text = level == Explain.Full && step <= texts.Count ? texts[step - 1] : "";
        return text.Length == 0 ? number : $"{number} {text}";
    }
}

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
/// <param name="isRecomputed">Whether an instruction of the backward part computes a primal value again.</param>
internal sealed class StepNotes(
    Explain level, IReadOnlyList<string> forward, IReadOnlyList<string> backward, Func<Instruction, bool>? isRecomputed = null)
{
    // Notes stand in one column as long as the statements before them are short enough.
    private const int Column = 68;
    private const int MaxWidth = 140;

    private readonly HashSet<(int Step, bool IsTranspose)> _told = [];

    private (int Step, bool IsTranspose) _current;

    public static StepNotes None => new(Explain.None, [], []);

    public Explain Level => level;

    public bool IsBackward { get; private set; }

    /// <summary>The text of each step where the backward part computes it again.</summary>
    public IReadOnlyList<string> Again { get; init; } = [.. forward.Select(static text => text.Length > 0 ? text + ", again" : "")];

    /// <summary>Whether notes that do not fit behind a statement stand above it in the backward part too, and texts are not said twice.</summary>
    public bool IsAbove { get; init; }

    /// <summary>The notes of statements of the backward part that compute primal values again.</summary>
    public StepNotes Recomputing()
    {
        var again = new StepNotes(level, forward, backward, static _ => true) { Again = Again, IsAbove = IsAbove };
        again.BeginBackward();
        return again;
    }

    /// <summary>From here on statements are the transposes of their steps.</summary>
    public void BeginBackward() => (IsBackward, _current) = (true, default);

    /// <summary>The same notes for a method of its own.</summary>
    public StepNotes ForMember() => new(level, forward, backward, isRecomputed) { IsBackward = IsBackward, Again = Again, IsAbove = IsAbove };

    /// <summary>Forgets the current step, so that the next statement names it again.</summary>
    public void Reset() => _current = default;

    /// <summary>The statement, with a note behind it where its step is another than that of the statement before.</summary>
    public string Annotate(Instruction origin, string statement, int indentation)
    {
        bool isTranspose = (IsBackward || origin.Step < 0) && isRecomputed?.Invoke(origin) != true;
        return Annotate(Math.Abs(origin.Step), isTranspose, statement, indentation);
    }

    /// <summary>The same for an assignment that no instruction stands for: the last step up to <paramref name="before"/> that assigns the variable.</summary>
    public string AnnotateAssignment(string variable, int before, string statement, int indentation)
    {
        if (IsBackward) return statement;
        string start = variable + " = ";
        for (int step = Math.Min(before, forward.Count); step >= 1; step--)
            if (forward[step - 1].StartsWith(start, StringComparison.Ordinal)) return Annotate(step, false, statement, indentation);
        return statement;
    }

    private string Annotate(int step, bool isTranspose, string statement, int indentation)
    {
        if (level == Explain.None || step == 0 || _current == (step, isTranspose)) return statement;
        _current = (step, isTranspose);
        string number = isTranspose ? $"// [{step}]ᵀ" : $"// [{step}]";
        string text = !_told.Add(_current) && IsAbove ? "" : Text(step, isTranspose);
        string line = statement.PadRight(Math.Max(Math.Max(Column - 4 * indentation, 24), statement.Length + 1)) + number;
        if (text.Length == 0) return line;
        bool isLong = text.IndexOf('\n') >= 0 || line.Length + 1 + text.Length + 4 * indentation > MaxWidth;
        if (!isLong) return $"{line} {text}";

        // The user's text leads to the place in the source; a long equation can be read in the card.
        if (isTranspose && !IsAbove) return line;
        return $"{number} {text.Replace("\n", "\n//" + new string(' ', number.Length - 1))}\n{statement}";
    }

    private string Text(int step, bool isTranspose)
    {
        if (level != Explain.Full) return "";
        IReadOnlyList<string> texts = isTranspose ? backward : IsBackward ? Again : forward;
        return step <= texts.Count ? texts[step - 1] : "";
    }
}

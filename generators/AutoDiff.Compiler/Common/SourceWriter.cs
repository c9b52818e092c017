using System.Text;

namespace AutoDiff.Compiler;

/// <summary>
/// Writes C# text: four spaces a level, '\n' at the end of each line whatever the platform, no trailing spaces, no blank line
/// directly behind an opening brace or before a closing one, never two in a row.
/// </summary>
internal sealed class SourceWriter
{
    private const string IndentUnit = "    ";

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private bool _blankLinePending;
    private bool _atBlockStart = true;

    /// <summary>Levels of indentation of the next line.</summary>
    public int Indentation { get; private set; }

    /// <summary>Appends to the current line; line breaks inside <paramref name="text"/> end it.</summary>
    public SourceWriter Write(string text)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\n')
                continue;
            int end = i > start && text[i - 1] == '\r' ? i - 1 : i;
            _line.Append(text, start, end - start);
            EndLine();
            start = i + 1;
        }
        _line.Append(text, start, text.Length - start);
        return this;
    }

    public SourceWriter WriteLine() => WriteLine("");

    /// <summary>Appends <paramref name="text"/> (one line, or a raw string of several) and ends the line.</summary>
    public SourceWriter WriteLine(string text)
    {
        Write(text);
        EndLine();
        return this;
    }

    /// <summary>Writes each line behind <paramref name="prefix"/>, as for <c>///</c> and <c>//</c> comments.</summary>
    public SourceWriter WritePrefixed(string prefix, string text)
    {
        foreach (string line in text.Replace("\r\n", "\n").Split('\n'))
            WriteLine(prefix + line);
        return this;
    }

    /// <summary>One blank line before whatever comes next, unless that is a closing brace.</summary>
    public SourceWriter BlankLine()
    {
        _blankLinePending = !_atBlockStart;
        return this;
    }

    /// <summary><c>header { … }</c> on lines of their own, until the result is disposed.</summary>
    /// <param name="header">What stands before the brace; none for a bare block.</param>
    /// <param name="end">What closes it: <c>"}"</c>, <c>"};"</c>, <c>"})"</c> …</param>
    public Scope Block(string header = "", string end = "}")
    {
        if (header.Length > 0)
            WriteLine(header);
        WriteLine("{");
        _atBlockStart = true;
        Indentation++;
        return new(this, end);
    }

    /// <summary>One more level of indentation until the result is disposed.</summary>
    public Scope Indent()
    {
        Indentation++;
        return new(this, null);
    }

    public override string ToString()
    {
        if (_line.Length > 0)
            EndLine();
        return _text.ToString();
    }

    private void EndLine()
    {
        int length = _line.Length;
        while (length > 0 && _line[length - 1] is ' ' or '\t')
            length--;
        if (length == 0)
        {
            _line.Clear();
            BlankLine();
            return;
        }

        if (_blankLinePending)
            _text.Append('\n');
        _blankLinePending = false;
        _atBlockStart = false;
        for (int i = 0; i < Indentation; i++)
            _text.Append(IndentUnit);
        _text.Append(_line.ToString(0, length)).Append('\n');
        _line.Clear();
    }

    /// <summary>Closes a block or a level of indentation.</summary>
    public readonly struct Scope(SourceWriter writer, string? end) : IDisposable
    {
        public void Dispose()
        {
            writer.Indentation--;
            if (end is null)
                return;
            writer._blankLinePending = false;
            writer.WriteLine(end);
        }
    }
}

using System.Globalization;

namespace AutoDiff.Compiler.IR;

/// <summary>Text that is not the textual form of IR: the message names the line and what was expected there.</summary>
public sealed class IrSyntaxException(string message) : Exception(message);

/// <summary>A position in a text of the IR; blanks, ends of lines and comments are skipped.</summary>
internal sealed class TextCursor(string text)
{
    private int _position;

    public bool IsAtEnd => Next() == text.Length;

    /// <summary>Whether the line has no more tokens.</summary>
    public bool IsAtLineEnd
    {
        get
        {
            int end = _position;
            while (end < text.Length && (text[end] is ' ' or '\t')) end++;
            return end == text.Length || text[end] is '\n' or '\r' or ';';
        }
    }

    /// <summary>The next character; the character 0 at the end.</summary>
    public char Peek()
    {
        int next = Next();
        return next < text.Length ? text[next] : '\0';
    }

    /// <summary>Whether the text goes on with a token; then it is passed over. A word does not match the start of a longer one.</summary>
    public bool Accept(string token)
    {
        int start = Next();
        if (string.CompareOrdinal(text, start, token, 0, token.Length) != 0) return false;
        int end = start + token.Length;
        if (IrText.IsWordPart(token[token.Length - 1]) && end < text.Length && IrText.IsWordPart(text[end])) return false;
        _position = end;
        return true;
    }

    public void Expect(string token)
    {
        if (!Accept(token)) throw Error($"'{token}'");
    }

    /// <summary>The step in the comment that ends the current line; 0 without one.</summary>
    public int Step()
    {
        int end = text.IndexOf('\n', _position);
        string rest = text.Substring(_position, (end < 0 ? text.Length : end) - _position);
        int start = rest.IndexOf("; [", StringComparison.Ordinal);
        if (rest.Trim().Length == 0 || start < 0 || rest.Substring(0, start).Trim() is not ("" or "{")) return 0;
        int close = rest.IndexOf(']', start);
        return close > 0 && int.TryParse(
            rest.Substring(start + 3, close - start - 3), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int step) ? step : 0;
    }

    public long Integer()
    {
        Skip();
        int start = _position;
        if (_position < text.Length && text[_position] == '-') _position++;
        while (_position < text.Length && char.IsDigit(text[_position])) _position++;
        if (!long.TryParse(text.Substring(start, _position - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out long value))
            throw Error("an integer");
        return value;
    }

    /// <summary>A run of characters up to white space or one of <paramref name="ends"/>.</summary>
    public string Run(string ends)
    {
        Skip();
        int start = _position;
        while (_position < text.Length && !char.IsWhiteSpace(text[_position]) && ends.IndexOf(text[_position]) < 0) _position++;
        return text.Substring(start, _position - start);
    }

    /// <summary>An identifier, or a quoted name.</summary>
    public string Word()
    {
        if (Peek() == '"') return Quoted();
        Skip();
        int start = _position;
        while (_position < text.Length && IrText.IsWordPart(text[_position])) _position++;
        return _position > start ? text.Substring(start, _position - start) : throw Error("a name");
    }

    public string Quoted()
    {
        Expect("\"");
        var unquoted = new System.Text.StringBuilder();
        for (; _position < text.Length && text[_position] != '"'; _position++)
        {
            char c = text[_position];
            if (c == '\\' && _position + 1 < text.Length)
            {
                c = text[++_position] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other };
            }

            unquoted.Append(c);
        }

        Expect("\"");
        return unquoted.ToString();
    }

    /// <summary>The text up to the bracket that closes the one just passed, which is passed over too.</summary>
    public string Bracketed(char open, char close)
    {
        int depth = 1, start = _position;
        for (; _position < text.Length; _position++)
        {
            if (text[_position] == '"') SkipQuoted();
            else if (text[_position] == open) depth++;
            else if (text[_position] == close && --depth == 0) return text.Substring(start, _position++ - start);
        }

        throw Error($"'{close}'");
    }

    /// <summary>From an opening quote to the closing one, which a backslash does not escape.</summary>
    private void SkipQuoted()
    {
        for (_position++; _position < text.Length && text[_position] != '"'; _position++)
            if (text[_position] == '\\') _position++;
    }

    public IrSyntaxException Error(string expected)
    {
        int line = text.Take(Math.Min(_position, text.Length)).Count(static c => c == '\n') + 1;
        int end = text.IndexOf('\n', Math.Min(_position, text.Length));
        string rest = text.Substring(_position, (end < 0 ? text.Length : end) - _position);
        return new IrSyntaxException($"line {line}: {expected} was expected before '{rest}'");
    }

    private void Skip() => _position = Next();

    /// <summary>The position of the next token.</summary>
    private int Next()
    {
        int next = _position;
        while (next < text.Length && (char.IsWhiteSpace(text[next]) || text[next] == ';'))
        {
            if (text[next] == ';') next = text.IndexOf('\n', next) is >= 0 and var end ? end : text.Length;
            else next++;
        }

        return next;
    }
}

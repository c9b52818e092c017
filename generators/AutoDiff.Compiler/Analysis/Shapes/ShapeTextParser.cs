using System.Globalization;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

/// <summary>
/// Reads a shape text: axes separated by white space, each <c>...</c> (first only), <c>_</c>, or an expression over names, paths
/// (<c>options.Width</c>) and integers with <c>+ - * /</c> and parentheses, without inner spaces.
/// </summary>
internal sealed class ShapeTextParser
{
    private readonly string _text;
    private readonly List<string> _names = [];
    private int _position;
    private ShapeTextError? _error;

    private ShapeTextParser(string text) => _text = text;

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    public static ShapeText? Parse(string text, out ShapeTextError? error)
    {
        var parser = new ShapeTextParser(text);
        var items = new List<ShapeItem>();
        parser.SkipSpaces();
        while (parser._position < text.Length && parser._error is null)
        {
            items.Add(parser.CheckedItem(items.Count));
            if (parser._error is null && parser._position < text.Length && !char.IsWhiteSpace(parser.Current))
                parser.Fail($"'{parser.Current}' is unexpected");
            parser.SkipSpaces();
        }

        error = parser._error;
        return error is null ? new ShapeText(items.ToEquatable(), parser._names.ToEquatable()) : null;
    }

    private void SkipSpaces()
    {
        while (char.IsWhiteSpace(Current)) _position++;
    }

    /// <summary>An axis whose numbers stay within 64 bits.</summary>
    private ShapeItem CheckedItem(int axis)
    {
        int start = _position;
        try
        {
            return Item(axis);
        }
        catch (OverflowException)
        {
            Fail("a number is too large", start, _position - start);
            return new ShapeItem(ShapeItemKind.Any, null, start, _position - start);
        }
    }

    private ShapeItem Item(int axis)
    {
        int start = _position;
        if (string.CompareOrdinal(_text, start, "...", 0, 3) == 0)
        {
            _position += 3;
            if (axis > 0) Fail("'...' stands for leading axes and must be first", start, 3);
            return new ShapeItem(ShapeItemKind.Rest, null, start, 3);
        }

        if (Current == '_' && (start + 1 == _text.Length || char.IsWhiteSpace(_text[start + 1])))
        {
            _position++;
            return new ShapeItem(ShapeItemKind.Any, null, start, 1);
        }

        Dim size = Sum();
        if (_error is null && size.Literal is < 0)
            Fail($"'{_text.Substring(start, _position - start)}' is negative", start, _position - start);
        return new ShapeItem(ShapeItemKind.Size, size, start, _position - start);
    }

    private Dim Sum()
    {
        Dim left = Product();
        while (_error is null && Current is '+' or '-') left = _text[_position++] == '+' ? left + Product() : left - Product();
        return left;
    }

    private Dim Product()
    {
        Dim left = Factor();
        while (_error is null && Current is '*' or '/')
        {
            bool multiplies = _text[_position++] == '*';
            int start = _position;
            Dim right = Factor();
            if (multiplies) left *= right;
            else if (right == Dim.Zero) Fail("a size is divided by zero", start, _position - start);
            else if (Dim.Divide(left, right) is { } quotient) left = quotient;
            else Fail("a divisor must be a product of names and numbers", start, _position - start);
        }

        return left;
    }

    private Dim Factor()
    {
        int start = _position;
        if (Current == '(')
        {
            _position++;
            Dim inner = Sum();
            if (Current == ')') _position++;
            else Fail("a ')' is missing");
            return inner;
        }

        if (Current is >= '0' and <= '9') return Number(start);
        while (Current == '.' || IsWordPart(Current)) _position++;
        string name = _text.Substring(start, _position - start);
        if (name.Length == 0) Fail(Current == '\0' ? "a size is missing at the end" : $"'{Current}' is unexpected");
        else if (name == "_" || !name.Split('.').All(static part => part.Length > 0 && IsWordPart(part[0]) && !char.IsDigit(part[0])))
            Fail($"'{name}' is not a name", start, name.Length);
        else if (!_names.Contains(name)) _names.Add(name);
        return name.Length == 0 ? Dim.One : Dim.Symbol(name);
    }

    private Dim Number(int start)
    {
        while (Current is >= '0' and <= '9') _position++;
        string digits = _text.Substring(start, _position - start);
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value)) return Dim.Constant(value);
        Fail($"'{digits}' is too large", start, digits.Length);
        return Dim.One;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private void Fail(string reason) => Fail(reason, _position, _position < _text.Length ? 1 : 0);

    private void Fail(string reason, int position, int length) => _error ??= new(position, length, reason);
}

using System.Globalization;
using AutoDiff.Compiler;

namespace AutoDiff.Generators.Models;

/// <summary>
/// Reads the shape text of a parameter: dimensions separated by spaces, each an expression over names, paths and integers with
/// <c>+ - * /</c> and parentheses, without inner spaces.
/// </summary>
internal sealed class ShapeTextParser
{
    private readonly string _text;
    private int _position;
    private ShapeError? _error;

    private ShapeTextParser(string text) => _text = text;

    public static EquatableArray<DimensionSyntax> Parse(string text, out ShapeError? error)
    {
        var parser = new ShapeTextParser(text);
        var dimensions = new List<DimensionSyntax>();
        parser.SkipSpaces();
        while (parser._position < text.Length && parser._error is null)
        {
            dimensions.Add(parser.Sum());
            if (parser._error is null && parser._position < text.Length && !char.IsWhiteSpace(text[parser._position]))
                parser.Fail("'" + text[parser._position] + "' is unexpected");
            parser.SkipSpaces();
        }

        if (dimensions.Count == 0)
            parser.Fail("it has no dimension");
        error = parser._error;
        return dimensions.ToEquatable();
    }

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    private void SkipSpaces()
    {
        while (char.IsWhiteSpace(Current))
            _position++;
    }

    private DimensionSyntax Sum()
    {
        DimensionSyntax left = Product();
        while (_error is null && Current is '+' or '-')
            left = Operation(left, _text[_position++], Product());
        return left;
    }

    private DimensionSyntax Product()
    {
        DimensionSyntax left = Factor();
        while (_error is null && Current is '*' or '/')
            left = Operation(left, _text[_position++], Factor());
        return left;
    }

    private DimensionOperation Operation(DimensionSyntax left, char symbol, DimensionSyntax right)
        => new(left.Position, _position - left.Position, symbol, left, right);

    private DimensionSyntax Factor()
    {
        int start = _position;
        if (Current == '(')
        {
            _position++;
            DimensionSyntax inner = Sum();
            if (Current == ')')
                _position++;
            else
                Fail("a ')' is missing");
            return inner;
        }
        return char.IsDigit(Current) ? Number(start) : Name(start);
    }

    private DimensionNumber Number(int start)
    {
        while (char.IsDigit(Current))
            _position++;
        string digits = _text.Substring(start, _position - start);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value == 0)
            Fail("'" + digits + "' is not the length of a dimension", start, digits.Length);
        return new(start, digits.Length, value);
    }

    private DimensionName Name(int start)
    {
        while (Current == '.' || CSharpNames.IsIdentifier("_" + Current))
            _position++;
        string path = _text.Substring(start, _position - start);
        if (path.Length == 0)
            Fail(Current == '\0' ? "a dimension is missing at the end" : "'" + Current + "' is unexpected");
        else if (path is "_" or "..." || !path.Split('.').All(CSharpNames.IsIdentifier))
            Fail("a parameter must know all its dimensions, and '" + path + "' is none", start, path.Length);
        return new(start, path.Length, path);
    }

    private void Fail(string reason) => Fail(reason, _position, _position < _text.Length ? 1 : 0);

    private void Fail(string reason, int position, int length) => _error ??= new(position, length, reason);
}

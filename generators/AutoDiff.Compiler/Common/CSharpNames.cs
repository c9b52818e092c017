using System.Globalization;
using System.Text;

namespace AutoDiff.Compiler;

/// <summary>Identifiers of C#: keywords are escaped with @, other text is turned into an identifier.</summary>
internal static class CSharpNames
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue",
        "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally",
        "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long",
        "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public",
        "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch",
        "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while",

        // Contextual ones that cannot stand everywhere as a name of a type, member or local.
        "allows", "and", "async", "await", "dynamic", "extension", "field", "file", "global", "nameof", "not", "notnull", "or",
        "partial", "record", "required", "scoped", "unmanaged", "var", "when", "where", "with", "yield",
    };

    public static bool IsKeyword(string name) => Keywords.Contains(name);

    /// <summary><paramref name="name"/> as it is written in source: with @ where it is a keyword.</summary>
    public static string Escape(string name) => Keywords.Contains(name) ? "@" + name : name;

    /// <summary>Escapes each part of a dotted name; <c>global::</c> in front stays.</summary>
    public static string EscapeDotted(string name)
    {
        const string Global = "global::";
        if (name.StartsWith(Global, StringComparison.Ordinal))
            return Global + EscapeDotted(name.Substring(Global.Length));
        return string.Join(".", name.Split('.').Select(Escape));
    }

    public static string Unescape(string name) => name.StartsWith("@", StringComparison.Ordinal) ? name.Substring(1) : name;

    public static bool IsIdentifier(string text)
    {
        if (text.Length == 0 || !IsStart(text[0]))
            return false;
        foreach (char c in text)
        {
            if (!IsPart(c))
                return false;
        }
        return true;
    }

    /// <summary>An identifier that resembles <paramref name="text"/>: other characters become underscores.</summary>
    public static string ToIdentifier(string text)
    {
        var name = new StringBuilder(text.Length + 1);
        foreach (char c in text)
            name.Append(IsPart(c) ? c : '_');
        if (name.Length == 0 || !IsStart(name[0]))
            name.Insert(0, '_');
        return name.ToString();
    }

    /// <summary>First letter in upper case: <c>bias</c> → <c>Bias</c>.</summary>
    public static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>First letter in lower case: <c>Bias</c> → <c>bias</c>.</summary>
    public static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);

    private static bool IsStart(char c)
        => c == '_' || char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    private static bool IsPart(char c) => IsStart(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.Format;
}

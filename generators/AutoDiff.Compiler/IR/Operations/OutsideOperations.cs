using System.Text.RegularExpressions;

namespace AutoDiff.Compiler.IR;

/// <summary>
/// A value that stands outside of the method, as C#: a static field, a text. It has no derivative. It is the same whenever it is read, unless it <paramref name="MayChange"/>.
/// </summary>
public sealed record Outside(string Text, bool MayChange = false) : Operation
{
    /// <summary>Before the name of a constructor parameter or private member in the member that keeps it, or reads it.</summary>
    public const string CapturedPrefix = "__captured_";

    private static readonly Regex s_captured = new(CapturedPrefix + @"(\w+)(\(\))?", RegexOptions.CultureInvariant);

    public override string Name => "outside";

    public override string Attributes => IrText.Quote(Text) + (MayChange ? " changes" : "");

    public override bool ReadsState => MayChange;

    /// <summary>A place with its members as the user knows them.</summary>
    public static string Shown(string text) => s_captured.Replace(text.Replace(".GetValueOrDefault()", ""), "$1");
}

/// <summary>
/// outsideElement(inputs): what is at a place in an array that stands outside of the method, as C# with a hole for each index, and for the object that holds the array:
/// <c>C.Table[{0}]</c>, <c>C.Rows[{0}][{1}].X</c>, <c>C.Rows[{0}].Length</c>, <c>{0}.Items[{1}]</c>. It is only read, and the same each time unless it <paramref name="MayChange"/>.
/// </summary>
public sealed record OutsideElement(string Text, bool MayChange = false) : Operation
{
    public override string Name => "outsideElement";

    public override string Attributes => IrText.Quote(Text) + (MayChange ? " changes" : "");

    public override bool ReadsState => MayChange;

    /// <summary>The place with something in its holes.</summary>
    public string With(IReadOnlyList<string> indices)
    {
        string text = Text;
        for (int k = 0; k < indices.Count; k++) text = text.Replace($"{{{k}}}", indices[k]);
        return text;
    }

    /// <summary>The place without the type that holds the array.</summary>
    public OutsideElement Short
    {
        get
        {
            string text = Outside.Shown(Text);
            return new(text.Substring(text.LastIndexOf('.', Math.Max(text.IndexOfAny(['[', '(']), 0)) + 1));
        }
    }
}

/// <summary>The number behind a value of an enumeration, which passes through as an object does.</summary>
public sealed record EnumNumber : Operation
{
    public override string Name => "enumNumber";
}

/// <summary>A number as a value of an enumeration (with <c>global::</c>).</summary>
public sealed record EnumValue(string Type) : Operation
{
    public override string Name => "enumValue";

    public override string Attributes => Type;
}

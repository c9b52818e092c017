using System.Globalization;

namespace AutoDiff.Compiler.IR;

/// <summary>Reads operations with their attributes.</summary>
internal static class OperationParser
{
    private static readonly Dictionary<string, ScalarOp> ScalarOps =
        ((ScalarOp[])Enum.GetValues(typeof(ScalarOp))).ToDictionary(static op => op.Text(), StringComparer.Ordinal);

    public static Operation Operation(TextCursor cursor)
    {
        string name = cursor.Word();
        string attributes = cursor.Accept("[") ? cursor.Bracketed('[', ']') : "";
        if (ScalarOps.TryGetValue(name, out ScalarOp op))
            return new Elementwise(op) { Overflow = attributes switch { "wraps" => Overflow.Wraps, "throws" => Overflow.Throws, _ => Overflow.Default } };
        return name switch
        {
            "reduceSum" => Reduction(ReduceKind.Sum, attributes),
            "reduceMean" => Reduction(ReduceKind.Mean, attributes),
            "reducePeak" => Reduction(ReduceKind.Peak, attributes),
            "reduceMax" => Reduction(ReduceKind.Max, attributes),
            "reduceMin" => Reduction(ReduceKind.Min, attributes),
            "matmul" => new MatMul(Words(attributes).Contains("ta"), Words(attributes).Contains("tb")),
            "permute" => new Permute(Axes(attributes)),
            "reshape" => new Reshape(),
            "broadcast" => new BroadcastTo(),
            "slice" => new SliceAxis(Integer(attributes, "axis"), Last(attributes, "start")),
            "pad" => new PadAxis(Integer(attributes, "axis"), Last(attributes, "start")),
            "concat" => new Concat(Integer(attributes, "axis")),
            "gather" => new Gather(),
            "scatterAdd" => new ScatterAdd(),
            "causalFill" => new CausalFill(double.Parse(Attribute(attributes, "fill"), NumberStyles.Float, CultureInfo.InvariantCulture))
            {
                Start = attributes.Contains("start=") ? Last(attributes, "start") : Dim.Zero,
            },
            "softmax" => new Softmax(),
            "logSoftmax" => new LogSoftmax(),
            "logSumExp" => new LogSumExp(),
            "crossEntropy" => new CrossEntropy(Integer(attributes, "ignore")),
            "crossEntropyGradient" => new CrossEntropyGradient(Integer(attributes, "ignore")),
            "layerNorm" => new LayerNorm(attributes == "bias"),
            "rmsNorm" => new RmsNorm(),
            "dropoutMask" => new DropoutMask(),
            "member" => Member(attributes),
            "isInstance" => new IsInstance(attributes),
            "isNull" => new IsNull(),
            "asInstance" => new AsInstance(attributes),
            "outside" => OutsideValue(new TextCursor(attributes)),
            "outsideElement" => OutsideItem(new TextCursor(attributes)),
            "enumNumber" => new EnumNumber(),
            "enumValue" => new EnumValue(attributes),
            "element" => new ElementAt(),
            "count" when attributes.Length > 0 => new CountTargets(Integer(attributes, "ignore"), Last(attributes, "classes")),
            "count" => new ModelCount(),
            "copy" => new Copy(),
            "onehot" => new OneHot(),
            "pick" => new PickTarget(Integer(attributes, "ignore")),
            "mask" => new MaskTarget(Integer(attributes, "ignore")),
            "parameter" => new GetParameter(attributes),
            "dim" => new DimensionValue(TypeParser.Dim(new TextCursor(attributes))),
            _ => throw cursor.Error($"an operation, not '{name}',"),
        };
    }

    private static Reduce Reduction(ReduceKind kind, string attributes) => new(kind, Axes(attributes), Words(attributes).Contains("keep"));

    private static EquatableArray<int> Axes(string attributes)
        => Attribute(attributes, "axes").Split([','], StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToEquatable();

    private static int Integer(string attributes, string name) => Parse(Attribute(attributes, name));

    /// <summary>The last attribute, a dimension, which has blanks in it.</summary>
    private static Dim Last(string attributes, string name)
    {
        int start = attributes.IndexOf(name + "=", StringComparison.Ordinal);
        if (start < 0) throw new IrSyntaxException($"the attribute {name} was expected in '{attributes}'");
        return TypeParser.Dim(new TextCursor(attributes.Substring(start + name.Length + 1)));
    }

    private static string Attribute(string attributes, string name)
        => Words(attributes).FirstOrDefault(w => w.StartsWith(name + "=", StringComparison.Ordinal))?.Substring(name.Length + 1)
            ?? throw new IrSyntaxException($"the attribute {name} was expected in '{attributes}'");

    private static string[] Words(string attributes) => attributes.Split(' ');

    private static int Parse(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static GetMember Member(string attributes)
    {
        var cursor = new TextCursor(attributes);
        string name = cursor.Run("? ");
        return new GetMember(name, cursor.Accept("?"), cursor.Accept("changes"));
    }

    private static OutsideElement OutsideItem(TextCursor cursor)
    {
        string text = cursor.Quoted();
        return new OutsideElement(text, cursor.Accept("changes"));
    }

    private static Outside OutsideValue(TextCursor cursor)
    {
        string text = cursor.Quoted();
        return new Outside(text, cursor.Accept("changes"));
    }
}

namespace AutoDiff.Compiler.IR;

/// <summary>Reads types, shapes and dimensions.</summary>
internal static class TypeParser
{
    public static IrType Type(TextCursor cursor)
    {
        string head = cursor.Word();
        switch (head)
        {
            case "ro" or "span" or "array":
                cursor.Expect("<");
                (ElementKind element, int lanes) = KindAndLanes(cursor.Word()) ?? throw cursor.Error("an element kind");
                cursor.Expect(">");
                return new BufferType(element,
                    head switch { "ro" => BufferKind.ReadOnlySpan, "span" => BufferKind.Span, _ => BufferKind.Array }, lanes);
            case "tensor":
                cursor.Expect("<");
                ElementKind kind = Kind(cursor);
                cursor.Expect(",");
                Shape shape = Shape(cursor);
                cursor.Expect(">");
                return new TensorType(kind, shape);
            case "tape":
                cursor.Expect("<");
                IrType saved = Type(cursor);
                cursor.Expect(">");
                return new TapeType(saved);
            case "model":
                cursor.Expect("<");
                return new ModelType(cursor.Bracketed('<', '>'));
            case "models":
                cursor.Expect("<");
                string list = cursor.Bracketed('<', '>');
                int comma = list.LastIndexOf(", ", StringComparison.Ordinal);
                if (comma < 0) throw cursor.Error("a count member");
                return new ModelListType(new ModelType(list.Substring(0, comma)), list.Substring(comma + 2));
            case "opaque":
                cursor.Expect("<");
                return new OpaqueType(cursor.Bracketed('<', '>'));
            case "struct":
                return Struct(cursor);
            default:
                (ElementKind number, int count) = KindAndLanes(head) ?? throw cursor.Error("a type");
                return new ScalarType(number, count);
        }
    }

    private static StructType Struct(TextCursor cursor)
    {
        string name = cursor.Quoted();
        StructForm form = cursor.Accept("tuple") ? StructForm.Tuple : cursor.Accept("nullable") ? StructForm.Nullable : StructForm.Object;
        var arguments = new List<int>();
        if (cursor.Accept("new"))
        {
            cursor.Expect("(");
            while (!cursor.Accept(")"))
            {
                if (arguments.Count > 0) cursor.Expect(",");
                arguments.Add((int)cursor.Integer());
            }
        }

        var components = new List<StructComponent>();
        cursor.Expect("{");
        while (!cursor.Accept("}"))
        {
            if (components.Count > 0) cursor.Expect(",");
            string component = cursor.Word();
            cursor.Expect(":");
            IrType type = Type(cursor);
            if (!Enum.TryParse(cursor.Word(), true, out ComponentAccess access)) throw cursor.Error("field, set, initialize or construct");
            components.Add(new StructComponent(component, type, access, cursor.Accept("differentiable"), cursor.Accept("required")));
        }

        return new StructType(name, form, components.ToEquatable(), arguments.ToEquatable());
    }

    public static Shape Shape(TextCursor cursor)
    {
        cursor.Expect("(");
        var dims = new List<Dim>();
        while (!cursor.Accept(")"))
        {
            if (dims.Count > 0) cursor.Expect(",");
            dims.Add(Dim(cursor));
        }

        return new Shape(dims.ToEquatable());
    }

    /// <summary>A sum of terms; a term is a product of integers and names, divided by names and an integer.</summary>
    public static Dim Dim(TextCursor cursor)
    {
        Dim sum = cursor.Accept("-") ? IR.Dim.Zero - Term(cursor) : Term(cursor);
        while (true)
        {
            if (cursor.Accept("+")) sum += Term(cursor);
            else if (cursor.Accept("-")) sum -= Term(cursor);
            else return sum;
        }
    }

    private static Dim Term(TextCursor cursor)
    {
        Dim product = Factor(cursor);
        while (true)
        {
            if (cursor.Accept("*")) product *= Factor(cursor);
            else if (cursor.Accept("/")) product = IR.Dim.Divide(product, Factor(cursor)) ?? throw cursor.Error("a divisor of one term");
            else return product;
        }
    }

    private static Dim Factor(TextCursor cursor)
    {
        // The reciprocal of a sum is a symbol of its own, spelled as it is.
        if (cursor.Accept("1/(")) return IR.Dim.Symbol("1/(" + cursor.Bracketed('(', ')') + ")");
        if (char.IsDigit(cursor.Peek())) return IR.Dim.Constant(cursor.Integer());
        string symbol = cursor.Run("*/+-(),<>[]{}\"=;");
        return symbol.Length > 0 ? IR.Dim.Symbol(symbol) : throw cursor.Error("a dimension");
    }

    /// <summary><c>f64</c>, or <c>f64x8</c>.</summary>
    private static (ElementKind Kind, int Lanes)? KindAndLanes(string text)
    {
        int cross = text.IndexOf('x');
        if (cross < 0) return Kind(text) is ElementKind plain ? (plain, 1) : null;
        return Kind(text.Substring(0, cross)) is ElementKind kind
            && int.TryParse(text.Substring(cross + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int lanes)
            ? (kind, lanes)
            : null;
    }

    private static ElementKind Kind(TextCursor cursor) => Kind(cursor.Word()) ?? throw cursor.Error("an element kind");

    private static ElementKind? Kind(string text)
    {
        foreach (ElementKind kind in (ElementKind[])Enum.GetValues(typeof(ElementKind)))
            if (kind.Text() == text) return kind;
        return null;
    }
}

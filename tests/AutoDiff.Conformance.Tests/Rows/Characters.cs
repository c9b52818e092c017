namespace AutoDiff.Conformance;

/// <summary>Beyond the catalogue: characters and texts decide, and take no gradient.</summary>
public static partial class Characters
{
    public readonly record struct Token(char Kind, double Weight);

    // One letter an operation, on a stack of numbers.
    [Differentiable]
    public static double Calculator(ReadOnlySpan<double> inputs, string program)
    {
        Span<double> stack = stackalloc double[8];
        int top = 0;
        foreach (char c in program)
        {
            switch (c)
            {
                case >= '0' and <= '9':
                    stack[top++] = inputs[c - '0'];
                    break;
                case '+' or '-':
                    top--;
                    stack[top - 1] += c == '+' ? stack[top] : -stack[top];
                    break;
                case '*':
                    top--;
                    stack[top - 1] *= stack[top];
                    break;
                case 's':
                    stack[top - 1] = Math.Sin(stack[top - 1]);
                    break;
                default:
                    throw new FormatException($"'{c}' is no operation");
            }
        }

        return stack[0];
    }

    [Row("characters_of_a_program", new double[] { 0.5, 2, -1.5 }, "01*2+s")]
    [Row("characters_of_a_program", new double[] { 0.5, 2, -1.5 }, "0s12-*")]
    [Differentiable]
    public static double Programs(double[] x, string program) => Calculator(x, program) * Calculator(x, "00*");

    [Row("characters_by_index", "abca", 1.5, 0.5, Gradient = [8.5, 10.5])]
    [Differentiable]
    public static double ByIndex(string text, double x, double y)
    {
        double s = 0;
        char before = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == 'a') s += x * x;
            else if (char.IsLetter(c)) s += y * (c - 'a');
            if (before < c) s += x * y;
            before = c;
        }

        char next = text[^1];
        next++;
        string part = text[1..^1];
        return s + (next == 'b' && part == "bc" ? x * part.Length * y : 0);
    }

    [Row("characters_in_linq_and_structs", "aabc", 'b', 2, 3, Gradient = [98, 41])]
    [Differentiable]
    public static double Tokens(string text, char wanted, double x, double y)
    {
        Token[] tokens = [new('a', x), new(wanted, y), new('c', x * y)];
        double s = text.Count(c => c == 'a') * x;
        foreach (Token token in tokens)
            if (token.Kind == wanted) s += token.Weight;
        return s + text.Select(c => c switch { 'a' => x, 'b' => x * y, _ => x * x }).Sum() * tokens[text.IndexOf(wanted)].Weight + (tokens[1] with { Kind = 'x' }).Kind;
    }

    [Row("characters_held", 2, "kzk", 1, Gradient = [35])]
    [Row("characters_held", 2, "pzk", 2, Gradient = [13])]
    [Differentiable]
    public static double Held(double x, string text, int n)
    {
        List<char> seen = [];
        foreach (char c in text.AsSpan()) seen.Add(c);
        (char First, double Value) t = (seen[0], x);
        char? found = n > 1 ? null : seen[1];
        if (found is 'z' || found == 'y') t.Value *= 3;
        char chosen = found ?? 'b';
        Lowest(out char lowest);
        return t.Value * x * seen.Count + (t.First == 'k' && chosen > lowest ? -x : x);
    }

    private static void Lowest(out char c) => c = 'a';
}

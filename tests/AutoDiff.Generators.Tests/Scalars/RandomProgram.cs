using System.Globalization;
using System.Text;

namespace AutoDiff.Generators.Tests.Scalars;

/// <summary>
/// Writes random bodies over a few variables: assignments, loops, branches, early exits, a local array. Functions are smooth and bounded, so that values stay
/// moderate; conditions look at counters, or at values far from where they turn.
/// </summary>
internal sealed class RandomProgram(int seed)
{
    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private int _names;
    private int _depth;

    public static string Body(int seed)
    {
        var program = new RandomProgram(seed);
        program._text.Append("double a = x[0], b = x[1], c = 0.5; double[] m = new double[3]; int k = 0;\n");
        program.Statements(3, []);
        program._text.Append("return a + 2 * b - c + m[0] * m[1] + Math.Sin(m[2]) + 0.1 * k;");
        return program._text.ToString();
    }

    private string Variable() => "abc"[_random.Next(3)].ToString();

    private void Statements(int count, List<string> counters)
    {
        for (int i = 0; i < count; i++) Statement(counters);
    }

    private void Statement(List<string> counters)
    {
        _depth++;
        switch (_random.Next(_depth > 2 ? 6 : 12))
        {
            case 0 or 1 or 2:
                Line($"{Variable()} = {Expression(3, counters)};");
                break;
            case 3:
                Line($"{Variable()} {"+-*"[_random.Next(3)]}= {Expression(2, counters)};");
                break;
            case 4:
                Line($"m[{Index(counters)}] {(_random.Next(2) == 0 ? "" : "+")}= {Expression(2, counters)};");
                break;
            case 5:
                (string p, string q) = (Variable(), Variable());
                Line(_random.Next(2) == 0 && p != q ? $"({p}, {q}) = ({Expression(1, counters)}, {p} * 0.5);" : "k++;");
                break;
            case 6 or 7:
                string i = "i" + _names++;
                Line($"for (int {i} = {_random.Next(3)}; {i} < {_random.Next(6)}; {i} += {1 + _random.Next(2)})");
                Block([.. counters, i], i);
                break;
            case 8:
                string j = "j" + _names++;
                Line($"for (int {j} = {_random.Next(5)}; {j} >= 0; {j}--)");
                Block([.. counters, j], j);
                break;
            case 9:
                string n = "n" + _names++;
                Line($"int {n} = 0;");
                Line($"while ({n} < {_random.Next(4)} && {Variable()} < 1e6)");
                Line("{");
                Line($"{n}++;");
                Statements(1 + _random.Next(2), [.. counters, n]);
                Line("}");
                break;
            default:
                Line($"if ({Condition(counters)})");
                Block(counters, null);
                if (_random.Next(2) == 0)
                {
                    Line("else");
                    Block(counters, null);
                }

                break;
        }

        _depth--;
    }

    private void Block(List<string> counters, string? loop)
    {
        Line("{");
        Statements(1 + _random.Next(2), counters);
        if (loop is not null && _random.Next(4) == 0) Line($"if ({loop} == {_random.Next(3)}) {(_random.Next(2) == 0 ? "break" : "continue")};");
        if (loop is not null && _random.Next(3) == 0) Line($"{Variable()} += {Expression(1, counters)};");
        if (_random.Next(12) == 0) Line($"if ({Condition(counters)}) return {Expression(2, counters)};");
        Line("}");
    }

    private string Condition(List<string> counters) => _random.Next(3) switch
    {
        0 when counters.Count > 0 => $"{counters[_random.Next(counters.Count)]} % 2 == {_random.Next(2)}",
        1 => $"k {"<>"[_random.Next(2)]} {_random.Next(3)}",
        _ => $"{Variable()} > {(_random.NextDouble() * 2 - 1).ToString("F3", CultureInfo.InvariantCulture)}",
    };

    private string Index(List<string> counters) => counters.Count > 0 && _random.Next(2) == 0 ? $"{counters[_random.Next(counters.Count)]} % 3" : _random.Next(3).ToString(CultureInfo.InvariantCulture);

    private string Expression(int depth, List<string> counters)
    {
        if (depth == 0)
        {
            return _random.Next(5) switch
            {
                0 => $"x[{_random.Next(3)}]",
                1 => $"m[{Index(counters)}]",
                2 => (_random.NextDouble() * 2 - 1).ToString("F3", CultureInfo.InvariantCulture),
                _ => Variable(),
            };
        }

        string Sub() => Expression(depth - 1, counters);
        return _random.Next(9) switch
        {
            0 => $"({Sub()} + {Sub()})",
            1 => $"({Sub()} - {Sub()})",
            2 => $"Math.Sin({Sub()}) * {Sub()}",
            3 => $"Math.Tanh({Sub()} * {Sub()})",
            4 => $"{Sub()} / (2 + Math.Cos({Sub()}))",
            5 => $"-({Sub()})",
            6 => $"({Condition(counters)} ? {Sub()} : {Sub()})",
            7 => $"Math.Cos({Sub()} - ({Sub()} - {Sub()}))",
            _ => $"Math.Tanh({Sub()})",
        };
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}

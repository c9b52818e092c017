using System.Globalization;

namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>
/// Writes random programs of the supported language: a class with a method <c>F</c>, and whatever that calls. They compile, end, stay inside the domains of their
/// functions, and compute moderate numbers. The parts of the grammar stand in files of their own.
/// </summary>
/// <remarks>
/// The digits at the end of a parameter of <c>F</c> are the length of a buffer, or the value of an integer: the text alone says how it is run.
/// </remarks>
internal sealed partial class Grammar(System.Random random)
{
    private readonly List<Node> _members = [];
    private readonly Dictionary<string, int> _names = [];
    private int _budget;
    private bool _recurses;

    /// <summary>The program of that number in a run with that seed.</summary>
    public static Node Program(int seed, int number)
    {
        var grammar = new Grammar(new System.Random(unchecked(seed * 1_000_003 + number)));
        return grammar.Class();
    }

    private Node Class()
    {
        var callees = new List<Callee>();
        for (int i = Next(4); i > 0; i--) Helper(callees);
        Node method = Method(callees);
        return new Node(Kind.Program, $"public static partial class Case\n{{\n{Node.List([.. _members, Types(), method])}\n}}\n");
    }

    private int Next(int count) => random.Next(count);

    /// <summary>True once in so many times.</summary>
    private bool Rarely(int times) => random.Next(times) == 0;

    private T Any<T>(IEnumerable<T> items)
    {
        T[] all = [.. items];
        return all[random.Next(all.Length)];
    }

    /// <summary>A fresh name.</summary>
    private string Name(string stem)
    {
        int count = _names[stem] = _names.GetValueOrDefault(stem) + 1;
        return stem + (char)('a' + (count - 1) % 26) + (count > 26 ? "x" : "");
    }

    private string Literal() => Math.Round(random.NextDouble() * 2 - 1, 3).ToString("0.0##", CultureInfo.InvariantCulture);

    /// <summary>One of several forms, the earlier ones given by their weight.</summary>
    private Node Pick(params (int Weight, Func<Node?> Write)[] forms)
    {
        // A form that does not apply here is null: another one is tried.
        while (true)
        {
            int at = random.Next(forms.Sum(static f => f.Weight));
            foreach ((int weight, Func<Node?> write) in forms)
            {
                at -= weight;
                if (at >= 0) continue;
                if (write() is { } node) return node;
                break;
            }
        }
    }
}

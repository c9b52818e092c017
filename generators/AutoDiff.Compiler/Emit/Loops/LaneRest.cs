using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// The rest of a long loop in lanes, as a method of its own: the JIT inlines the operations of vectors only as long as a method has few locals (512), and the rest is the
/// loop's body a second time.
/// </summary>
/// <param name="name">The method's name.</param>
/// <param name="element">The C# type of a lane.</param>
/// <param name="parameters">The declarations of the loop's own method, which the rest has too.</param>
internal sealed class LaneRest(string name, string element, IReadOnlyList<string> parameters)
{
    /// <summary>As much as stays inlined where it is written twice.</summary>
    private const int MostInlined = 140;

    /// <summary>The body.</summary>
    public SourceWriter Body { get; } = new();

    private string _head = "";

    public static bool IsNeeded(Region body) => Locals(body) > MostInlined;

    /// <summary>Locals of the operations that are always inlined.</summary>
    public static int Locals(Region region) => region.Body.Sum(static instruction => instruction.Regions.Sum(Locals) + instruction switch
    {
        Apply { Operation: Elementwise { Op: var op } } => InlineBudget.IsOptional(op) ? 0 : InlineBudget.LocalsOf(op),
        Apply or Load or Store => 2,
        Accumulate => 4,
        _ => 0,
    });

    /// <summary>The call, for a method that takes also <paramref name="numbers"/> and the vectors <paramref name="states"/>, and gives <paramref name="results"/> back.</summary>
    public string Call(IReadOnlyList<string> numbers, IReadOnlyList<string> states, IReadOnlyList<string> results)
    {
        string type = results.Count switch { 0 => "void", 1 => "V", _ => $"({string.Join(", ", results.Select(static _ => "V"))})" };
        _head = $"private static {type} {name}<V>({string.Join(", ", [.. parameters, .. numbers.Select(static n => "int " + n), .. states.Select(static s => "V " + s)])})";
        string arguments = string.Join(", ", [.. parameters.Select(NameOf), .. numbers, .. states]);
        return $"{(results.Count == 0 ? "" : Tuple(results) + " = ")}{name}<V>({arguments});";
    }

    public static string Tuple(IReadOnlyList<string> names) => names.Count == 1 ? names[0] : $"({string.Join(", ", names)})";

    public void Write(SourceWriter writer)
    {
        writer.BlankLine();
        writer.WriteLine(Files.FileHeader.GeneratedCode);
        writer.WriteLine(_head);
        using (writer.Indent()) writer.WriteLine($"where V : struct, global::AutoDiff.Simd.IVector<V, {element}>");
        using (writer.Block()) writer.Write(Body.ToString());
    }

    private static string NameOf(string declaration) => declaration.Substring(declaration.LastIndexOf(' ') + 1);
}

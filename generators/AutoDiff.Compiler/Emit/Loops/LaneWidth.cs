using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Emit;

/// <summary>The choice of the vector width: once for each call, by a member that is generic in the vector.</summary>
/// <param name="modifiers">The modifiers of the public member.</param>
/// <param name="member">Its name, as it is written in source.</param>
/// <param name="element">The numbers in lanes.</param>
internal sealed class LaneWidth(string modifiers, string member, ElementKind element)
{
    /// <summary>
    /// Where any loop of a member runs in lanes: writes the public member's body, which chooses the width, and what <paramref name="writeHead"/> makes of the
    /// generic member's modifiers, name, parameters and constraint. Null where no loop does.
    /// </summary>
    public static LaneKernels? Open(
        SourceWriter writer, string modifiers, string member, string overload, IReadOnlyList<SignatureParameter> parameters, string returnType, IReadOnlyList<Region> regions,
        IReadOnlyDictionary<int, Value> twins, Explain explain, Action<string, string, IReadOnlyList<string>, string> writeHead)
    {
        if (!regions.Any(LoopScheduler.HasLanes)) return null;
        ElementKind element = LoopScheduler.ElementOf(regions)!.Value;
        var width = new LaneWidth(modifiers, member, element);
        using (writer.Block()) width.WriteDispatch(writer, parameters.Select(static p => p.Argument), returnType == "void", explain);
        writer.BlankLine();
        writer.WriteLine(Files.FileHeader.GeneratedCode);
        writeHead(width.Modifiers, $"{width.Name}<{LaneEmitter.Vector}>", [.. parameters.Select(static p => p.WithoutDefault)], width.Constraint);
        return new LaneKernels(member, overload, element, new IndexFacts(regions, twins));
    }

    // The generic member is private, and so it is not dispatched.
    private static readonly string[] OfThePublicMember = ["public", "internal", "protected", "private", "virtual", "abstract", "sealed", "override"];

    /// <summary>The name of the generic member.</summary>
    private string Name { get; } = CSharpNames.Escape(CSharpNames.Unescape(member) + "Lanes");

    private string Modifiers { get; } = string.Join(" ", modifiers.Split(' ').Where(static m => !OfThePublicMember.Contains(m)).Prepend("private"));

    private string Constraint { get; } = $" where {LaneEmitter.Vector} : struct, global::AutoDiff.Simd.IVector<{LaneEmitter.Vector}, {element.CSharp()}>";

    /// <summary>Writes the body of the public member.</summary>
    private void WriteDispatch(SourceWriter writer, IEnumerable<string> arguments, bool returnsVoid, Explain explain)
    {
        string list = string.Join(", ", arguments), width = "global::AutoDiff.Parallel.RowLoops.Width";
        if (explain != Explain.None) writer.WriteLine("// The loops are written once, for the widest vectors that the hardware has.");
        if (returnsVoid)
        {
            writer.WriteLine($"if ({width} == 512) {Call("512")};").WriteLine($"else if ({width} == 256) {Call("256")};").WriteLine($"else {Call("128")};");
            return;
        }

        using (writer.Block($"return {width} switch", "};"))
            writer.WriteLine($"512 => {Call("512")},").WriteLine($"256 => {Call("256")},").WriteLine($"_ => {Call("128")},");

        string Call(string bits) => $"{Name}<global::AutoDiff.Simd.Vec{bits}<{element.CSharp()}>>({list})";
    }
}

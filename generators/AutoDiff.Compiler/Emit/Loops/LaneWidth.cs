using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>The choice of the vector width: once for each call, by a member that is generic in the vector.</summary>
/// <param name="modifiers">The modifiers of the public member.</param>
/// <param name="member">Its name, as it is written in source.</param>
/// <param name="element">The numbers in lanes.</param>
internal sealed class LaneWidth(string modifiers, string member, ElementKind element)
{
    // The generic member is private, and so it is not dispatched.
    private static readonly string[] OfThePublicMember = ["public", "internal", "protected", "private", "virtual", "abstract", "sealed", "override"];

    /// <summary>The name of the generic member.</summary>
    public string Name { get; } = CSharpNames.Escape(CSharpNames.Unescape(member) + "Lanes");

    public string Modifiers { get; } = string.Join(" ", modifiers.Split(' ').Where(static m => !OfThePublicMember.Contains(m)).Prepend("private"));

    public string Constraint { get; } = $" where {LaneEmitter.Vector} : struct, global::AutoDiff.Simd.IVector<{LaneEmitter.Vector}, {element.CSharp()}>";

    /// <summary>Writes the body of the public member.</summary>
    public void WriteDispatch(SourceWriter writer, IEnumerable<string> arguments, bool returnsVoid, Explain explain)
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

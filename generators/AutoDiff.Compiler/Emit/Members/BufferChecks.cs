using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>
/// The checks at the entry of a member: destinations and cotangents are as long as what they belong to, and what is written shares no memory with
/// anything else.
/// </summary>
internal static class BufferChecks
{
    private const string Guard = "global::AutoDiff.Generated.Guard";

    public static void Write(SourceWriter writer, Derivative derivative, ScalarSignature signature)
    {
        var written = new List<string>();
        var read = new List<string>();
        WriteNotNull(writer, derivative.Primal.Parameters, p => signature.Own(p.Name));
        foreach (Parameter parameter in derivative.Primal.Parameters)
            if (parameter.Value.Type is BufferType) (parameter.IsWritten ? written : read).Add(signature.Own(parameter.Name));

        foreach (Shadow shadow in derivative.Shadows)
        {
            string own = signature.Own(shadow.Parameter);
            if (shadow.Kind == ShadowKind.Destination) Length(signature.Destination(shadow), written);
            if (signature.CotangentOf(shadow) is string cotangent) Length(cotangent, read);
            if (signature.EntryDestination(shadow) is string entry) Length(entry, written);

            void Length(string name, List<string> list)
            {
                writer.WriteLine($"{Guard}.SameLength({name}, {own});");
                list.Add(name);
            }
        }

        foreach (Cotangent cotangent in derivative.Cotangents)
            if (cotangent.Value.Type is BufferType && signature.CotangentOf(cotangent.Output) is string returned) read.Add(returned);
        WriteOverlaps(writer, written, read);
    }

    /// <summary>An array is there: its elements are asked for before anything else is said of it.</summary>
    public static void WriteNotNull(SourceWriter writer, IEnumerable<Parameter> parameters, Func<Parameter, string> spell)
    {
        foreach (Parameter array in parameters)
            if (array.Value.Type is BufferType { Kind: BufferKind.Array } && !array.IsLeaf && !array.TypeText.EndsWith("?", StringComparison.Ordinal))
                writer.WriteLine($"{Guard}.NotNull({spell(array)});");
    }

    /// <summary>The check of a method's own buffers alone.</summary>
    public static void WriteOverlaps(SourceWriter writer, Function method, Func<string, string> spell)
    {
        Parameter[] buffers = [.. method.Parameters.Where(static p => p.Value.Type is BufferType)];
        WriteOverlaps(
            writer, [.. buffers.Where(static p => p.IsWritten).Select(p => spell(p.Name))], [.. buffers.Where(static p => !p.IsWritten).Select(p => spell(p.Name))]);
    }

    private static void WriteOverlaps(SourceWriter writer, List<string> written, List<string> read)
    {
        for (int i = 0; i < written.Count; i++)
            foreach (string[] others in Groups(written.Skip(i + 1).Concat(read)))
                writer.WriteLine($"{Guard}.NoOverlap({string.Join(", ", others.Prepend(written[i]))});");
    }

    // The runtime library takes up to four at once.
    private static IEnumerable<string[]> Groups(IEnumerable<string> names)
    {
        string[] all = [.. names];
        for (int i = 0; i < all.Length; i += 4) yield return [.. all.Skip(i).Take(4)];
    }
}

using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>The checks at entry: what belongs to a buffer is as long as it, and what is written shares no memory with anything else.</summary>
internal static class FunctionChecks
{
    private const string Guard = "global::AutoDiff.Generated.Guard";

    public static void Write(SourceWriter writer, DerivedFunction derived, Func<Parameter, string> nameOf)
    {
        var written = new List<string>();
        var read = new List<string>();
        BufferChecks.WriteNotNull(writer, derived.With(ParameterRole.Own), nameOf);
        for (int k = 0; k < derived.Roles.Length; k++)
        {
            Parameter parameter = derived.Function.Parameters[k];
            if (parameter.Value.Type is not BufferType) continue;
            (parameter.IsWritten ? written : read).Add(nameOf(parameter));
            if (derived.Roles[k].Role != ParameterRole.Own && derived.Find(ParameterRole.Own, derived.Roles[k].Of) is { } own)
                writer.WriteLine($"{Guard}.SameLength({nameOf(parameter)}, {nameOf(own)});");
        }

        NoOverlap(writer, written, read);
    }

    /// <summary>What is written overlaps nothing.</summary>
    public static void NoOverlap(SourceWriter writer, IReadOnlyList<string> written, IReadOnlyList<string> read)
    {
        for (int i = 0; i < written.Count; i++)
        {
            // The runtime library takes up to four at once.
            string[] others = [.. written.Skip(i + 1).Concat(read)];
            for (int k = 0; k < others.Length; k += 4)
                writer.WriteLine($"{Guard}.NoOverlap({string.Join(", ", others.Skip(k).Take(4).Prepend(written[i]))});");
        }
    }
}

using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace AutoDiff.Packaging.Tests;

/// <summary>What a debugger knows of one method of a compiled project: the text of its file, as it is embedded in the PDB, and the lines that it can stop at.</summary>
/// <param name="Document">The name of the file.</param>
/// <param name="Lines">Its lines; none where the text is not embedded.</param>
/// <param name="Stops">The lines of its sequence points, from 0.</param>
internal sealed record SteppedMember(string Document, string[] Lines, int[] Stops)
{
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static SteppedMember Read(string assembly, string method)
    {
        using var portable = new PEReader(File.OpenRead(assembly));
        MetadataReader types = portable.GetMetadataReader();
        MethodDefinitionHandle found = types.MethodDefinitions.Single(h => types.GetString(types.GetMethodDefinition(h).Name) == method);
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly, ".pdb")));
        MetadataReader symbols = provider.GetMetadataReader();
        MethodDebugInformation debug = symbols.GetMethodDebugInformation(found.ToDebugInformationHandle());
        byte[][] texts =
        [
            .. symbols.GetCustomDebugInformation(debug.Document).Select(symbols.GetCustomDebugInformation)
                .Where(i => symbols.GetGuid(i.Kind) == s_embeddedSource).Select(i => symbols.GetBlobBytes(i.Value)),
        ];
        return new SteppedMember(
            symbols.GetString(symbols.GetDocument(debug.Document).Name), texts is [var text] ? Text(text).Split('\n') : [],
            [.. debug.GetSequencePoints().Where(static p => !p.IsHidden).Select(static p => p.StartLine - 1)]);
    }

    // The length of the text where it is compressed, or 0, and then the text.
    private static string Text(byte[] blob)
    {
        if (BitConverter.ToInt32(blob) == 0) return Encoding.UTF8.GetString(blob, 4, blob.Length - 4);
        using var unpacked = new StreamReader(new DeflateStream(new MemoryStream(blob, 4, blob.Length - 4), CompressionMode.Decompress), Encoding.UTF8);
        return unpacked.ReadToEnd();
    }
}

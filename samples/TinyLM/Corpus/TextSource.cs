using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TinyLM.Cli;

/// <summary>A text to learn, and what to call it.</summary>
internal sealed record TextSource(string Name, string Content)
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Tells texts apart: resuming a run needs the very text.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Content)));

    /// <summary>Reads a file of UTF-8.</summary>
    /// <exception cref="UserError">It is missing, empty or not text.</exception>
    public static TextSource Read(string path)
    {
        if (Directory.Exists(path)) throw new UserError($"{path}: is a folder; expected a text file.");
        if (!File.Exists(path)) throw new UserError($"{path}: there is no such file.");
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length == 0) throw new UserError($"{path}: is empty; there is nothing to learn.");
        if (Array.IndexOf(bytes, (byte)0) is var zero and >= 0)
            throw new UserError(string.Create(CultureInfo.InvariantCulture, $"{path}: is not text (a zero byte at offset {zero})."));
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart(ByteOrderMark);
            return new TextSource(path, text);
        }
        catch (DecoderFallbackException e)
        {
            throw new UserError(string.Create(CultureInfo.InvariantCulture,
                $"{path}: is not UTF-8 text (byte 0x{e.BytesUnknown?.FirstOrDefault():X2} at offset {e.Index})."), e);
        }
    }
}

using System.Globalization;

namespace AutoDiff.Compiler.IR;

/// <summary>The order of the terms of a <see cref="Dim"/>: that of their spelling <c>a^1*b^2</c>, ordinally.</summary>
internal static class DimTermOrder
{
    public static int Compare(EquatableArray<DimPower> a, EquatableArray<DimPower> b)
    {
        int same = 0;
        while (same < a.Length && same < b.Length && a[same] == b[same]) same++;
        if (same == a.Length || same == b.Length) return a.Length - b.Length;

        // What is spelled ends with '^': a symbol that begins with another one is told from it by its next character.
        string x = a[same].Symbol, y = b[same].Symbol;
        for (int i = 0; i < x.Length && i < y.Length; i++)
            if (x[i] != y[i]) return x[i] - y[i];
        return string.CompareOrdinal(Spelled(a, same), Spelled(b, same));
    }

    private static string Spelled(EquatableArray<DimPower> powers, int from)
        => string.Join("*", powers.Skip(from).Select(static p => p.Symbol + "^" + p.Exponent.ToString(CultureInfo.InvariantCulture)));
}

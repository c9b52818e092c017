namespace AutoDiff.Kernels.Tiles;

/// <summary>A number of rows as a type, so that each is compiled by itself.</summary>
internal interface ITileRows
{
    static abstract int Count { get; }
}

internal readonly struct R1 : ITileRows
{
    public static int Count => 1;
}

internal readonly struct R2 : ITileRows
{
    public static int Count => 2;
}

internal readonly struct R3 : ITileRows
{
    public static int Count => 3;
}

internal readonly struct R4 : ITileRows
{
    public static int Count => 4;
}

internal readonly struct R5 : ITileRows
{
    public static int Count => 5;
}

internal readonly struct R6 : ITileRows
{
    public static int Count => 6;
}

internal readonly struct R7 : ITileRows
{
    public static int Count => 7;
}

internal readonly struct R8 : ITileRows
{
    public static int Count => 8;
}

internal readonly struct R9 : ITileRows
{
    public static int Count => 9;
}

internal readonly struct R10 : ITileRows
{
    public static int Count => 10;
}

internal readonly struct R11 : ITileRows
{
    public static int Count => 11;
}

internal readonly struct R12 : ITileRows
{
    public static int Count => 12;
}

internal readonly struct R13 : ITileRows
{
    public static int Count => 13;
}

internal readonly struct R14 : ITileRows
{
    public static int Count => 14;
}

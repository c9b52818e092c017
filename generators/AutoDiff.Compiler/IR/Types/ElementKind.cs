namespace AutoDiff.Compiler.IR;

/// <summary>The kinds of number (and truth value) a scalar, a buffer element or a tensor element can have.</summary>
public enum ElementKind
{
    Bool,
    Byte,
    SByte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Half,
    Single,
    Double,

    /// <summary>The number type that a generic method is written for: one in a function. Computed with as a double where it has to be known.</summary>
    Generic,
}

public static class ElementKinds
{
    /// <summary>Stands for the name of the type parameter in generated text, until the text is put into the method's file.</summary>
    public const string GenericName = "⟦T⟧";

    /// <summary>Whether values of this kind carry a derivative.</summary>
    public static bool IsFloating(this ElementKind kind) => kind is ElementKind.Half or ElementKind.Single or ElementKind.Double or ElementKind.Generic;

    public static bool IsInteger(this ElementKind kind) => kind is >= ElementKind.Byte and <= ElementKind.UInt64;

    /// <summary>The name in the textual form of the IR.</summary>
    public static string Text(this ElementKind kind) => kind switch
    {
        ElementKind.Bool => "bool",
        ElementKind.Byte => "u8",
        ElementKind.SByte => "i8",
        ElementKind.Int16 => "i16",
        ElementKind.UInt16 => "u16",
        ElementKind.Int32 => "i32",
        ElementKind.UInt32 => "u32",
        ElementKind.Int64 => "i64",
        ElementKind.UInt64 => "u64",
        ElementKind.Half => "f16",
        ElementKind.Single => "f32",
        ElementKind.Generic => "T",
        _ => "f64",
    };

    /// <summary>The C# keyword or <c>global::</c> name.</summary>
    public static string CSharp(this ElementKind kind) => kind switch
    {
        ElementKind.Bool => "bool",
        ElementKind.Byte => "byte",
        ElementKind.SByte => "sbyte",
        ElementKind.Int16 => "short",
        ElementKind.UInt16 => "ushort",
        ElementKind.Int32 => "int",
        ElementKind.UInt32 => "uint",
        ElementKind.Int64 => "long",
        ElementKind.UInt64 => "ulong",
        ElementKind.Half => "global::System.Half",
        ElementKind.Single => "float",
        ElementKind.Generic => GenericName,
        _ => "double",
    };
}

using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

public enum ShapeItemKind
{
    /// <summary>A size: a name, a number or an expression of them.</summary>
    Size,

    /// <summary><c>...</c>: any number of leading axes.</summary>
    Rest,

    /// <summary><c>_</c>: an axis of any size.</summary>
    Any,
}

/// <summary>One axis of a shape text.</summary>
/// <param name="Size">The size over the names in the text; null unless <paramref name="Kind"/> is <see cref="ShapeItemKind.Size"/>.</param>
/// <param name="Position">Where it starts in the text.</param>
/// <param name="Length">How many characters it has.</param>
public sealed record ShapeItem(ShapeItemKind Kind, Dim? Size, int Position, int Length);

/// <summary>Why a shape text cannot be read, and where.</summary>
public sealed record ShapeTextError(int Position, int Length, string Reason);

/// <summary>The parsed text of a <c>[Shape]</c>: <c>"... batch 3*channels"</c>.</summary>
/// <param name="Items">The axes, first to last.</param>
/// <param name="Names">The names in the text, each once, in order of first appearance.</param>
public sealed record ShapeText(EquatableArray<ShapeItem> Items, EquatableArray<string> Names)
{
    /// <summary>The symbol of a <c>...</c>; the same in all texts of a method.</summary>
    public const string Rest = "...";

    public static ShapeText? Parse(string text, out ShapeTextError? error) => ShapeTextParser.Parse(text, out error);

    /// <summary>
    /// The shape of the parameter (or result) called <paramref name="owner"/>. <paramref name="resolve"/> gives the size behind a name
    /// where it is not the symbol of that name, such as a constant.
    /// </summary>
    public Shape ToShape(string owner, Func<string, Dim?> resolve)
    {
        var dims = new Dim[Items.Length];
        for (int axis = 0; axis < dims.Length; axis++)
        {
            dims[axis] = Items[axis].Kind switch
            {
                ShapeItemKind.Rest => resolve(Rest) ?? Dim.Symbol(Rest),
                ShapeItemKind.Any => Dim.Symbol(AnySymbol(owner, axis)),
                _ => Items[axis].Size!.Substitute(resolve),
            };
        }

        return new Shape(new(dims));
    }

    /// <summary>The text, axes in normal form.</summary>
    public override string ToString() => string.Join(" ", Items.Select(static item => item.Kind switch
    {
        ShapeItemKind.Rest => Rest,
        ShapeItemKind.Any => "_",
        _ => item.Size!.ToString().Replace(" ", ""),
    }));

    /// <summary>The symbol of a <c>_</c>: each is a size of its own.</summary>
    public static string AnySymbol(string owner, int axis) => $"_{owner}{axis.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}

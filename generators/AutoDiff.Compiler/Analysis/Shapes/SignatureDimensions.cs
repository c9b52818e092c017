using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis.Shapes;

/// <summary>A parameter that has a shape: a tensor, or a span of indices.</summary>
/// <param name="Text">Its <c>[Shape]</c>, parsed; null where it has none.</param>
/// <param name="IsSpan">Whether it is a span or an array, which without a text has one axis of its own.</param>
public sealed record ShapedParameter(string Name, ShapeText? Text, bool IsSpan);

/// <summary>
/// The rule by which a signature alone tells the sizes that its pair takes as <c>int</c>s: the same for the caller, who knows nothing but
/// the signature, and for the emission of the pair itself.
/// </summary>
public static class SignatureDimensions
{
    /// <summary>
    /// The names that the pair takes, in order of first appearance in the parameters, axis by axis: names in shape texts that
    /// <paramref name="isBound"/> does not find elsewhere (a member or constant of the declaring type, an <c>int</c> parameter), the rest
    /// dimensions, and the axes without a name.
    /// </summary>
    public static EquatableArray<string> Names(IEnumerable<ShapedParameter> parameters, Func<string, bool> isBound)
    {
        var names = new List<string>();
        foreach (ShapedParameter parameter in parameters)
        {
            if (parameter.Text is null)
            {
                Add(ImplicitSymbol(parameter));
                continue;
            }

            // Names in an expression come in the order of the text, which the normal form of the size does not keep.
            for (int axis = 0; axis < parameter.Text.Items.Length; axis++)
            {
                ShapeItem item = parameter.Text.Items[axis];
                if (item.Kind == ShapeItemKind.Rest) Add(ShapeText.Rest);
                if (item.Kind == ShapeItemKind.Any) Add(ShapeText.AnySymbol(parameter.Name, axis));
                if (item.Kind == ShapeItemKind.Size)
                    foreach (string name in parameter.Text.Names)
                        if (item.Size!.Symbols.Contains(name) && !isBound(name)) Add(name);
            }
        }

        return names.ToEquatable();

        void Add(string name)
        {
            if (!names.Contains(name)) names.Add(name);
        }
    }

    /// <summary>The same names for a method's own pair, from its lowered form.</summary>
    public static EquatableArray<string> Of(Function function)
    {
        IEnumerable<ShapedParameter> shaped = function.Parameters.Where(static p => p.Value.Type is TensorType)
            .Select(static p => new ShapedParameter(
                p.Name, p.ShapeText is null ? null
                : ShapeText.Parse(p.ShapeText, out _), p.TypeText.IndexOf("Tensor<", StringComparison.Ordinal) < 0));
        return Names(shaped, IsBound);

        // A constant is no symbol of the function at all; other names that the type or an int parameter binds have an expression without
        // the length of a parameter.
        bool IsBound(string name)
        {
            if (function.Dimensions.FirstOrDefault(d => d.Symbol == name) is not { } binding) return true;
            return binding.Expression is { } expression && !function.Parameters.Any(p => expression.Contains(p.Name + ".Length"));
        }
    }

    /// <summary>The shape of a parameter, in the names of the signature.</summary>
    public static Shape ShapeOf(ShapedParameter parameter, Func<string, Dim?> resolve)
        => parameter.Text?.ToShape(parameter.Name, resolve) ?? Shape.Of(
            resolve(ImplicitSymbol(parameter)) ?? Dim.Symbol(ImplicitSymbol(parameter)));

    /// <summary>The one dimension of a parameter without a shape text: all its elements.</summary>
    public static string ImplicitSymbol(ShapedParameter parameter)
        => parameter.IsSpan ? parameter.Name + ".Length" : ShapeText.Rest + parameter.Name;
}

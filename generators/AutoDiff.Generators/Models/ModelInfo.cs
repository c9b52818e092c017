using AutoDiff.Compiler;

namespace AutoDiff.Generators.Models;

/// <summary>What is known of a model type: all that its generated file depends on.</summary>
/// <remarks>Equal by value, and without symbols, syntax or locations: it is what the incremental pipeline caches.</remarks>
/// <param name="HintName">The name of the generated file, unique in the compilation.</param>
/// <param name="Namespace">The namespace as it is written in source, or the empty string.</param>
/// <param name="Headers">The partial declarations to write, outermost first; the last one is the model itself.</param>
/// <param name="TypeReference">The fully qualified type.</param>
/// <param name="ElementType"><c>float</c> or <c>double</c>.</param>
/// <param name="IsSealed">Whether no model can derive from it.</param>
/// <param name="BaseModel">The fully qualified model that it derives from, if it does.</param>
/// <param name="MayHide">Whether it has a base class, of which generated members may hide some.</param>
/// <param name="Dimensions">The names of dimensions that belong to the type.</param>
/// <param name="Parameters">Its own parameters, in the order of declaration.</param>
/// <param name="SubModels">Its sub-models, in the order of declaration.</param>
internal sealed record ModelInfo(
    string HintName,
    string Namespace,
    EquatableArray<string> Headers,
    string TypeReference,
    string ElementType,
    bool IsSealed,
    string? BaseModel,
    bool MayHide,
    EquatableArray<DimensionInfo> Dimensions,
    EquatableArray<ParameterInfo> Parameters,
    EquatableArray<SubModelInfo> SubModels);

/// <summary>
/// A name of a dimension that is a number of the model, as in <c>[Shape("batch inputs")]</c> with a constructor parameter <c>inputs</c>.
/// </summary>
/// <param name="Name">The name in the shape text, dots included.</param>
/// <param name="Expression">C# that gives its value within the type.</param>
/// <param name="IsCaptured">
/// Whether <paramref name="Expression"/> reads a primary constructor parameter, which must be kept in a field.
/// </param>
internal sealed record DimensionInfo(string Name, string Expression, bool IsCaptured)
{
    /// <summary>The generated property that has the value.</summary>
    public string Accessor => ModelNames.DimensionAccessor(Name);
}

/// <summary>A partial property that is a parameter.</summary>
/// <param name="Name">The name, without @.</param>
/// <param name="Modifiers">The modifiers of the declaration but <c>partial</c>.</param>
/// <param name="ShapeText">The text of the attribute.</param>
/// <param name="Lengths">C# for the length of each dimension.</param>
/// <param name="Initial">The name of a constant of <c>AutoDiff.Initial</c>.</param>
/// <param name="Scale">The factor of the first values.</param>
/// <param name="HasGetter">Whether it has a getter already: not while its accessors are being written.</param>
internal sealed record ParameterInfo(
    string Name, string Modifiers, string ShapeText, EquatableArray<string> Lengths, string Initial, float Scale, bool HasGetter);

/// <summary>A field or property that holds a model, or several.</summary>
/// <param name="Name">Its name in the names of parameters and in the gradients, without @.</param>
/// <param name="Access">C# that reads it, without the receiver.</param>
/// <param name="CapturedType">The type of the constructor parameter that has to be kept in a field for it, else null.</param>
/// <param name="IsList">Whether it is a list of models.</param>
/// <param name="ModelType">The type of one model.</param>
/// <param name="IsDynamic">Whether only the object itself tells if it is a model.</param>
/// <param name="GradientsType">The type of its gradients.</param>
/// <param name="IsPublic">Whether that type can be seen wherever the model's own gradients can.</param>
internal sealed record SubModelInfo(
    string Name, string Access, string? CapturedType, bool IsList, string ModelType, bool IsDynamic, string GradientsType,
    bool IsPublic);

using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>The names of generated members, by which generated code of other types and assemblies finds them.</summary>
internal static class ModelNames
{
    /// <summary>The nested type of the gradients.</summary>
    public const string Gradients = "Gradients";

    public const string CreateGradients = "CreateGradients";

    public const string Parameters = "Parameters";

    public const string ParameterSet = "__ParameterSet";

    public const string VisitParameters = "__VisitParameters";

    /// <summary>Before the name of a constructor parameter in the field that keeps a model.</summary>
    public const string CapturedPrefix = Compiler.IR.Outside.CapturedPrefix;

    /// <summary>The <c>ParameterSlot</c> of a parameter: <c>W1</c> → <c>__W1</c>.</summary>
    public static string Slot(string parameter) => "__" + parameter;

    /// <summary>
    /// The value of a named dimension of the type: <c>inputs</c> → <c>__Dim_inputs</c>, <c>options.Width</c> → <c>__Dim_options_Width</c>.
    /// </summary>
    public static string DimensionAccessor(string dimension) => "__Dim_" + dimension.Replace('.', '_');

    /// <summary>How code of the model reads what a field, property or captured constructor parameter holds, without the receiver.</summary>
    public static string Access(ISymbol holder)
        => holder is IParameterSymbol ? CapturedPrefix + holder.Name : CSharpNames.Escape(holder.Name);

    /// <summary>
    /// The name of a field or property of models in names of parameters and in the gradients: <c>_blocks</c> → <c>Blocks</c>.
    /// </summary>
    public static string SubModel(string member) => CSharpNames.Pascal(member.TrimStart('_') is { Length: > 0 } name ? name : member);
}

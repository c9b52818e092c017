using AutoDiff.Compiler;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Models;

/// <summary>What can be wrong with the declaration of a model: DIFF01xx.</summary>
internal static class ModelDiagnostics
{
    /// <summary>'{0}' must be partial: parameters and gradients are generated into it.</summary>
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "DIFF0101", "A model and the types around it must be partial",
        "'{0}' must be partial: the parameters and gradients of '{1}' are generated into it");

    /// <summary>'{0}' has parameters, so it must be marked [Differentiable].</summary>
    public static readonly DiagnosticDescriptor NotDifferentiable = Error(
        "DIFF0102", "A type with parameters must be marked [Differentiable]",
        "'{0}' has the parameter '{1}', so it must be marked [Differentiable]");

    /// <summary>'{0}' has parameters, so it must be a class.</summary>
    public static readonly DiagnosticDescriptor NotAClass = Error(
        "DIFF0103", "A model must be a class",
        "'{0}' is a {1}: a model must be a class that can be instantiated, since its parameters have an identity");

    /// <summary>'{0}' is local to a file: nothing can be generated into it.</summary>
    public static readonly DiagnosticDescriptor FileLocal = Error(
        "DIFF0104", "A model cannot be local to a file",
        "'{0}' is local to this file, and its parameters are generated into another one: make it internal");

    /// <summary>The parameter '{0}' must be a partial property.</summary>
    public static readonly DiagnosticDescriptor PropertyNotPartial = Error(
        "DIFF0105", "A parameter must be a partial property",
        "The parameter '{0}' must be a partial property: write 'public partial Tensor<float> {0} {{ get; }}'");

    /// <summary>The parameter '{0}' must have a getter only.</summary>
    public static readonly DiagnosticDescriptor PropertyHasSetter = Error(
        "DIFF0106", "A parameter must have a getter only",
        "The parameter '{0}' must have a getter only: it is a view of the model's buffer, whose elements are what changes");

    /// <summary>The parameter '{0}' is a '{1}', but must be a Tensor of float or double.</summary>
    public static readonly DiagnosticDescriptor NotATensor = Error(
        "DIFF0107", "A parameter must be a Tensor of float or double",
        "The parameter '{0}' is a '{1}', but must be a 'Tensor<float>' or 'Tensor<double>'");

    /// <summary>The parameter '{0}' must not be static.</summary>
    public static readonly DiagnosticDescriptor StaticParameter = Error(
        "DIFF0108", "A parameter must not be static",
        "The parameter '{0}' must not be static: it belongs to one model");

    /// <summary>The shape "{0}" cannot be read: {1}.</summary>
    public static readonly DiagnosticDescriptor UnreadableShape = Error(
        "DIFF0109", "The shape of a parameter cannot be read",
        "The shape \"{0}\" of '{1}' cannot be read: {2}");

    /// <summary>There is no integer '{0}' for the shape of '{1}'.</summary>
    public static readonly DiagnosticDescriptor UnknownName = Error(
        "DIFF0110", "The shape of a parameter names nothing",
        "'{0}' in the shape of '{1}' is neither a parameter of the primary constructor "
        + "nor an integer field, property or constant of '{2}'");

    /// <summary>'{0}' has elements of type {1}, but the other parameters are {2}.</summary>
    public static readonly DiagnosticDescriptor MixedElements = Error(
        "DIFF0111", "All parameters of a model must have the same element type",
        "'{0}' has elements of type '{1}', but '{2}' has '{3}': they share one buffer");

    /// <summary>The models in '{0}' cannot be found.</summary>
    public static readonly DiagnosticDescriptor UnknownContainer = Error(
        "DIFF0112", "Models must be held directly, in an array or in a list",
        "The parameters of the models in '{0}' would be lost: hold them directly, in an array or in an IReadOnlyList, not in a '{1}', "
        + "or mark the member [NoGradient]");

    /// <summary>The model type '{0}' must be internal or public.</summary>
    public static readonly DiagnosticDescriptor HiddenModelType = Error(
        "DIFF0113", "The type of a sub-model must be internal or public",
        "'{0}' holds models of the type '{1}', which must be internal or public, as the gradients are");

    /// <summary>'{0}' is the name of a generated member.</summary>
    public static readonly DiagnosticDescriptor NameTaken = Error(
        "DIFF0114", "The name belongs to a generated member of the model",
        "'{0}' is the name of a member that is generated into the model '{1}': choose another one");

    private static DiagnosticDescriptor Error(string id, string title, string message) => new(
        id, title, message, "AutoDiff.Declarations", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLinks.Of(id));
}

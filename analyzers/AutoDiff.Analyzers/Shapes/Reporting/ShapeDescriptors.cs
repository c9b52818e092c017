using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Analyzers.Shapes;

/// <summary>DIFF20xx: shapes. Each message says the shapes, where they came from and, where that is known, what to write instead.</summary>
internal static class ShapeDescriptors
{
    /// <summary>Matrix product: {0}</summary>
    public static readonly DiagnosticDescriptor InnerSizes = Wrong("DIFF2001", "The inner sizes of a matrix product differ",
        "Matrix product: {0}");

    /// <summary>Matrix product: {0}</summary>
    public static readonly DiagnosticDescriptor Batch = Wrong("DIFF2002", "The leading axes of a matrix product do not match",
        "Matrix product: {0}");

    /// <summary>Broadcast: {0}</summary>
    public static readonly DiagnosticDescriptor Broadcast = Wrong("DIFF2003", "Shapes do not broadcast", "Broadcast: {0}");

    /// <summary>Broadcast to more than either operand: {0}</summary>
    public static readonly DiagnosticDescriptor SurprisingBroadcast = Wrong(
        "DIFF2004", "A column and a row broadcast to a matrix", "Broadcast to more than either operand: {0}");

    /// <summary>Axis: {0}</summary>
    public static readonly DiagnosticDescriptor Axis = Wrong("DIFF2005", "There is no such axis", "Axis: {0}");

    /// <summary>Number of elements: {0}</summary>
    public static readonly DiagnosticDescriptor Count = Wrong("DIFF2006", "The number of elements changes", "Number of elements: {0}");

    /// <summary>Concatenation: {0}</summary>
    public static readonly DiagnosticDescriptor Concat = Wrong("DIFF2007", "Tensors cannot be joined", "Concatenation: {0}");

    /// <summary>Out of range: {0}</summary>
    public static readonly DiagnosticDescriptor Slice = Wrong("DIFF2008", "A slice or an index is out of range", "Out of range: {0}");

    /// <summary>Indices: {0}</summary>
    public static readonly DiagnosticDescriptor Indices = Wrong("DIFF2009", "Indices and targets are integers", "Indices: {0}");

    /// <summary>Targets: {0}</summary>
    public static readonly DiagnosticDescriptor Targets = Wrong("DIFF2010", "There is not one target for each row", "Targets: {0}");

    /// <summary>Division: {0}</summary>
    public static readonly DiagnosticDescriptor Divisor = Wrong("DIFF2011", "Heads or parts do not divide the width", "Division: {0}");

    /// <summary>Result: {0}</summary>
    public static readonly DiagnosticDescriptor Returned = Wrong("DIFF2012", "The result has not the declared shape", "Result: {0}");

    /// <summary>Argument: {0}</summary>
    public static readonly DiagnosticDescriptor Argument = Wrong("DIFF2013", "An argument has not the declared shape", "Argument: {0}");

    /// <summary>Member: {0}</summary>
    public static readonly DiagnosticDescriptor Member = Wrong("DIFF2014", "A field or property has not the declared shape", "Member: {0}");

    /// <summary>Another model: {0}</summary>
    public static readonly DiagnosticDescriptor OtherModel = Wrong(
        "DIFF2015", "Gradients or optimizer state of another model", "Another model: {0}");

    /// <summary>The shape text \"{0}\" cannot be read: {1}</summary>
    public static readonly DiagnosticDescriptor UnreadableText = Wrong(
        "DIFF2016", "A shape text cannot be read", "The shape text \"{0}\" cannot be read: {1}");

    /// <summary>Operator of System.Numerics.Tensors: {0}</summary>
    public static readonly DiagnosticDescriptor EagerBroadcast = Wrong(
        "DIFF2017", "An operator of System.Numerics.Tensors loses numbers", "Operator of System.Numerics.Tensors: {0}");

    /// <summary>Number of axes: {0}</summary>
    public static readonly DiagnosticDescriptor Rank = Wrong("DIFF2018", "A tensor has too few axes", "Number of axes: {0}");

    /// <summary>Normalisation: {0}</summary>
    public static readonly DiagnosticDescriptor Features = Wrong(
        "DIFF2019", "A weight is not as long as the last axis", "Normalisation: {0}");

    /// <summary>Same shape: {0}</summary>
    public static readonly DiagnosticDescriptor SameShape = Wrong("DIFF2020", "Two tensors have to be of one shape", "Same shape: {0}");

    /// <summary>Operator of System.Numerics.Tensors: {0}</summary>
    public static readonly DiagnosticDescriptor EagerBroadcastInDifferentiable = Info(
        "DIFF2021", "An operator of System.Numerics.Tensors loses numbers when the method itself is called",
        "Right in the generated members, but not where the method itself is called: {0}");

    /// <summary>Shape: {0}</summary>
    public static readonly DiagnosticDescriptor Shown = Info("DIFF2050", "The shape that was asked for", "Shape: {0}");

    /// <summary>Not shown: {0}</summary>
    public static readonly DiagnosticDescriptor Unproven = Info("DIFF2051", "Shapes are not shown to fit", "Not shown: {0}");

    public static DiagnosticDescriptor Of(ShapeProblemKind kind) => kind switch
    {
        ShapeProblemKind.InnerSizes => InnerSizes,
        ShapeProblemKind.Batch => Batch,
        ShapeProblemKind.Broadcast => Broadcast,
        ShapeProblemKind.Axis => Axis,
        ShapeProblemKind.Rank => Rank,
        ShapeProblemKind.Count => Count,
        ShapeProblemKind.Concat => Concat,
        ShapeProblemKind.Slice => Slice,
        ShapeProblemKind.Targets => Targets,
        ShapeProblemKind.SameShape => SameShape,
        _ => Features,
    };

    private static DiagnosticDescriptor Wrong(string id, string title, string message)
        => new(id, title, message, "AutoDiff.Shapes", DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLinks.Of(id));

    private static DiagnosticDescriptor Info(string id, string title, string message)
        => new(id, title, message, "AutoDiff.Shapes", DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: HelpLinks.Of(id));
}

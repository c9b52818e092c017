using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Forward;

/// <summary>A parameter and the parameter that is its tangent.</summary>
public sealed record TangentParameter(Parameter Primal, Parameter Tangent);

/// <summary>
/// A function that computes tangents beside its values. Parameters: those of the primal, then tangents. Outputs: those of the primal, then a tangent for each that
/// can carry one.
/// </summary>
public sealed record TangentFunction(Function Primal, Function Function, EquatableArray<TangentParameter> Tangents);

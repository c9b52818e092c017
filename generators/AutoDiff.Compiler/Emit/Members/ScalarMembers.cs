using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members;

/// <summary>Which methods are of scalars and spans only.</summary>
internal static class ScalarMembers
{
    /// <summary>Whether the method returns one number that can carry a derivative.</summary>
    public static bool HasScalarResult(Function function)
        => SignatureParts.Result(function) is null
            && function.Outputs.Any(static o => o is { Kind: OutputKind.Return, Type: ScalarType { IsDifferentiable: true } });

    /// <summary>Whether the method has no tensors and no models among its parameters and outputs.</summary>
    public static bool IsScalar(Function function)
        => function.Parameters.All(static p => p.Value.Type is not (TensorType or ModelType or ModelListType)) && function.Outputs.All(static o => o.Type is not TensorType);
}

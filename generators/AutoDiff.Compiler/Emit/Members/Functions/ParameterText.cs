using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>What the doc comments say of the parameters of derivative functions.</summary>
internal static class ParameterText
{
    public const string Accumulate = "Whether gradients are added to what the destinations hold, instead of overwriting it.";

    public static string Of(MemberParameter member, string method)
    {
        DerivedParameter role = member.Role;
        string of = role.Of == "this" ? "the receiver" : $"<paramref name=\"{role.Of}\"/>", each = member.First.Value.Type is BufferType ? $", one element for each of {of}" : "";
        return role.Role switch
        {
            ParameterRole.Own => $"As of <c>{method}</c>.",
            ParameterRole.Tangent when member.First.IsWritten || member.Passing == PassingKind.Ref
                => $"The tangent of {of}: at entry the direction in which it varies, afterwards the tangent of what it holds then{each}.",
            ParameterRole.Tangent => $"The direction in which {of} varies{each}.",
            ParameterRole.TangentDestination => $"Receives the tangent of {of}{each}; what the method leaves alone has tangent 0.",
            ParameterRole.Cotangent => $"The cotangent of {of}{each}.",
            ParameterRole.Gradient => $"Receives ∂{method}/∂{role.Of}{each}.",
            _ => $"Receives the part of the Hessian-vector product that belongs to {of}{each}.",
        };
    }
}

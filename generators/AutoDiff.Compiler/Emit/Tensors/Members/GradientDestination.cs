using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Where the gradient of a tensor, or of what a span holds at entry, goes.</summary>
internal sealed class GradientDestination
{
    private GradientDestination(string name, Parameter of, Gradient? tensor, Shadow? memory) => (Name, Of, Tensor, Memory) = (name, of, tensor, memory);

    public string Name { get; }

    /// <summary>The parameter of the method.</summary>
    public Parameter Of { get; }

    /// <summary>The gradient of a tensor; null for spans.</summary>
    public Gradient? Tensor { get; }

    /// <summary>The shadow of a span; null for tensors.</summary>
    public Shadow? Memory { get; }

    /// <summary>The elements of a tensor.</summary>
    public string Span { get; set; } = "";

    /// <summary>What the pullback writes, where that is not the destination itself.</summary>
    public string Part { get; set; } = "";

    public string Element => Tensor is null ? Memory!.Primal.ElementText : ((TensorType)Tensor.Type).Element.CSharp();

    public string TypeText => Tensor is null ? $"global::System.Span<{Element}>" : EntryWriter.TypeText(Tensor.Type);

    /// <summary>The check that it fits what it belongs to.</summary>
    public string Fits => Tensor is null ? "SameLength" : "SameShape";

    /// <summary>Those of a method, in the order of its parameters.</summary>
    public static IEnumerable<GradientDestination> All(TensorMethod method, Derivative derivative, UniqueNames names)
    {
        foreach (Parameter parameter in method.Function.Parameters)
        {
            string name = "d" + CSharpNames.Pascal(parameter.Name);
            if (derivative.Gradients.FirstOrDefault(g => g.Parameter == parameter.Name && g.Type is TensorType) is { } gradient)
                yield return new GradientDestination(names.Reserve(name), parameter, gradient, null);
            else if (derivative.Shadows.FirstOrDefault(s => s.Parameter == parameter.Name) is { } shadow && (shadow.Kind == ShadowKind.Destination || shadow.ReadsEntry))
                yield return new GradientDestination(names.Reserve(shadow.Kind == ShadowKind.Destination ? name : name + "AtEntry"), parameter, null, shadow);
        }
    }
}

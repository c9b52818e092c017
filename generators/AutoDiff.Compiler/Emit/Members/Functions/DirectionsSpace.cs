using System.Globalization;
using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>One input or output of a method: its place among the columns or rows.</summary>
/// <param name="Name">The parameter; empty for the returned value, and the path to a leaf of a returned struct.</param>
/// <param name="Start">The index of its first element, in C#.</param>
/// <param name="Length">How many elements it has, in C#.</param>
internal sealed record DirectionsPart(string Name, string Start, string Length);

/// <summary>
/// The inputs, or the outputs, of a method one after another: the columns or rows of its Jacobian. Sizes are numbers where they are known at build time.
/// </summary>
internal sealed record DirectionsSpace(EquatableArray<DirectionsPart> Parts, string Total, int? Known)
{
    /// <summary>The differentiable inputs, in order.</summary>
    public static DirectionsSpace Inputs(Function function) => Of(function.Parameters
        .Where(p => TangentFunctions.IsInput(p, function) && p.Value.Type is ScalarType or BufferType)
        .Select(static p => (p.Name, Size(p))));

    /// <summary>The returned value, then numbers that come out and written spans, in order.</summary>
    public static DirectionsSpace Outputs(Function function)
    {
        IEnumerable<(string, string?)> result = function.Outputs.Where(static o => o is { Kind: OutputKind.Return, Type.IsDifferentiable: true }).Select(static o => (o.Name, (string?)null));
        return Of(result.Concat(function.Parameters.Where(IsOutput).Select(static p => (p.Name, Size(p)))));
    }

    /// <summary>Which part has a name; null where there is none.</summary>
    public DirectionsPart? Find(string name) => Parts.FirstOrDefault(p => p.Name == name);

    /// <summary>The same with one part for each parameter of the user: a struct has a column for each number in it.</summary>
    public EquatableArray<DirectionsPart> ByParameter(Function function)
    {
        var merged = new List<DirectionsPart>();
        foreach (UserParameter parameter in SignatureParts.Parameters(function))
        {
            DirectionsPart[] own = [.. parameter.Leaves.Select(leaf => Find(leaf.Name)).OfType<DirectionsPart>()];
            if (own.Length == 1 && parameter.Struct is null) merged.Add(own[0]);
            else if (own.Length > 0) merged.Add(new DirectionsPart(parameter.Name, own[0].Start, own.Length.ToString(CultureInfo.InvariantCulture)));
        }

        return merged.ToEquatable();
    }

    private static bool IsOutput(Parameter parameter) => parameter.Value.Type switch
    {
        ScalarType { IsDifferentiable: true } => parameter.Passing is PassingKind.Ref or PassingKind.Out,
        BufferType { IsDifferentiable: true } => parameter.IsDifferentiable && parameter.IsWritten,
        _ => false,
    };

    // An element that is a struct is as many numbers as it has leaves with derivatives, in the order of their declaration, as a parameter that is one.
    private static string? Size(Parameter parameter) => parameter.Value.Type is not BufferType buffer ? null
        : CSharpNames.Escape(parameter.Name) + ".Length" + (Widening.NumbersOf(buffer) is int numbers and > 1 ? " * " + numbers.ToString(CultureInfo.InvariantCulture) : "");

    private static DirectionsSpace Of(IEnumerable<(string Name, string? Size)> parts)
    {
        var placed = new List<DirectionsPart>();
        var sizes = new List<string>();
        int numbers = 0;
        foreach ((string name, string? size) in parts)
        {
            placed.Add(new DirectionsPart(name, Sum(sizes, numbers), size ?? "1"));
            if (size is null) numbers++;
            else sizes.Add(size);
        }

        return new DirectionsSpace(placed.ToEquatable(), Sum(sizes, numbers), sizes.Count == 0 ? numbers : null);
    }

    private static string Sum(List<string> sizes, int numbers)
    {
        string number = numbers.ToString(CultureInfo.InvariantCulture);
        return sizes.Count == 0 ? number : string.Join(" + ", sizes) + (numbers == 0 ? "" : " + " + number);
    }
}

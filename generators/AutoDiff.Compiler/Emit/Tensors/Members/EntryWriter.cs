using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Writes the members that users call: they check shapes and overlaps, rent the workspace and call the pair.</summary>
internal static class EntryWriter
{
    public const string Guard = "global::AutoDiff.Generated.Guard";
    public const string Access = "global::AutoDiff.Generated.TensorAccess";
    public const string Helpers = "global::AutoDiff.Generated.Reductions";

    public static void WriteForward(SourceWriter writer, TensorMethod method, Explain explain)
    {
        UniqueNames names = method.Names.Nested();
        List<string> parameters = [.. method.Operands.Select(p => $"{p.TypeText} {method.Name(p)}")];
        TensorType? tensor = method.Result?.Type as TensorType;
        string destination = "destination";
        if (tensor is not null) parameters.Add($"{TensorText(tensor)} {destination}");
        Head(writer, $"Computes <see cref=\"{method.Model.Cref}\"/>{(tensor is null ? "." : " into <paramref name=\"destination\"/>.")}", explain);
        MemberHead.Write(writer, method, method.Result?.Type is ScalarType scalar ? scalar.Kind.CSharp() : "void", PairNames.Forward, parameters);
        using (writer.Block())
        {
            DimensionLocals.WriteAll(writer, method);
            WriteMemoryChecks(writer, method, [], []);
            if (tensor is not null) WriteDestinationCheck(writer, method, destination, tensor.Shape);
            Rented(writer, () =>
            {
                List<string> arguments = ["workspace", .. Operands(writer, method, names)];
                string into = names.Reserve("destinationSpan");
                if (tensor is not null)
                {
                    writer.WriteLine($"{Span(tensor)} {into} = {Access}.Write({destination}, {Buffer(tensor, destination)});");
                    arguments.Add(into);
                }

                string call = $"{PairNames.Of(method.Model.Name, PairNames.Forward)}({string.Join(", ", arguments)});";
                writer.WriteLine(tensor is null && method.Result is not null ? "return " + call : call);
                if (tensor is not null) writer.WriteLine($"{Access}.WriteBack({destination}, {into});");
            });
        }
    }

    public static void Rented(SourceWriter writer, Action body)
    {
        writer.WriteLine("global::AutoDiff.Kernels.Workspace workspace = global::AutoDiff.Kernels.Workspace.Rent();");
        using (writer.Block("try")) body();
        using (writer.Block("finally")) writer.WriteLine("workspace.Return();");
    }

    /// <summary>The operands of the pair, with the spans of tensors and what others are replaced with, then its dimensions.</summary>
    public static IEnumerable<string> Operands(SourceWriter writer, TensorMethod method, UniqueNames names, IReadOnlyDictionary<string, string>? replaced = null)
    {
        var arguments = new List<string>();
        foreach (Parameter parameter in method.Operands)
        {
            string name = replaced is not null && replaced.TryGetValue(parameter.Name, out string? part) ? part : method.Name(parameter);
            if (parameter.Value.Type is not TensorType type || TensorMethod.IsSpan(parameter))
            {
                arguments.Add(name);
                continue;
            }

            string span = names.Reserve(parameter.Name + "Span");
            writer.WriteLine($"{ReadOnly(type)} {span} = {Access}.Read({name}, {Buffer(type, name)});");
            arguments.Add(span);
        }

        arguments.AddRange(method.PairDimensions.Where(s => !method.IsOperand(s)).Select(method.Spell));
        return arguments;
    }

    public static void WriteDestinationCheck(SourceWriter writer, TensorMethod method, string name, Shape shape, bool isDestination = true)
    {
        if (shape.HasRest && LeadingAxes(method, shape) is { } leading)
        {
            writer.WriteLine($"{Guard}.Destination({name}, {leading}, [{string.Join(", ", shape.Dims.Skip(1).Select(method.Spell))}], \"{name}\");");
        }
        else if (shape.HasRest)
        {
            // Leading axes that no operand has as they are; their product is what counts.
            writer.WriteLine($"{Helpers}.SameSize({Access}.Count({name}), {method.Spell(shape.Count)}, \"{name}\", {CSharpLiteral.String(shape.ToString())}, \"\");");
        }
        else
        {
            writer.WriteLine($"{Guard}.Destination({name}, [{string.Join(", ", shape.Dims.Select(method.Spell))}], \"{name}\");");
        }

        if (!isDestination) return;
        foreach (Parameter other in method.Operands.Where(static p => p.Value.Type is TensorType or BufferType)) writer.WriteLine($"{Guard}.NoOverlap({name}, {method.Name(other)});");
    }

    /// <summary>The lengths of leading axes <c>...</c>: those of the operand that binds them.</summary>
    private static string? LeadingAxes(TensorMethod method, Shape shape)
    {
        DimBinding? binding = method.Function.Dimensions.FirstOrDefault(b => b.Axis == int.MinValue && b.Symbol == shape[0].Name);
        if (binding is null || method.Function.Parameters.FirstOrDefault(p => p.Name == binding.Parameter) is not { Value.Type: TensorType type } binder) return null;
        string lengths = method.Name(binder) + ".Lengths";
        return type.Shape.Rank == 1 ? lengths : $"{lengths}[..^{(type.Shape.Rank - 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}]";
    }

    /// <summary>Arrays are there; destinations fit, and what is written shares no memory with anything else.</summary>
    public static void WriteMemoryChecks(SourceWriter writer, TensorMethod method, IReadOnlyList<GradientDestination> destinations, IReadOnlyList<string> read)
    {
        BufferChecks.WriteNotNull(writer, method.Operands, method.Name);
        foreach (GradientDestination destination in destinations) writer.WriteLine($"{Guard}.{destination.Fits}({destination.Name}, {method.Name(destination.Of)});");
        Parameter[] memory = [.. method.Operands.Where(static p => p.Value.Type is TensorType or BufferType)];
        string[] written = [.. destinations.Select(static d => d.Name), .. memory.Where(static p => p.IsWritten).Select(method.Name)];
        string[] all = [.. memory.Where(static p => !p.IsWritten).Select(method.Name), .. read];
        for (int k = 0; k < written.Length; k++)
            foreach (string other in all.Concat(written.Take(k))) writer.WriteLine($"{Guard}.NoOverlap({written[k]}, {other});");
    }

    public static void Head(SourceWriter writer, string summary, Explain explain, Action? card = null)
    {
        if (explain != Explain.None) writer.WriteLine($"/// <summary>{summary}</summary>");
        if (explain != Explain.None) card?.Invoke();
        writer.WriteLine(Files.FileHeader.GeneratedCode);
    }

    public static string Lengths(TensorMethod method, Shape shape)
    {
        if (!shape.HasRest) return $"[{string.Join(", ", shape.Dims.Select(method.Spell))}]";
        // The axes that a ... stands for come from the parameter that binds it.
        string source = method.Function.Dimensions.FirstOrDefault(b => b.Symbol == shape[0].Name && b.Parameter is not null)?.Parameter is { } parameter
            ? method.Name(method.Function.Parameters.First(p => p.Name == parameter)) : "";
        if (source.Length == 0) return $"[{string.Join(", ", shape.Dims.Select(method.Spell))}]";
        var bound = (TensorType)method.Function.Parameters.First(p => method.Name(p) == source).Value.Type;
        return $"[.. {source}.Lengths.Slice(0, {source}.Rank - {bound.Shape.Rank - 1}), {string.Join(", ", shape.Dims.Skip(1).Select(method.Spell))}]";
    }

    public static string Buffer(TensorType type, string tensor) => $"workspace.Allocate<{type.Element.CSharp()}>({Access}.BufferLength({tensor}))";

    public static string TypeText(IrType type) => type is TensorType tensor ? TensorText(tensor) : ((ScalarType)type).Kind.CSharp();

    private static string TensorText(TensorType type) => $"global::System.Numerics.Tensors.Tensor<{type.Element.CSharp()}>";

    public static string Span(TensorType type) => $"global::System.Span<{type.Element.CSharp()}>";

    public static string ReadOnly(TensorType type) => $"global::System.ReadOnlySpan<{type.Element.CSharp()}>";
}

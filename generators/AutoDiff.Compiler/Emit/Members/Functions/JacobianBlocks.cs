using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>The overload of <c>FJacobian</c> with one matrix for each input: outputs × elements of that input.</summary>
internal static class JacobianBlocks
{
    public static void Write(SourceWriter writer, MethodModel model, DirectionsSpace inputs, DirectionsSpace outputs, Explain explain)
    {
        Function function = model.Expanded;
        EquatableArray<DirectionsPart> parts = inputs.ByParameter(function);
        if (parts.Length < 2) return;
        var whole = new MatrixSignature(model, "Jacobian", "jacobian");
        var names = new UniqueNames(SignatureParts.Parameters(function).Select(static p => p.Name));
        string[] blocks = [.. parts.Select(p => names.Reserve(CSharpNames.Unescape(p.Name) + "Jacobian"))];
        string accumulate = names.Reserve("accumulate"), element = whole.Element;
        SignatureParameter[] parameters =
        [
            .. whole.Parameters.Take(whole.Parameters.Length - 2),
            .. parts.Select((p, k) => new SignatureParameter(
                blocks[k], $"global::System.Span<{element}> {blocks[k]}",
                $"Receives the columns of {Reference(p)}: one row for each output, {(p.Length == "1" ? "one column" : $"one column for each number of {Reference(p)}")}.")),
            new(accumulate, $"bool {accumulate} = false", "Whether they are added to what the destinations hold, instead of overwriting it."),
        ];
        writer.BlankLine();
        if (explain != Explain.None)
        {
            writer.WriteLine($"/// <summary>Value and Jacobian of <see cref=\"{model.Cref}\"/>, with a matrix for each input.</summary>");
            foreach (SignatureParameter parameter in parameters) writer.WriteLine($"/// <param name=\"{CSharpNames.Unescape(parameter.Name)}\">{parameter.Documentation}</param>");
        }

        FunctionHead.Write(writer, model.Modifiers, model, model.ReturnTypeText, whole.Name, parameters);
        using (writer.Block())
        {
            string rows = names.Reserve("rows"), columns = names.Reserve("columns"), scratch = names.Reserve("scratch"), jacobian = names.Reserve("jacobian");
            whole.WriteNotNull(writer, function);
            writer.WriteLine($"int {rows} = {outputs.Total}, {columns} = {inputs.Total};");
            for (int k = 0; k < blocks.Length; k++)
                writer.WriteLine(
                    $"global::AutoDiff.Generated.Guard.Length({blocks[k]}.Length, checked({rows} * {parts[k].Length}), \"{CSharpNames.Unescape(blocks[k])}\", \"outputs × {CSharpNames.Unescape(parts[k].Name)}\");");
            Parameter[] buffers = [.. function.Parameters.Where(static p => p.Value.Type is BufferType)];
            FunctionChecks.NoOverlap(
                writer, [.. blocks, .. buffers.Where(static p => p.IsWritten).Select(whole.Own)], [.. buffers.Where(static p => !p.IsWritten).Select(whole.Own)]);
            writer.WriteLine($"global::AutoDiff.Generated.ScratchBuffers {scratch} = default;");
            using (writer.Block("try"))
            {
                writer.WriteLine($"global::System.Span<{element}> {jacobian} = {scratch}.Rent<{element}>(checked({rows} * {columns}));");
                bool returns = model.ReturnTypeText != "void";
                string result = names.Reserve("result");
                writer.WriteLine($"{(returns ? $"{model.ReturnTypeText} {result} = " : "")}{whole.Name}{model.TypeParameters}({whole.Arguments(jacobian, "false", function)});");
                for (int k = 0; k < blocks.Length; k++)
                    writer.WriteLine(
                        $"global::AutoDiff.Generated.Directions.StoreBlock<{element}>({jacobian}, {columns}, {parts[k].Start}, {blocks[k]}, {parts[k].Length}, {accumulate});");
                if (returns) writer.WriteLine($"return {result};");
            }

            using (writer.Block("finally")) writer.WriteLine($"{scratch}.Dispose();");
        }
    }

    private static string Reference(DirectionsPart part) => part.Name == "this" ? "the receiver" : $"<paramref name=\"{part.Name}\"/>";
}

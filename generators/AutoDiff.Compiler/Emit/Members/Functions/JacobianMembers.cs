using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>
/// <c>FJacobian</c>: by columns in forward mode, or by rows in reverse mode, whichever takes less. Where that is known at build time there is one way; otherwise both are
/// written, and the sizes of a call decide. With several inputs there is an overload with a matrix for each.
/// </summary>
internal static class JacobianMembers
{
    public static void Write(SourceWriter writer, MethodModel model, Explain explain, CancellationToken cancellation)
    {
        Function function = model.Expanded;
        DirectionsSpace inputs = DirectionsSpace.Inputs(function), outputs = DirectionsSpace.Outputs(function);
        string summary = $"Value and Jacobian of <see cref=\"{model.Cref}\"/>, one row for each output, one column for each input element";
        bool? byRows = ByRows(inputs, outputs);
        writer.BlankLine();
        var signature = new MatrixSignature(model, "Jacobian", "jacobian");
        if (byRows is bool known) WriteOne(known, signature, $"{summary}: {Way(known)}.");
        else
        {
            WriteChoice(writer, model, signature, inputs, outputs, summary, explain);
            foreach (bool way in new[] { false, true })
            {
                cancellation.ThrowIfCancellationRequested();
                writer.BlankLine();
                WriteOne(way, new MatrixSignature(model, way ? "JacobianByRows" : "JacobianByColumns", "jacobian", isPart: true), $"The Jacobian of <see cref=\"{model.Cref}\"/> by {Way(way)}.");
            }
        }

        if (function.Memories.IsEmpty) JacobianBlocks.Write(writer, model, inputs, outputs, explain);

        void WriteOne(bool rows, MatrixSignature head, string text)
        {
            DirectionsPlan plan = DirectionsPlan.Of(function, rows ? DirectionsKind.Rows : DirectionsKind.Columns, model.Options);
            DirectionsMember.Write(writer, model, plan, head, text.Replace("several", plan.LanesText), explain);
        }
    }

    private static string Way(bool byRows) => byRows ? "reverse mode, several rows at a time" : "forward mode, several columns at a time";

    /// <summary>A pass of reverse mode costs about two of forward mode. Null where the sizes are not known at build time.</summary>
    private static bool? ByRows(DirectionsSpace inputs, DirectionsSpace outputs) => (inputs.Known, outputs.Known) switch
    {
        (int n, int m) => 2 * m < n,
        (null, 1) => true,
        ( <= 2, null) => false,
        _ => null,
    };

    private static void WriteChoice(
        SourceWriter writer, MethodModel model, MatrixSignature signature, DirectionsSpace inputs, DirectionsSpace outputs, string summary, Explain explain)
    {
        if (explain != Explain.None)
        {
            writer.WriteLine($"/// <summary>{summary}: by columns in forward mode, or by rows in reverse mode where there are far fewer of those.</summary>");
            signature.WriteParameters(writer);
        }

        FunctionHead.Write(writer, signature.Modifiers, model, model.ReturnTypeText, signature.Name, signature.Parameters);
        using (writer.Block())
        {
            string rows = signature.Names.Reserve("rows"), columns = signature.Names.Reserve("columns");
            signature.WriteNotNull(writer, model.Expanded);
            writer.WriteLine($"int {rows} = {outputs.Total}, {columns} = {inputs.Total};");
            signature.WriteChecks(writer, model.Expanded, rows, columns);
            string arguments = signature.Arguments(signature.Matrix, signature.Accumulate, model.Expanded);
            string name = CSharpNames.Unescape(signature.Name), types = model.TypeParameters;
            bool returns = model.ReturnTypeText != "void";
            if (explain != Explain.None) writer.WriteLine("// A pass of reverse mode costs about two of forward mode.");
            writer.WriteLine($"if (2L * {rows} < {columns})");
            using (writer.Indent()) writer.WriteLine($"{(returns ? "return " : "")}{name}ByRows{types}({arguments});");
            if (!returns) writer.WriteLine("else");
            if (returns) writer.WriteLine($"return {name}ByColumns{types}({arguments});");
            else
                using (writer.Indent()) writer.WriteLine($"{name}ByColumns{types}({arguments});");
        }

        MemoryOverload.Write(writer, model, $"{summary}.", model.ReturnTypeText, signature.Name, signature.Parameters, explain);
    }
}

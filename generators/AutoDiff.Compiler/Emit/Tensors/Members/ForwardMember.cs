using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Transforms;

namespace AutoDiff.Compiler.Emit;

/// <summary>Writes <c>MForward(workspace, …)</c>: the result alone.</summary>
internal static class ForwardMember
{
    public const string Hidden = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    public static void Write(SourceWriter writer, SourceWriter structs, TensorMethod method, EquatableArray<TensorStep> steps, Explain explain)
    {
        Function function = FlattenProducts.Run(method.Function);
        Value? result = function.Body.Yields.Length > 0 && method.Result is not null ? function.Body.Yields[0] : null;
        var values = new ValueFactory(Numbering.NextId(function) + 1_000_000);
        UniqueNames names = method.Names.Nested();
        var body = new BodyWriter(method, writer, names);
        if (result?.Type is TensorType) body.Destination(result, values.New(result.Type, "result"), "result");
        body.Schedule(LocalArrays.OnScratch(function.Body), values, []);

        if (explain != Explain.None) writer.WriteLine($"/// <summary>{method.Model.Name} for callers that have checked shapes and hold a workspace.</summary>");
        writer.WriteLine(Files.FileHeader.GeneratedCode);
        writer.WriteLine(Hidden);
        var parameters = new List<string> { "global::AutoDiff.Kernels.Workspace workspace" };
        parameters.AddRange(method.PairParameters());
        if (result?.Type is TensorType tensor) parameters.Add($"global::System.Span<{tensor.Element.CSharp()}> result");
        string returns = result?.Type is ScalarType scalar ? scalar.Kind.CSharp() : "void";
        MemberHead.Write(writer, method, returns, PairNames.Forward, parameters);
        using (writer.Block())
        {
            DimensionLocals.WriteOfMembers(writer, method);
            writer.WriteLine("global::AutoDiff.Kernels.WorkspaceMark mark = workspace.Mark();");
            body.Write(new BodyMemory("workspace", "workspace", []), structs, method.Model.Name + "Forward", TensorNotes.Of(explain, steps), new Dictionary<int, string>());
            string value = returns == "void" ? "" : body.Context.Use(result!);
            bool isName = value.Length == 0 || value.All(static c => char.IsLetterOrDigit(c) || c is '_' or '@');
            writer.WriteLine("workspace.Release(mark);");
            if (value.Length > 0) writer.WriteLine($"return {value};");
        }
    }
}

using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>The attributes and the head of a member.</summary>
internal static class FunctionHead
{
    public static void Write(SourceWriter writer, MethodModel model, FunctionSignature signature)
        => Write(writer, model.Modifiers, model, signature.ReturnType, signature.Name, signature.Parameters);

    public static void Write(
        SourceWriter writer, string modifiers, MethodModel model, string returnType, string name, IReadOnlyList<SignatureParameter> declared)
    {
        writer.WriteLine(Files.FileHeader.GeneratedCode);
        Write(writer, modifiers, returnType, name + model.TypeParameters, [.. declared.Select(static p => p.Declaration)], model.Constraints);
    }

    /// <summary>The head alone.</summary>
    public static void Write(SourceWriter writer, string modifiers, string returnType, string name, IReadOnlyList<string> declared, string constraints)
    {
        string parameters = string.Join(", ", declared), head = $"{modifiers} {returnType} {name}(";
        if (head.Length + parameters.Length <= 120)
        {
            writer.WriteLine($"{head}{parameters}){constraints}");
            return;
        }

        writer.WriteLine(head);
        using (writer.Indent()) writer.WriteLine(string.Join(",\n", declared) + ")" + constraints);
    }
}

namespace AutoDiff.Compiler.Emit;

/// <summary>The head of a member: modifiers, type, name, parameters.</summary>
internal static class MemberHead
{
    public static void Write(SourceWriter writer, TensorMethod method, string returns, string kind, IReadOnlyCollection<string> parameters)
    {
        string head = $"{method.Model.Modifiers} {returns} {PairNames.Of(method.Model.Name, kind)}{method.Model.TypeParameters}(".TrimStart();
        string all = string.Join(", ", parameters);
        if (head.Length + all.Length <= 120)
        {
            writer.WriteLine($"{head}{all}){method.Model.Constraints}");
            return;
        }

        writer.WriteLine(head);
        using (writer.Indent()) writer.WriteLine(string.Join(",\n", parameters) + ")" + method.Model.Constraints);
    }
}

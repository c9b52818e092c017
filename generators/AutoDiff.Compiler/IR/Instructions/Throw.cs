namespace AutoDiff.Compiler.IR;

/// <summary>
/// Runs a C# statement that throws: <c>throw new …</c>, or a call that is reached only where it throws. What follows it in its region is never reached; it has no
/// part in derivatives.
/// </summary>
/// <param name="Text">The statement without its semicolon, types with <c>global::</c>, cut where values stand: one piece more than <paramref name="Inputs"/>.</param>
/// <param name="Inputs">The scalars that it reads.</param>
public sealed record Throw(EquatableArray<string> Text, EquatableArray<Value> Inputs) : Instruction
{
    public override EquatableArray<Value> Results => [];

    public override EquatableArray<Value> Operands => Inputs;

    /// <summary>The statement, its values spelled by <paramref name="spell"/>.</summary>
    public string Statement(Func<Value, string> spell)
    {
        string text = Text[0];
        for (int i = 0; i < Inputs.Length; i++) text += spell(Inputs[i]) + Text[i + 1];
        return text;
    }

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define) => this with { Inputs = Inputs.Map(use) };
}

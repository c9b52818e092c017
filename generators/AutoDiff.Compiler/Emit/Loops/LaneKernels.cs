using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling.Loops;

namespace AutoDiff.Compiler.Emit;

/// <summary>
/// The loops of a member that run in lanes, each a small method of its own, generic in the vector: the JIT compiles small methods well and inlines everything
/// into them, where it would give up on one large method.
/// </summary>
/// <param name="member">The member's name, as it is written in source.</param>
/// <param name="overload">What tells the method from others of its name; empty where there are none.</param>
/// <param name="element">The numbers in lanes.</param>
/// <param name="facts">What is known of the member's whole body.</param>
internal sealed class LaneKernels(string member, string overload, ElementKind element, IndexFacts facts)
{
    private readonly UniqueNames _names = new();
    private readonly SourceWriter _writer = new();

    public ElementKind Element => element;

    public IndexFacts Facts => facts;

    /// <summary>All methods.</summary>
    public string Text => _writer.ToString();

    /// <summary>Writes the method of a loop, and the call of it into the member's body.</summary>
    public void Write(For loop, EmitContext context, Func<Value, string> carried)
    {
        LaneLoop lanes = LaneAnalysis.Of(loop, facts, element, out string reason)
            ?? throw new InvalidOperationException($"the loop over {loop.Counter} does not run in lanes: {reason}");
        string step = loop.Step != 0 ? Math.Abs(loop.Step).ToString(System.Globalization.CultureInfo.InvariantCulture) : "";
        string name = CSharpNames.Escape(_names.Reserve($"{CSharpNames.Unescape(member)}Loop{step}{((context.Notes.IsBackward || loop.Step < 0) && step.Length > 0 ? "Transpose" : "")}{(overload.Length > 0 ? "_" + overload : "")}"));
        _writer.BlankLine();
        new LaneKernel(context, lanes, facts, name).Write(_writer, carried);
    }
}

using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class BodyEmitter
{
    /// <summary>The tapes that are the one stack that the caller passed, whatever their types; null where each tape is a variable.</summary>
    public HashSet<int>? SharedTapes { get; init; }

    private bool IsShared(Value tape) => SharedTapes?.Contains(tape.Id) == true;

    private void EmitTape(Site site, Instruction instruction)
    {
        switch (instruction)
        {
            // Declared before the try statement that releases it, where the member has one.
            case NewTape tape when IsShared(tape.Result) || context.IsBound(tape.Result):
                break;
            case NewTape tape:
                Define(site, tape.Result, "default");
                break;
            case Push push when IsShared(push.Tape):
                context.Statement(push, $"{ResidualsName}.{SharedMethod("Push", push.Operand.Type)}({context.Use(push.Operand)});");
                break;
            case Pop pop when IsShared(pop.Tape):
                string element = pop.Result.Type is BufferType buffer ? buffer.Element.CSharp() : context.TypeText(pop.Result.Type);
                string asArray = pop.Result.Type is BufferType { Kind: BufferKind.Array } ? ".ToArray()" : "";
                Define(site, pop.Result, $"{ResidualsName}.{SharedMethod("Pop", pop.Result.Type)}<{element}>(){asArray}");
                break;
            case Push push:
                context.Statement(push, $"{context.Use(push.Tape)}.Push({context.Use(push.Operand)});");
                break;
            case Pop pop:
                Define(site, pop.Result, $"{context.Use(pop.Tape)}.Pop()");
                break;
            case ReserveTape reserve:
                Define(site, reserve.Result, $"{context.Use(reserve.Tape)}.Reserve({context.Use(reserve.First)}, {context.Use(reserve.End)})");
                break;
            case ReleaseTape release:
                Define(site, release.Result, $"{context.Use(release.Tape)}.Release({context.Use(release.First)}, {context.Use(release.End)})");
                break;
        }
    }

    private static string SharedMethod(string what, IrType type) => type switch
    {
        ScalarType { Kind: ElementKind.Generic } => what == "Push" ? "Keep" : "Take",
        ScalarType => what,
        BufferType => what + "Copy",
        _ => what + "Object",
    };
}

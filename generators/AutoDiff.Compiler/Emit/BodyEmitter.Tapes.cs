using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class BodyEmitter
{
    private void EmitTape(Site site, Instruction instruction)
    {
        switch (instruction)
        {
            // Declared before the try statement that releases it, where the member has one.
            case NewTape tape when context.IsBound(tape.Result):
                break;
            case NewTape tape:
                Define(site, tape.Result, "default");
                break;
            case Push push:
                context.Statement(push, $"{context.Use(push.Tape)}.Push({context.Use(push.Operand)});");
                break;
            case Pop pop:
                Define(site, pop.Result, $"{context.Use(pop.Tape)}.Pop()");
                break;
        }
    }
}

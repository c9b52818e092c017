using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Writes the instructions that are not about scalars and buffers. <see cref="BodyEmitter"/> asks it before it writes an instruction itself.</summary>
internal interface ITensorEmitter
{
    /// <summary>
    /// Writes <paramref name="instruction"/>, with its regions. It declares or binds each result of it (<see cref="EmitContext.Declare"/>,
    /// <see cref="EmitContext.Bind"/>).
    /// </summary>
    /// <returns>False where the instruction is not its business, and nothing was written.</returns>
    bool TryEmit(Instruction instruction, EmitContext context);

    /// <summary>The C# type of a variable that holds a value of <paramref name="type"/>; null for the usual one.</summary>
    string? TypeText(IrType type);

    /// <summary>
    /// Writes that <paramref name="variable"/>, the variable of a carried value or of a result, becomes <paramref name="source"/>. False: an assignment will do.
    /// </summary>
    bool TryMove(Value target, string variable, Value source, bool declare, EmitContext context);
}

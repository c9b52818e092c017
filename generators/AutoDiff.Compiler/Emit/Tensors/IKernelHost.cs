using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Scheduling;

namespace AutoDiff.Compiler.Emit;

/// <summary>What the emission of a kernel asks the method around it.</summary>
internal interface IKernelHost
{
    /// <summary>The type parameter of the vectors where the method is itself a body of a parallel loop, and the workspace of its thread; null otherwise.</summary>
    BlockLane? Lane { get; }

    /// <summary>Where a tensor lies.</summary>
    Place PlaceOf(Value tensor);

    /// <summary>The span of a storage, as it is written in the method.</summary>
    string SpanOf(Value root);

    /// <summary>Whether what is written to a storage is added to what it holds.</summary>
    bool Accumulates(Value root);

    /// <summary>A scalar, as it is written in the method.</summary>
    string ScalarOf(Value scalar);

    /// <summary>A dimension, as it is written in the method.</summary>
    string Spell(Dim dim);

    /// <summary>The name that a symbol of dimensions has in the method.</summary>
    string SpellSymbol(string symbol);

    Constant? ConstantOf(Value value);

    /// <summary>The user's name for a value, or a word for what it is.</summary>
    string NameOf(Value value);
}

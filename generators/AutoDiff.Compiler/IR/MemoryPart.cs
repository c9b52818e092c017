namespace AutoDiff.Compiler.IR;

/// <summary>How the memory of a parameter is laid out where it is no span and no array of one dimension.</summary>
public enum MemoryForm
{
    /// <summary><c>T[,]</c> of any rank: the elements in row-major order, then one length for each dimension.</summary>
    Rectangular,

    /// <summary><c>T[][]</c>: the elements of all rows one behind the other, where each row starts, and how long it is.</summary>
    Jagged,

    /// <summary><c>List&lt;T&gt;</c>: its elements.</summary>
    List,

    /// <summary><c>IEnumerable&lt;T&gt;</c> and its like, which is only read and has no gradient: its elements, gone through once at the entry.</summary>
    Sequence,
}

/// <summary>
/// A parameter that the function sees as a run of elements, and as what says where its rows are: the parameters from <paramref name="Name"/> on, as many as
/// <see cref="Count"/>. The members take what the user wrote, and hand the elements to a private overload.
/// </summary>
/// <param name="Name">The C# name, which its elements have too.</param>
/// <param name="Form">How it is laid out.</param>
/// <param name="TypeText">The C# type with <c>global::</c>.</param>
/// <param name="Count">How many parameters of the function stand for it.</param>
public sealed record MemoryPart(string Name, MemoryForm Form, string TypeText, int Count);

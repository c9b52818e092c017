using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Pipeline;

/// <summary>Which derivatives were asked for: the flags of <c>AutoDiff.Derivatives</c>, with the same numbers.</summary>
[Flags]
internal enum RequestedDerivatives
{
    None = 0,
    Gradient = 1,
    Jvp = 2,
    Hvp = 4,
    Jacobian = 8,
    Hessian = 16,
}

/// <summary>
/// A method to be differentiated: all that passes and emission need. Equal by value, without symbols, syntax or locations, so that it is what the incremental
/// pipeline caches: an edit that leaves it equal regenerates nothing.
/// </summary>
/// <param name="HintName">The name of the generated file, unique without regard to case.</param>
/// <param name="Namespace">The namespace as it is written in source; empty for the global one.</param>
/// <param name="TypeHeaders">The partial declarations around the method, outermost first: <c>partial class Functions</c>.</param>
/// <param name="Modifiers">Accessibility, <c>static</c>, <c>readonly</c>: what the generated members have in common with the method.</param>
/// <param name="Name">The method's name, without <c>@</c>.</param>
/// <param name="TypeParameters"><c>&lt;T&gt;</c>, or empty.</param>
/// <param name="Constraints">The constraint clauses of the type parameters, or empty.</param>
/// <param name="ReturnTypeText">The return type with <c>global::</c>; <c>void</c> where there is none.</param>
/// <param name="Cref">How a doc comment refers to the method.</param>
/// <param name="Requested">The derivatives asked for.</param>
/// <param name="StoresEverything"><c>[Keep]</c>: no intermediate value is recomputed.</param>
/// <param name="Function">The lowered body.</param>
internal sealed record MethodModel(
    string HintName,
    string Namespace,
    EquatableArray<string> TypeHeaders,
    string Modifiers,
    string Name,
    string TypeParameters,
    string Constraints,
    string ReturnTypeText,
    string Cref,
    RequestedDerivatives Requested,
    bool StoresEverything,
    Function Function)
{
    /// <summary>Off, everything differentiable gets an adjoint: slower, with the same results to the bit (<c>AutoDiffActivity</c>).</summary>
    public bool UsesActivity { get; init; } = true;

    /// <summary>The modifiers of the overloads that take what the user wrote, where the members themselves take its elements; else empty.</summary>
    public string OverloadModifiers { get; init; } = "";

    /// <summary>Whether the member that is written takes the elements of rectangular arrays, for calls that have no more than those.</summary>
    public bool IsCalled { get; init; }

    /// <summary>A hash of the signature where the type has another method of that name; empty where it has not.</summary>
    public string Overload { get; init; } = "";

    /// <summary>The type parameter that is the number type of a generic method, as it is written.</summary>
    public string NumberParameter { get; init; } = "";

    /// <summary>Whether the members have no body, as the method has none.</summary>
    public bool IsAbstract { get; init; }

    /// <summary>Whether the members are dispatched, so that their signatures are those of every other implementation.</summary>
    public bool IsDispatched { get; init; }

    /// <summary><c>[Keep]</c> on the method itself. Its pair depends on nothing else that is asked for, since its callers must know what it saves.</summary>
    public bool Keeps { get; init; }

    /// <summary><c>[Recompute]</c>: callers save nothing of the method; it runs again in their backward part.</summary>
    public bool Recomputes { get; init; }

    /// <summary>Whether <c>MVjp</c> is there already: a rule of that name in the same type.</summary>
    public bool HasOwnVjp { get; init; }

    /// <summary>Whether it was asked for by no attribute: it has the hidden members alone, which its callers name.</summary>
    public bool IsHelper { get; init; }

    /// <summary>Whether somebody wrote an <c>MForward</c> in the same type.</summary>
    public bool HasOwnForward { get; init; }

    /// <summary>
    /// The body with its calls replaced by the bodies of the callees, where a derivative was asked for that callees have no member for; null where that changes nothing.
    /// </summary>
    public Function? Inlined { get; init; }

    /// <summary>The body that tangents and second derivatives are taken of.</summary>
    public Function Expanded => Inlined ?? Function;

    /// <summary>How to differentiate the method.</summary>
    public DerivativeOptions Options => new(UseActivity: UsesActivity, StoreEverything: StoresEverything);
}

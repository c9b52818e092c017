namespace AutoDiff.Compiler.IR;

/// <summary>A parameter of a callee.</summary>
public sealed record CalleeParameter(string Name, IrType Type, PassingKind Passing, bool IsDifferentiable, bool IsWritten, string TypeText)
{
    /// <summary>Whether the pullback looks at the value (for a buffer: the elements) that the parameter had at the call.</summary>
    public bool IsNeeded { get; init; } = true;
}

/// <summary>A derivative that somebody wrote: methods in C#, static ones with their type and <c>global::</c>.</summary>
/// <param name="Record">Gives value and residual, in place of the method itself; empty where there is no residual.</param>
/// <param name="Pullback">With a residual: takes it behind the arguments, gives gradients. Without: has the signature of <c>MVjp</c>, and gives the value first.</param>
/// <param name="IsStatic">Whether a receiver is passed as an argument.</param>
/// <param name="Accumulates">Whether it can be told to add to its destinations.</param>
/// <param name="ResidualType">The C# type of the residual.</param>
public sealed record CalleeRule(string Record, string Pullback, bool IsStatic, bool Accumulates, string ResidualType);

/// <summary>
/// A method that a call goes to: all that is known of it is its signature and what its attributes promise, so that a caller is compiled alone.
/// </summary>
/// <param name="ContainingType">With <c>global::</c>.</param>
/// <param name="Method">The method's name.</param>
/// <param name="IsInstance">Whether the first operand of a call is the receiver; it is the first of <paramref name="Parameters"/> then.</param>
/// <param name="Parameters">The receiver first; one for each leaf of a struct.</param>
/// <param name="Result">The type of the returned value in the caller's dimensions, a struct type too, or null for <c>void</c>.</param>
/// <param name="IsDifferentiable">Whether it has generated derivatives; otherwise only inactive values may reach it.</param>
/// <param name="HasSideEffects">Whether it must run exactly as often as the program says.</param>
/// <param name="DimensionNames">The names in the shape texts of its parameters that no member of its type binds, in order of first appearance: the pair takes one
/// <c>int</c> for each.</param>
/// <param name="UsesPair">Whether the forward part calls <c>MRecord</c>, which leaves residuals for <c>MPullback</c>, and not <c>M</c> itself: always with tensors
/// and models, else where the pullback needs more than the arguments.</param>
public sealed record Callee(
    string ContainingType, string Method, bool IsInstance, EquatableArray<CalleeParameter> Parameters, IrType? Result, bool IsDifferentiable,
    bool HasSideEffects, bool UsesPair, EquatableArray<string> DimensionNames)
{
    /// <summary>The name of an indexer: a call of it is written with brackets.</summary>
    public const string Indexer = "get_Item";

    /// <summary>The name of a constructor: a call of it makes an object.</summary>
    public const string Constructor = ".ctor";

    /// <summary>Whether it may change what stands outside of the function: static fields, members of objects.</summary>
    public bool ChangesState { get; init; }

    /// <summary>
    /// Whether a call that records nothing goes to <c>MForward</c>, which takes the elements and the lengths of rectangular arrays: a call has no arrays that it could give M.
    /// </summary>
    public bool TakesElements { get; init; }

    /// <summary>The rule that stands for its generated derivative; null where there is none.</summary>
    public CalleeRule? Rule { get; init; }

    /// <summary>The type arguments of a generic method as they are written: <c>&lt;double&gt;</c>; empty for any other.</summary>
    public string TypeArguments { get; init; } = "";

    /// <summary>
    /// The method that gives value and tangent, in a tuple, from the arguments and one tangent for each differentiable one: <c>MJvp</c>, or a rule that somebody wrote. Null
    /// where there is none.
    /// </summary>
    public Callee? Tangent { get; init; }

    /// <summary>The parameters that are structs, whose leaves stand among <see cref="Parameters"/>.</summary>
    public EquatableArray<SignaturePart> Parts { get; init; } = [];

    /// <summary>The types of the values that it returns: none, one, or one for each leaf of a struct.</summary>
    public IEnumerable<IrType> ResultTypes => Result is StructType type ? type.Leaves.Select(static l => l.Type) : Result is null ? [] : [Result];

    /// <summary>Whether there are tensors or models in its signature, so that its pair works in a workspace.</summary>
    public bool HasTensors => Result is TensorType || Parameters.Any(static p => p.Type is TensorType or ModelType or ModelListType);
}

/// <summary>
/// Calls a method. Results: the returned value (where there is one; of a struct its leaves), then the final values of <c>ref</c> and <c>out</c> scalars in order. Operands: one for each
/// parameter that has a value at entry (all but <c>out</c>). <paramref name="Dimensions"/> are the sizes of <see cref="Callee.DimensionNames"/> in the caller. With <paramref name="IsRecording"/> it calls the forward half of the pair, which
/// leaves residuals in the workspace for the matching <see cref="CallPullback"/>.
/// </summary>
public sealed record Call(EquatableArray<Value> Defines, Callee Callee, EquatableArray<Value> Inputs, EquatableArray<Dim> Dimensions, bool IsRecording = false) : Instruction
{
    public override EquatableArray<Value> Results => Defines;

    public override EquatableArray<Value> Operands => Inputs;

    public override bool IsPure => !Callee.HasSideEffects && !IsRecording
        && Callee.Parameters.All(static p => !p.IsWritten) && Inputs.All(static v => v.Type is not BufferType { Kind: not BufferKind.ReadOnlySpan });

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
    {
        EquatableArray<Value> inputs = Inputs.Map(use);
        return this with { Inputs = inputs, Defines = Defines.Map(define) };
    }
}

/// <summary>
/// The pullback of a call. Results: the gradients of its differentiable scalar, then tensor operands, in order. Buffers' gradients are added to
/// <paramref name="Shadows"/> (one for each differentiable buffer operand, in order; for written buffers the shadow is the cotangent and receives the
/// adjoint at entry). Models' gradients go where the caller's go.
/// </summary>
/// <param name="Cotangents">One for each result of the call that is differentiable, in order.</param>
public sealed record CallPullback(
    EquatableArray<Value> Defines, Callee Callee, EquatableArray<Value> Inputs, EquatableArray<Dim> Dimensions, EquatableArray<Value> Cotangents,
    EquatableArray<Value> Shadows) : Instruction
{
    public override EquatableArray<Value> Results => Defines;

    public override EquatableArray<Value> Operands => [.. Inputs, .. Cotangents, .. Shadows];

    public override Instruction Rewrite(Func<Value, Value> use, Func<Value, Value> define)
    {
        EquatableArray<Value> inputs = Inputs.Map(use), cotangents = Cotangents.Map(use), shadows = Shadows.Map(use);
        return this with { Inputs = inputs, Cotangents = cotangents, Shadows = shadows, Defines = Defines.Map(define) };
    }
}

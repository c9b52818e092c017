using AutoDiff.Compiler.Derivatives.Rules;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Analysis;

/// <summary>A derivative that cannot be followed: at <paramref name="Instruction"/>, which loses it.</summary>
public sealed record LostDerivative(Instruction Instruction, string Message);

/// <summary>
/// Activity analysis (Griewank and Walther, "Evaluating Derivatives", 2008, section 6.2). A value is <em>varied</em> if it depends differentiably on
/// an independent (a differentiable parameter), <em>useful</em> if a dependent (an output) depends differentiably on it, <em>active</em> if both. Only active values
/// have adjoints, or tangents. Buffers and tapes are one cell each (flow-insensitive), views share their root's cell; loops are iterated to the fixed point.
/// </summary>
public sealed class Activity
{
    private readonly Function _function;
    private readonly BufferFacts _buffers;
    private readonly HashSet<int> _varied = [];
    private readonly HashSet<int> _useful = [];
    private bool _changed;

    private readonly bool _everything;

    private Activity(Function function, bool everything)
    {
        _function = function;
        _everything = everything;
        _buffers = BufferFacts.Of(function);
    }

    public IReadOnlyList<LostDerivative> Lost { get; private set; } = [];

    /// <param name="function">The function.</param>
    /// <param name="everything">Takes every differentiable value for active: the analysis switched off. Results are the same, more slowly.</param>
    public static Activity Of(Function function, bool everything = false)
    {
        var activity = new Activity(function, everything);
        activity.Solve();
        return activity;
    }

    public bool IsVaried(Value value) => _varied.Contains(Cell(value));

    /// <summary>Whether the value gets an adjoint.</summary>
    public bool IsActive(Value value) => value.Type.IsDifferentiable && (_everything || (IsVaried(value) && _useful.Contains(Cell(value))));

    /// <summary>Whether the value is active in truth, also where the analysis is switched off: ties of kinked functions depend on it.</summary>
    public bool Carries(Value value) => IsVaried(value) && _useful.Contains(Cell(value));

    /// <summary>Whether the function has a result, and none depends on a parameter in a way that can be differentiated.</summary>
    public bool IsConstant => _function.Body.Yields.Any(static y => y.Type.IsDifferentiable)
        && !_function.Body.Yields.Any(IsVaried) && !_function.Parameters.Any(p => p.IsWritten && IsVaried(p.Value));

    private int Cell(Value value) => value.Type is BufferType ? _buffers.Root(value).Id : value.Id;

    private void Solve()
    {
        foreach (Parameter parameter in _function.Parameters)
            if (parameter.IsDifferentiable) Vary(parameter.Value);
        do
        {
            _changed = false;
            Forward(_function.Body);
        }
        while (_changed);

        foreach (Value output in _function.Body.Yields) Use(output);
        foreach (Parameter parameter in _function.Parameters)
            if (parameter.IsWritten) Use(parameter.Value);
        do
        {
            _changed = false;
            Backward(_function.Body);
        }
        while (_changed);

        var lost = new List<LostDerivative>();
        FindLost(_function.Body, lost);
        Lost = lost;
    }

    private void Vary(Value value)
    {
        if (_varied.Add(Cell(value))) _changed = true;
    }

    private void Use(Value value)
    {
        if (_useful.Add(Cell(value))) _changed = true;
    }

    private void VaryIf(Value from, Value to)
    {
        if (IsVaried(from) && to.Type.IsDifferentiable) Vary(to);
    }

    private void UseIf(Value result, Value operand)
    {
        if (_useful.Contains(Cell(result)) && operand.Type.IsDifferentiable) Use(operand);
    }

    private void Forward(Region region)
    {
        foreach (Instruction instruction in region.Body)
        {
            foreach (Region nested in instruction.Regions) Forward(nested);
            switch (instruction)
            {
                case Apply apply:
                    for (int k = 0; k < apply.Inputs.Length; k++)
                        if (Transmits(apply, k)) VaryIf(apply.Inputs[k], apply.Result);
                    break;
                case Load load:
                    VaryIf(load.Buffer, load.Result);
                    break;
                case Store store:
                    VaryIf(store.Operand, store.Buffer);
                    break;
                case Accumulate accumulate:
                    VaryIf(accumulate.Operand, accumulate.Buffer);
                    break;
                case FillBuffer fill:
                    VaryIf(fill.Operand, fill.Buffer);
                    break;
                case Push push:
                    VaryIf(push.Operand, push.Tape);
                    break;
                case Pop pop:
                    VaryIf(pop.Tape, pop.Result);
                    break;
                case CopyBuffer copy:
                    VaryIf(copy.Source, copy.Destination);
                    break;
                case If branch:
                    Join(branch.Results, branch.Then.Yields, VaryIf);
                    Join(branch.Results, branch.Else.Yields, VaryIf);
                    break;
                case For loop:
                    Carry(loop.Results, loop.Initial, loop.Body.Parameters.Skip(1).ToEquatable(), loop.Body.Yields, loop.Body);
                    break;
                case While loop:
                    Carry(loop.Results, loop.Initial, loop.Body.Parameters, loop.Body.Yields, loop.Body);
                    break;
                case Call call when call.Callee.Arguments(call.Inputs).Any(a => a.Parameter.IsDifferentiable && IsVaried(a.Operand)):
                    foreach (Value result in call.Results.Concat(call.WrittenBuffers()))
                        if (result.Type.IsDifferentiable) Vary(result);
                    break;
            }
        }
    }

    private void Carry(EquatableArray<Value> results, EquatableArray<Value> initial, EquatableArray<Value> states, EquatableArray<Value> yields, Region body)
    {
        Join(states, initial, VaryIf);
        Join(states, yields, VaryIf);
        Join(results, states, VaryIf);
        if (_changed) Forward(body);
        Join(states, yields, VaryIf);
        Join(results, states, VaryIf);
    }

    private static void Join(EquatableArray<Value> to, EquatableArray<Value> from, Action<Value, Value> flow)
    {
        for (int k = 0; k < to.Length; k++) flow(from[k], to[k]);
    }

    private void Backward(Region region)
    {
        for (int i = region.Body.Length - 1; i >= 0; i--)
        {
            Instruction instruction = region.Body[i];
            switch (instruction)
            {
                case Apply apply:
                    for (int k = 0; k < apply.Inputs.Length; k++)
                        if (Transmits(apply, k)) UseIf(apply.Result, apply.Inputs[k]);
                    break;
                case Load load:
                    UseIf(load.Result, load.Buffer);
                    break;
                case Store store:
                    UseIf(store.Buffer, store.Operand);
                    break;
                case Accumulate accumulate:
                    UseIf(accumulate.Buffer, accumulate.Operand);
                    break;
                case FillBuffer fill:
                    UseIf(fill.Buffer, fill.Operand);
                    break;
                case Push push:
                    UseIf(push.Tape, push.Operand);
                    break;
                case Pop pop:
                    UseIf(pop.Result, pop.Tape);
                    break;
                case CopyBuffer copy:
                    UseIf(copy.Destination, copy.Source);
                    break;
                case If branch:
                    for (int k = 0; k < branch.Results.Length; k++)
                    {
                        UseIf(branch.Results[k], branch.Then.Yields[k]);
                        UseIf(branch.Results[k], branch.Else.Yields[k]);
                    }

                    break;
                case For loop:
                    CarryUse(loop.Results, loop.Initial, loop.Body.Parameters.Skip(1).ToEquatable(), loop.Body.Yields);
                    break;
                case While loop:
                    CarryUse(loop.Results, loop.Initial, loop.Body.Parameters, loop.Body.Yields);
                    break;
                case Call call when call.Results.Concat(call.WrittenBuffers()).Any(v => _useful.Contains(Cell(v))):
                    foreach ((CalleeParameter parameter, Value operand) in call.Callee.Arguments(call.Inputs))
                        if (parameter.IsDifferentiable && operand.Type.IsDifferentiable) Use(operand);
                    break;
            }

            foreach (Region nested in instruction.Regions) Backward(nested);
        }
    }

    private void CarryUse(EquatableArray<Value> results, EquatableArray<Value> initial, EquatableArray<Value> states, EquatableArray<Value> yields)
    {
        for (int k = 0; k < results.Length; k++)
        {
            UseIf(results[k], states[k]);
            UseIf(states[k], results[k]);
            UseIf(states[k], yields[k]);
            UseIf(states[k], initial[k]);
        }
    }

    /// <summary>Whether derivatives flow from an operand to the result.</summary>
    private static bool Transmits(Apply apply, int operand) => apply.Operation switch
    {
        Elementwise { Op: ScalarOp.Detach } => false,
        Elementwise { Op: ScalarOp.Convert } => true,
        Elementwise elementwise => ElementwiseRules.Find(elementwise.Op) is not { } rule || rule[operand] is not null,
        GetMember => apply.Result.Type is ModelType or ModelListType,
        DropoutMask or IsInstance or IsNull or OutsideElement or EnumNumber or EnumValue => false,
        _ => true,
    };

    /// <summary>Written buffers whose adjoint the callee does not know of.</summary>
    private static IEnumerable<Value> Overwritten(Call call)
        => call.Callee.Arguments(call.Inputs).Where(static a => a.Parameter is { IsWritten: true, IsDifferentiable: false }).Select(static a => a.Operand);

    private static bool GivesAnything(Call call) => call.Results.Length > 0 || call.WrittenBuffers().Any();

    /// <summary>An active value that meets something without a derivative.</summary>
    private void FindLost(Region region, List<LostDerivative> lost)
    {
        foreach (Instruction instruction in region.Body)
        {
            switch (instruction)
            {
                case Apply { Operation: Elementwise { Op: ScalarOp.Convert } } convert
                    when convert.Result.Element.IsInteger() && IsVaried(convert.Inputs[0]):
                    lost.Add(new(convert, "the conversion to an integer loses the derivative"));
                    break;
                case Apply { Operation: Elementwise elementwise } apply
                    when elementwise.Op != ScalarOp.Convert && Carries(apply.Result) && ElementwiseRules.Find(elementwise.Op) is null:
                    lost.Add(new(apply, $"'{elementwise.Op}' has no derivative rule"));
                    break;
                case Apply { Operation: not (Elementwise or GetMember or GetParameter or ElementAt) } apply
                    when Carries(apply.Result) && apply.Inputs.Any(Carries) && TensorRules.Find(apply.Operation) is null:
                    lost.Add(new(apply, $"'{apply.Operation.Name}' has no derivative rule"));
                    break;
                case Call { Callee: { IsDifferentiable: false, HasSideEffects: true } } call
                    when call.Inputs.Any(IsVaried) && call.Results.Any(static r => r.Type is ScalarType { Kind: not ElementKind.Bool } && !r.Type.IsDifferentiable):
                    lost.Add(new(call, $"'{call.Callee.Method}' gives an integer, which carries no derivative"));
                    break;
                case Call { Callee: { IsDifferentiable: false, Method: Callee.Constructor } } call when call.Inputs.Any(IsVaried):
                    lost.Add(new(call, $"an object of '{call.Callee.ContainingType.Replace("global::", "")}' is given a value that carries a derivative, and hands it on without"));
                    break;
                case Call { Callee: { IsDifferentiable: false, HasSideEffects: true } } call when !GivesAnything(call) && call.Inputs.Any(IsVaried):
                    lost.Add(new(call, $"'{call.Callee.Method}' takes a value that carries a derivative out of the method"));
                    break;
                case Call { Callee.IsDifferentiable: false } call:
                    if (call.Inputs.Any(IsVaried) && (call.Results.Any(r => r.Type.IsDifferentiable && _useful.Contains(Cell(r))) || call.WrittenBuffers().Any(Carries)))
                        lost.Add(new(call, $"'{call.Callee.Method}' is not differentiable"));
                    break;
                case Call call when Overwritten(call).Any(Carries):
                    lost.Add(new(call, $"'{call.Callee.Method}' takes a span that carries derivatives as one without gradient, and writes it"));
                    break;
            }

            foreach (Region nested in instruction.Regions) FindLost(nested, lost);
        }
    }
}

using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private void ForLoop(IForLoopOperation loop)
    {
        if (CountedLoop.Recognise(loop, _localFunctions, HeldFunctions) is { } counted)
        {
            BeginStep(loop.Syntax, Header(loop.Syntax));
            Value start = ValueOf(counted.Start), end = ValueOf(counted.End);
            if (counted.EndOffset != 0) end = IntegerSum(end, counted.EndOffset, counted.End.ConstantValue.Value as int?);
            var type = (ScalarType)TypeMap.ScalarOrBuffer(counted.Counter.Type)!;
            if (end.Element != type.Kind && type.Kind == ElementKind.Int32) type = new ScalarType(end.Element);
            start = _builder.Convert(start, type.Kind);
            end = _builder.Convert(end, type.Kind);
            Counted(loop, [loop.Body], start, end, counted.Stride, counted.Counter.Name,
                counter =>
                {
                    Value own = _builder.Convert(counter, ((ScalarType)TypeMap.ScalarOrBuffer(counted.Counter.Type)!).Kind);
                    var variable = NewVariable(counted.Counter.Name, own.Type);
                    _state[variable] = own;
                    _places[counted.Counter] = new VariablePlace(variable);
                    Statements([loop.Body], JumpKinds.To(loop.ContinueLabel));
                });
            return;
        }

        foreach (IOperation before in loop.Before) Statement(before, JumpKinds.None);
        Uncounted(loop, loop.Condition, loop.Body, loop.AtLoopBottom, testFirst: true);
    }

    private void WhileLoop(IWhileLoopOperation loop)
    {
        if (loop.ConditionIsUntil) throw UnsupportedStatement(loop, "An until loop", "use while");
        Uncounted(loop, loop.Condition, loop.Body, [], loop.ConditionIsTop);
    }

    /// <summary>
    /// A <see cref="For"/> whose body is lowered by <paramref name="body"/>; <paramref name="parts"/> are the operations that may assign
    /// variables.
    /// </summary>
    private void Counted(
        ILoopOperation loop, ImmutableArray<IOperation> parts, Value start, Value end, long stride, string counterName, Action<Value> body)
    {
        JumpKinds jumps = Jumps.Escaping(loop), leaving = LeavingBody(loop);
        DeclareFlags(jumps);
        bool conditional = !leaving.IsEmpty || MayThrow(loop);
        LoopRooms rooms = MakeRooms(loop, parts, jumps);
        List<Variable> carried = Carried(parts, jumps);
        List<Value> initial = Initial(carried);
        if (conditional) initial.Insert(0, _builder.Bool(true));

        InstructionBuilder outer = _builder;
        VariableState before = _state;
        Value counter = _values.New(start.Type, counterName);
        List<Value> parameters = EnterBody(carried, conditional, before, rooms, loop);
        _builder = outer.Nested();
        List<Value> yields;
        InstructionBuilder bodyBuilder = _builder;
        try
        {
            DeclareFlags(LeavingBody(loop));
            body(counter);
            KeepObjects(carried, rooms, loop);
            yields = carried.Select((v, i) => Carry(v, before, parameters[i + (conditional ? 1 : 0)], loop)).ToList();
            if (conditional) yields.Insert(0, NoneTaken(leaving) ?? _builder.Bool(true));
        }
        finally
        {
            _builder = outer;
            _state = before;
        }

        var carry = new CarriedValues(carried, initial, parameters, yields, conditional);
        Region region = carry.Prune(bodyBuilder.ToRegion([], []), counter);
        List<Value> results = Results(carry, region, conditional ? 1 : 0, loop);
        _builder.Append(new For(results.ToEquatable(), start, end, stride, carry.Initial.ToEquatable(), region, conditional));
    }

    /// <summary>
    /// A <see cref="While"/>: the condition is evaluated before the loop (or taken to hold, for <c>do</c>) and at the end of the body.
    /// </summary>
    private void Uncounted(
        ILoopOperation loop, IOperation? condition, IOperation loopBody, ImmutableArray<IOperation> bottom, bool testFirst)
    {
        JumpKinds jumps = Jumps.Escaping(loop);
        DeclareFlags(jumps);
        string header = Header(loop.Syntax);
        BeginStep(loop.Syntax, header);
        int step = _builder.Step;
        Value?[] handed = Handed();
        Value first = testFirst && condition is not null ? ValueOf(condition) : _builder.Bool(true);
        RefuseThrow(handed, loop);
        if (first.Type is TensorType) throw DependsOnElement(loop);
        ImmutableArray<IOperation> parts = condition is null ? [loopBody, .. bottom] : [loopBody, .. bottom, condition];
        LoopRooms rooms = MakeRooms(loop, parts, jumps);
        List<Variable> carried = Carried(parts, jumps);
        List<Value> initial = Initial(carried);
        initial.Insert(0, first);

        InstructionBuilder outer = _builder;
        VariableState before = _state;
        List<Value> parameters = EnterBody(carried, true, before, rooms, loop);
        _builder = outer.Nested();
        List<Value> yields;
        InstructionBuilder bodyBuilder = _builder;
        try
        {
            DeclareFlags(LeavingBody(loop));
            Statements([loopBody], JumpKinds.To(loop.ContinueLabel));
            Value? goes = NoneTaken(LeavingBody(loop));
            Func<Operand?> again = () =>
            {
                foreach (IOperation update in bottom) Statement(update, JumpKinds.None);
                _builder.Step = step;
                Value?[] before = Handed();
                Value holds = condition is null ? _builder.Bool(true) : ValueOf(condition);
                RefuseThrow(before, loop);
                return new ValueOperand(holds);
            };
            _builder.Step = step;
            Operand? next = goes is null ? again() : Branch(goes, loop, again, () => new ValueOperand(_builder.Bool(false)));
            KeepObjects(carried, rooms, loop);
            yields = carried.Select((v, i) => Carry(v, before, parameters[i + 1], loop)).ToList();
            yields.Insert(0, Single(next!, loop));
        }
        finally
        {
            _builder = outer;
            _state = before;
        }

        var carry = new CarriedValues(carried, initial, parameters, yields, true);
        Region region = carry.Prune(bodyBuilder.ToRegion([], []), null);
        List<Value> results = Results(carry, region, 1, loop);
        _builder.Append(new While(results.ToEquatable(), carry.Initial.ToEquatable(), region));
    }

    /// <summary>What variables hold before a loop, in the type that the loop carries.</summary>
    private List<Value> Initial(List<Variable> carried)
    {
        foreach (Variable variable in carried)
            if (variable.Type is BufferType declared) _state[variable] = Retyped(_builder, _state[variable]!, declared);
        return carried.Select(v => _state[v]!).ToList();
    }

    /// <summary>The values after a loop; they become the variables' states.</summary>
    private List<Value> Results(CarriedValues carry, Region region, int flags, ILoopOperation loop)
    {
        var results = new List<Value>();
        for (int i = 0; i < flags; i++) results.Add(_values.New(IrType.Bool));
        for (int i = 0; i < carry.Variables.Count; i++)
        {
            Variable variable = carry.Variables[i];
            Value initial = carry.Initial[i + flags];
            Value next = region.Yields[i + flags];
            if (initial.Type != next.Type)
            {
                throw Unsupported(FrontEndDescriptors.ShapeChanges, loop, variable.Name,
                    $"{initial.Type} before the loop and {next.Type} after an iteration; use one variable for each shape");
            }

            Value result = _values.New(initial.Type, variable.Name);
            _locations.AddValue(result.Id, loop.Syntax.GetLocation());
            results.Add(result);
            _state[variable] = result;
            MergeReferents(result, region.Parameters[region.Parameters.Length - carry.Variables.Count + i]);
        }

        return results;
    }

    private List<Value> EnterBody(List<Variable> carried, bool conditional, VariableState before, LoopRooms rooms, ILoopOperation loop)
    {
        var parameters = new List<Value>();
        VariableState inside = before.Copy();
        if (conditional) parameters.Add(_values.New(IrType.Bool));
        foreach (Variable variable in carried)
        {
            Value parameter = _values.New(before[variable]!.Type, variable.Name);
            parameters.Add(parameter);
            inside[variable] = parameter;
            EnterReference(variable, parameter, before[variable]!, rooms, loop);
        }

        _state = inside;
        return parameters;
    }

    /// <summary>
    /// The variables from before a loop that its parts may assign, each with a value; flags of jumps out of it among them.
    /// </summary>
    private List<Variable> Carried(ImmutableArray<IOperation> parts, JumpKinds jumps)
    {
        HashSet<ISymbol> assigned = Assigned.In(parts, _localFunctions, HeldFunctions);
        var carried = new HashSet<Variable>();
        foreach (KeyValuePair<ISymbol, Place> entry in _places)
            if (assigned.Contains(entry.Key)) carried.UnionWith(Leaves(entry.Value));
        carried.UnionWith(_objects.SelectMany(static o => Leaves(o.Fields)).Where(v => _state[v] is not null));
        if (_frame.This is { } receiver && assigned.Any(static s => s is ITypeSymbol)) carried.UnionWith(Leaves(receiver));
        carried.UnionWith(Flags(jumps));
        carried.UnionWith(Handlers().Select(static h => h.Flag));
        if (jumps.Returns && _frame.Result is not null) carried.UnionWith(Leaves(_frame.Result));

        foreach (Variable variable in carried)
            if (_state[variable] is null && variable.Type is ScalarType type) _state[variable] = _builder.Constant(type, 0, variable.Name);
            else if (_state[variable] is null && variable.Type is BufferType buffer) _state[variable] = _builder.Zero(buffer);
        return carried.Where(v => _state[v] is not null).OrderBy(static v => v.Order).ToList();
    }

    /// <summary>The functions that variables hold.</summary>
    private IEnumerable<FunctionOperand> HeldFunctions
        => _places.Values.OfType<FixedPlace>().Select(static p => p.Operand).Concat(_candidates).OfType<FunctionOperand>();

    /// <summary>The state at the end of an iteration, in the type that the loop carries.</summary>
    private Value Carry(Variable variable, VariableState before, Value parameter, ILoopOperation loop)
    {
        Value next = _state[variable]!;
        CheckReference(variable, parameter, next, loop);
        if (NumbersOf(parameter) is [var only] && NumbersOf(next) is [var same] && only == same) return parameter;
        IrType type = before[variable]!.Type;
        return type is BufferType || AreEqual(next.Type, type) ? Retyped(_builder, next, type) : next;
    }

    /// <summary>Whether something in a loop may be thrown to a catch around it.</summary>
    private bool MayThrow(ILoopOperation loop)
        => _try is not null && loop.Body.DescendantsAndSelf().Any(static o => o is IThrowOperation or IInvocationOperation { TargetMethod.ContainingNamespace.Name: not "System" });

    /// <summary>The jumps of the body that end the loop.</summary>
    private static JumpKinds LeavingBody(ILoopOperation loop) => Jumps.Escaping(loop.Body).Without(loop.ContinueLabel);

    private Value IntegerSum(Value value, long offset, int? known)
    {
        Value sum = known + offset is long constant and >= int.MinValue and <= int.MaxValue ? _builder.Int(constant)
            : offset > 0 ? _builder.Scalar(ScalarOp.Add, value, _builder.Constant(value.Type, offset))
            : _builder.Scalar(ScalarOp.Subtract, value, _builder.Constant(value.Type, -offset));
        if (DimOf(value) is { } dim) _dims[sum.Id] = dim + Dim.Constant(offset);
        return sum;
    }

    private static string Header(SyntaxNode loop) => loop switch
    {
        ForStatementSyntax f => StepText.Of(SyntaxParts(f.ForKeyword, f.CloseParenToken, f)),
        ForEachStatementSyntax f => StepText.Of(SyntaxParts(f.ForEachKeyword, f.CloseParenToken, f)),
        WhileStatementSyntax w => $"while ({StepText.Of(w.Condition)})",
        DoStatementSyntax d => $"while ({StepText.Of(d.Condition)})",
        _ => StepText.Of(loop),
    };

    private static SyntaxNodeOrToken[] SyntaxParts(SyntaxToken first, SyntaxToken last, SyntaxNode node)
        => node.DescendantTokens().Where(t => t.SpanStart >= first.SpanStart && t.SpanStart <= last.SpanStart).Select(
            static t => (SyntaxNodeOrToken)t).ToArray();
}

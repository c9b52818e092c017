using AutoDiff.Compiler.Emit.Variables;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

internal sealed partial class EmitContext
{
    /// <summary>How a value is written where it is used, as a whole expression.</summary>
    public string Use(Value value) => Expr(value).Text;

    /// <summary>How a value is written where its target has its type already (an assignment, an operand of arithmetic): constants as short as can be.</summary>
    public Expression Brief(Value value)
        => !IsBound(value) && Plan.Folding.IsFolded(value) && Plan.Layout.InstructionOf(value) is Constant constant ? Literals.Brief(constant) : Expr(value);

    public Expression Expr(Value value)
    {
        if (_bound.TryGetValue(value.Id, out Expression bound)) return bound;
        if (Plan.Folding.IsFolded(value)) return Text(Plan.Layout.InstructionOf(value)!);
        return Expression.Atom(NameOf(Plan.VariableOf(value)));
    }

    /// <summary>The constant behind a value, where it is one.</summary>
    public Constant? ConstantOf(Value value) => Plan.Layout.InstructionOf(value) as Constant;

    /// <summary>The C# variable of a value that has one, declared by now.</summary>
    public string NameOf(Variable variable)
        => _variableNames.TryGetValue(variable.Id, out string? name)
            ? name
            : throw new InvalidOperationException($"the variable '{variable.PreferredName}' of %{variable.Id} is used before its declaration");

    public bool IsDeclared(Variable variable) => _variableNames.ContainsKey(variable.Id);

    /// <summary>Reserves the variable's name in the innermost scope.</summary>
    public string Declare(Variable variable, Value value)
        => _variableNames[variable.Id] = Names.Reserve(variable.PreferredName.Length > 0 ? variable.PreferredName : NameHints.Of(value, this));

    /// <summary>Says that a variable is one that exists already.</summary>
    public void Declare(Variable variable, string existingName) => _variableNames[variable.Id] = existingName;

    /// <summary>
    /// The left side of a statement that gives a value which no expression stands for: the variable that it shares with other values, or one of its own, with the type where it
    /// is declared here.
    /// </summary>
    public string Receive(Value value, string preferredName)
    {
        string preferred = value.Name.Length > 0 ? value.Name : preferredName;
        Variable variable = Plan.VariableOf(value);
        if (IsDeclared(variable)) return NameOf(variable);
        string name = NewName(preferred);
        if (Plan.Sharing(value).Skip(1).Any()) Declare(variable, name);
        else Bind(value, name);
        return $"{TypeText(value.Type)} {name}";
    }

    /// <summary>The right-hand side of an instruction with one result that is written as an expression.</summary>
    public Expression Text(Instruction instruction) => instruction switch
    {
        Constant constant => Literals.Exact(constant),
        Apply { Result.Type: ScalarType { Lanes: > 1 } lanes } apply => LaneText.Of(lanes, apply, this),
        Apply { Operation: Elementwise elementwise } apply => Elementwise(elementwise.Op, apply),
        Apply { Operation: DimensionValue dimension } => Dim(dimension.Dimension),
        Apply { Operation: GetMember member } apply => Expression.Atom($"{Receiver(apply.Inputs[0])}.{CSharpNames.Escape(member.Member)}{(member.MayBeNull ? "!" : "")}"),
        Apply { Operation: IsInstance test } apply => new($"{Expr(apply.Inputs[0]).Within(Precedence.Relational)} is {test.Type}", Precedence.Relational),
        Apply { Operation: IsNull } apply => NullTest(apply.Inputs[0], "is", "=="),
        Apply { Operation: AsInstance cast } apply => Expression.Atom($"({Expr(apply.Inputs[0]).Within(Precedence.Relational)} as {cast.Type})!"),
        Apply { Operation: Outside outside } => Expression.Atom(outside.Text),
        Apply { Operation: OutsideElement array } apply => Expression.Atom(array.With([.. apply.Inputs.Select(v => v.Type is OpaqueType ? Receiver(v) : Use(v))])),
        Apply { Operation: EnumNumber } apply => new($"({apply.Result.Element.CSharp()}){Expr(apply.Inputs[0]).Within(Precedence.Unary)}", Precedence.Unary),
        Apply { Operation: EnumValue value } apply => new($"({value.Type}){Expr(apply.Inputs[0]).Within(Precedence.Primary)}", Precedence.Unary),
        Apply { Operation: ElementAt } apply => Expression.Atom($"{Receiver(apply.Inputs[0])}[{Use(apply.Inputs[1])}]"),
        Apply { Operation: ModelCount } apply => Expression.Atom($"{Receiver(apply.Inputs[0])}.{((ModelListType)apply.Inputs[0].Type).CountMember}"),
        Load load => Element(load.Buffer, load.Index, load.Path),
        BufferLength length => Expression.Atom($"{Receiver(length.Buffer)}.Length"),
        If branch => Conditional(branch),
        Call call => CallText.Of(call, this),
        _ => throw new NotSupportedException($"no expression for {instruction.GetType().Name}"),
    };

    public Expression Element(Value buffer, Value index, string path = "") => Expression.Atom(StructText.Access($"{Receiver(buffer)}[{Use(index)}]", path));

    /// <summary>A value before a dot or an index.</summary>
    public string Receiver(Value value) => Expr(value).Within(Precedence.Primary);

    /// <summary>x, where <paramref name="value"/> is written as −x.</summary>
    public Value? NegatedOf(Value value)
        => !IsBound(value) && Plan.Folding.IsFolded(value)
            && Plan.Layout.InstructionOf(value) is Apply { Operation: Elementwise { Op: ScalarOp.Negate }, Result: { Type: ScalarType } result } negate && result.Element.IsFloating()
            ? negate.Inputs[0]
            : null;

    private Expression Elementwise(ScalarOp op, Apply apply)
    {
        EquatableArray<Value> inputs = apply.Inputs;
        if (op == ScalarOp.Not && !IsBound(inputs[0]) && Plan.Folding.IsFolded(inputs[0]) && Plan.Layout.InstructionOf(inputs[0]) is Apply { Operation: IsNull } test)
            return NullTest(test.Inputs[0], "is not", "!=");
        if (op is ScalarOp.Add or ScalarOp.Subtract && NegatedOf(inputs[1]) is Value negated)
        {
            // a + (−b) is a − b, to the bit.
            inputs = [inputs[0], negated];
            op = op == ScalarOp.Add ? ScalarOp.Subtract : ScalarOp.Add;
        }

        ElementKind kind = inputs[op == ScalarOp.Select ? 1 : 0].Element;
        bool brief = inputs.Length == 2 && ScalarText.Operator(op) is not null && inputs.Any(v => !(Plan.Folding.IsFolded(v) && ConstantOf(v) is not null));
        return ScalarText.Of(op, apply.Result.Element, kind, [.. inputs.Select(v => brief ? Brief(v) : Expr(v))], ((Elementwise)apply.Operation).Overflow);
    }

    /// <summary>A span stands for null where it was made of null, and compares equal to it.</summary>
    private Expression NullTest(Value reference, string @is, string equals)
        => reference.Type is BufferType { Kind: not BufferKind.Array } ? new($"{Expr(reference).Within(Precedence.Equality)} {equals} null", Precedence.Equality)
            : new($"{Expr(reference).Within(Precedence.Relational)} {@is} null", Precedence.Relational);

    // Short-circuiting operators come as branches.
    private Expression Conditional(If branch)
    {
        Value then = branch.Then.Yields[0], otherwise = branch.Else.Yields[0];
        if (branch.Defines[0].Type == IrType.Bool)
        {
            if (ConstantOf(otherwise) is { Bits: 0 }) return Expression.Binary(Expr(branch.Condition), "&&", Expr(then), Precedence.AndAlso);
            if (ConstantOf(then) is { Bits: not 0 }) return Expression.Binary(Expr(branch.Condition), "||", Expr(otherwise), Precedence.OrElse);
        }

        // Beside a plain constant, C# would take a small integer for an int.
        bool brief = (ConstantOf(then) is null || ConstantOf(otherwise) is null) && !(branch.Defines[0].Type is ScalarType { Kind: var kind } && ScalarText.IsSmall(kind));
        Expression Arm(Value value) => brief ? Brief(value) : Expr(value);
        return new(
            $"{Expr(branch.Condition).Within(Precedence.OrElse)} ? {Arm(then).Within(Precedence.OrElse)} : {Arm(otherwise).Within(Precedence.Conditional)}",
            Precedence.Conditional);
    }

    /// <summary>A part of a span. A row that is not there is an index out of range, as in an array.</summary>
    public string View(SliceBuffer slice, string span)
        => slice.IsRow ? $"global::AutoDiff.Generated.Rectangular.Row({span}, {Use(slice.Start)}, {Use(slice.Length)})" : $"{span}.Slice({Use(slice.Start)}, {Use(slice.Length)})";
}

namespace AutoDiff.Compiler.Emit;

/// <summary>The precedences of C# that generated expressions have, from loose to tight.</summary>
internal enum Precedence
{
    Conditional,
    OrElse,
    AndAlso,
    Or,
    Xor,
    And,
    Equality,
    Relational,
    Shift,
    Additive,
    Multiplicative,
    Unary,
    Primary,
}

/// <summary>A piece of C# text that can be put into a larger expression with as few parentheses as possible.</summary>
internal readonly record struct Expression(string Text, Precedence Precedence)
{
    public static Expression Atom(string text) => new(text, Precedence.Primary);

    /// <summary>The text where something of precedence <paramref name="least"/> or tighter must stand.</summary>
    public string Within(Precedence least) => Precedence >= least ? Text : "(" + Text + ")";

    /// <summary><c>left op right</c>; floating-point operations are not associative, so a right operand of the same precedence keeps its parentheses.</summary>
    public static Expression Binary(Expression left, string op, Expression right, Precedence precedence)
        => new($"{left.Within(precedence)} {op} {right.Within(precedence + 1)}", precedence);

    /// <summary>A prefix operator or a cast. The operand is primary: <c>--x</c> and <c>(Type)-x</c> would mean something else.</summary>
    public static Expression Prefix(string op, Expression operand) => new(op + operand.Within(Precedence.Primary), Precedence.Unary);

    public static Expression Call(string function, params IEnumerable<Expression> arguments)
        => Atom($"{function}({string.Join(", ", arguments.Select(static a => a.Text))})");

    public override string ToString() => Text;
}

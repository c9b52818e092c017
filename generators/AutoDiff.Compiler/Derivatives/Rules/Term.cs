using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Derivatives.Rules;

/// <summary>A value with operators that append instructions, so that a derivative rule reads like its formula.</summary>
public readonly record struct Term(InstructionBuilder Builder, Value Value)
{
    public static Term operator +(Term a, Term b) => a.Apply(ScalarOp.Add, b);

    public static Term operator -(Term a, Term b) => a.Apply(ScalarOp.Subtract, b);

    public static Term operator *(Term a, Term b) => a.Apply(ScalarOp.Multiply, b);

    public static Term operator /(Term a, Term b) => a.Apply(ScalarOp.Divide, b);

    public static Term operator +(Term a, double b) => a + a.Constant(b);

    public static Term operator -(Term a, double b) => a - a.Constant(b);

    public static Term operator -(double a, Term b) => b.Constant(a) - b;

    public static Term operator *(double a, Term b) => b.Constant(a) * b;

    public static Term operator *(Term a, double b) => a * a.Constant(b);

    public static Term operator /(double a, Term b) => b.Constant(a) / b;

    public static Term operator -(Term a) => a.Apply(ScalarOp.Negate);

    public static Term operator <(Term a, Term b) => a.Apply(ScalarOp.Less, b);

    public static Term operator >(Term a, Term b) => a.Apply(ScalarOp.Greater, b);

    public static Term operator <(Term a, double b) => a < a.Constant(b);

    public static Term operator >(Term a, double b) => a > a.Constant(b);

    public static Term operator &(Term a, Term b) => a.Apply(ScalarOp.And, b);

    public Term EqualTo(Term b) => Apply(ScalarOp.Equal, b);

    public Term EqualTo(double b) => EqualTo(Constant(b));

    /// <summary>This truth value chooses.</summary>
    public Term Select(Term whenTrue, Term whenFalse) => Apply(ScalarOp.Select, whenTrue, whenFalse);

    /// <summary>This truth value chooses between a term and zero.</summary>
    public Term Select(Term whenTrue, double whenFalse) => Select(whenTrue, whenTrue.Constant(whenFalse));

    /// <summary>The seed times a partial that may be infinite: zero where the seed is zero.</summary>
    public Term Strong(Term partial) => Apply(ScalarOp.StrongProduct, partial);

    /// <summary>A scalar constant of this term's element kind.</summary>
    public Term Constant(double value) => new(Builder, Builder.Constant(new ScalarType(Value.Element), value));

    public Term Apply(ScalarOp op) => new(Builder, Builder.Scalar(op, Value));

    public Term Apply(ScalarOp op, Term b) => new(Builder, Builder.Scalar(op, Value, b.Value));

    public Term Apply(ScalarOp op, Term b, Term c) => new(Builder, Builder.Scalar(op, Value, b.Value, c.Value));

    public Term Apply(Operation operation, params Term[] others)
        => new(Builder, Builder.Apply(operation, [Value, .. others.Select(static t => t.Value)]));

    public Term As(Operation operation, IrType type) => new(Builder, Builder.Apply(operation, type, Value));
}

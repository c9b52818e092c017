using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

// What a name can refer to that is no number: null, an object that the method made, a function. Each has a number of its own, so that a reference which a
// condition chooses is an integer like any other, and using it is a chain of comparisons with the numbers that it can have.
internal sealed partial class Lowering
{
    /// <summary>What references refer to, by number; null comes first.</summary>
    private readonly List<Operand> _candidates = [new NullOperand()];

    /// <summary>The numbers that a reference can have, by its value.</summary>
    private readonly Dictionary<int, ImmutableArray<int>> _referents = [];

    private static bool IsReferent(Operand operand) => operand is NullOperand or ObjectOperand or FunctionOperand or ChosenOperand;

    /// <summary>The number of what an operand refers to.</summary>
    private Value ReferenceTo(Operand operand, InstructionBuilder builder)
    {
        if (operand is ChosenOperand { Which: var which } chosen)
        {
            _referents[which.Id] = Union(chosen.Numbers, NumbersOf(which));
            return which;
        }

        int number = NumberOf(operand);
        Value reference = builder.Int(number);
        _referents[reference.Id] = [number];
        return reference;
    }

    private int NumberOf(Operand operand)
    {
        int number = _candidates.IndexOf(operand);
        if (number >= 0) return number;
        _candidates.Add(operand);
        return _candidates.Count - 1;
    }

    /// <summary>What a reference refers to; a value that is none stands for itself.</summary>
    private Operand Referent(Value reference)
        => !_referents.TryGetValue(reference.Id, out ImmutableArray<int> numbers) ? new ValueOperand(reference)
            : numbers.Length == 1 ? _candidates[numbers[0]]
            : new ChosenOperand(reference, numbers);

    private ImmutableArray<int> NumbersOf(Value? reference)
        => reference is not null && _referents.TryGetValue(reference.Id, out ImmutableArray<int> numbers) ? numbers : [];

    /// <summary>A reference that was merged from others can be any of theirs.</summary>
    private void MergeReferents(Value merged, params Value?[] from)
    {
        if (from.Any(v => v is not null && _referents.ContainsKey(v.Id)))
            _referents[merged.Id] = from.Aggregate(ImmutableArray<int>.Empty, (all, v) => Union(all, NumbersOf(v)));
    }

    private static ImmutableArray<int> Union(ImmutableArray<int> a, ImmutableArray<int> b)
        => b.All(n => a.Contains(n)) ? a : a.Concat(b).Distinct().OrderBy(static n => n).ToImmutableArray();

    /// <summary>Uses whatever a reference refers to: an object of the type that its name has, or a function. Null throws.</summary>
    private Operand Choose(ChosenOperand chosen, ITypeSymbol? type, IOperation at, Func<Operand, Operand?> use)
    {
        int[] numbers = CandidatesOf(chosen, type);
        if (numbers.Length == 0) throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}'", "assign an object first");
        return From(0) ?? Nothing;

        Operand? From(int i)
        {
            if (i == numbers.Length - 1) return Use(_candidates[numbers[i]]);
            return Branch(IsNumber(chosen, numbers[i]), at, () => Use(_candidates[numbers[i]]), () => From(i + 1));
        }

        Operand? Use(Operand candidate)
        {
            if (candidate is not NullOperand) return use(candidate);
            ThrowNull();
            return null;
        }
    }

    /// <summary>The numbers that a reference of a type can have, null first.</summary>
    private int[] CandidatesOf(ChosenOperand chosen, ITypeSymbol? type)
        => [.. chosen.Numbers.Where(n => type is null || _candidates[n] is not ObjectOperand { Place.Type: var own } || IsOfType(own, type))];

    private bool IsOfType(ITypeSymbol own, ITypeSymbol type) => compilation.HasImplicitConversion(own, TypeArguments.Of(type));

    private Value IsNumber(ChosenOperand chosen, int number) => _builder.Scalar(ScalarOp.Equal, chosen.Which, _builder.Int(number));

    private void ThrowNull() => Effect(new ThrowText().Add("throw new global::System.NullReferenceException()").ToInstruction());

    /// <summary>
    /// A member of what is null where it stands: what runs there throws. A name that a loop gives an object is null before the loop, and is taken for that when the loop is first lowered.
    /// </summary>
    private Operand OfNull(ITypeSymbol type, IOperation at)
    {
        ThrowNull();
        return type.SpecialType == SpecialType.System_Void ? Nothing : DefaultOf(type, at);
    }

    /// <summary>A part of what a reference refers to, as a place.</summary>
    private Place ChoosePlace(ChosenOperand chosen, ITypeSymbol? type, IOperation at, Func<ObjectPlace, Place?> part)
    {
        int[] numbers = CandidatesOf(chosen, type);
        if (numbers.FirstOrDefault() == 0 && numbers.Length > 1)
        {
            Branch(IsNumber(chosen, 0), at, () => { ThrowNull(); return null; }, static () => null);
            numbers = [.. numbers.Skip(1)];
        }

        Place? place = null;
        foreach (int number in Enumerable.Reverse(numbers))
        {
            if (_candidates[number] is not ObjectOperand { Place: var made } || part(made) is not { } own)
                throw UnsupportedExpression(at, $"Assigning to '{StepText.Of(at.Syntax)}'", "assign to a field of an object that the method makes");
            place = place is null ? own : new ChosenPlace(IsNumber(chosen, number), own, place);
        }

        return place ?? throw UnsupportedExpression(at, $"'{StepText.Of(at.Syntax)}'", "assign an object first");
    }
}

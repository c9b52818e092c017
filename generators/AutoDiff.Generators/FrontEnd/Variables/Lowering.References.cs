using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// References are names for places, known where the method is lowered: a ref local, what a method returns by ref, what a ref conditional chooses.
internal sealed partial class Lowering
{
    /// <summary>Where each ref local was declared: it may refer to another place only in the code that is built there.</summary>
    private readonly Dictionary<ISymbol, InstructionBuilder> _references = new(SymbolEqualityComparer.Default);

    private void DeclareReference(ILocalSymbol local, IOperation target)
    {
        _places[local] = PlaceOf(target);
        _references[local] = _builder;
    }

    /// <summary><c>r = ref place</c></summary>
    private Operand Refer(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is not ILocalReferenceOperation { Local: var local } || !_references.TryGetValue(local, out InstructionBuilder? home) || home != _builder)
            throw UnsupportedExpression(assignment, "A ref assignment in a branch or loop", "declare a ref local for each place, or assign the values");
        _places[local] = PlaceOf(assignment.Value);
        return Read(_places[local], assignment);
    }

    /// <summary><c>ref (condition ? ref a : ref b)</c>. The indices of both are computed, which must have no effect.</summary>
    private Place ChosenPlaceOf(IConditionalOperation choice)
    {
        IOperation? effect = choice.WhenTrue.DescendantsAndSelf().Concat(choice.WhenFalse!.DescendantsAndSelf())
            .FirstOrDefault(static o => o is IAssignmentOperation or IIncrementOrDecrementOperation or IInvocationOperation);
        if (effect is not null) throw UnsupportedExpression(effect, $"'{StepText.Of(effect.Syntax)}' in a ref conditional", "compute it into a local first");
        return new ChosenPlace(ValueOf(choice.Condition), PlaceOf(choice.WhenTrue), PlaceOf(choice.WhenFalse!));
    }

    /// <summary>What a method of this project returns by ref: its body runs here up to the return, which names the place.</summary>
    private Place ReturnedPlace(IInvocationOperation call)
    {
        const string instead = "return by ref in the last statement only, or assign to the element";
        IMethodSymbol target = call.TargetMethod;
        if (BodyOf(target, call) is not { Body: IBlockOperation body } || body.Operations.IsEmpty
            || body.Operations[body.Operations.Length - 1] is not IReturnOperation { ReturnedValue: { } place }
            || body.Operations.Take(body.Operations.Length - 1).Any(static s => Jumps.Escaping(s).Returns) || _inlining.Contains(target, SymbolEqualityComparer.Default))
            throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, target.Name, instead);
        (ImmutableArray<Operand> operands, Dictionary<int, Place> references, Place? receiver) = ArgumentsOf(call);
        Frame outer = _frame;
        using TypeArguments.Scope types = TypeArguments.Enter(target);
        _inlining.Add(target);
        _sites.Add(call.Syntax);
        _frame = new Frame(target) { IsInlined = true, This = receiver ?? (target.IsStatic ? null : outer.This) };
        try
        {
            RegisterLocalFunctions(body);
            BindParameters(target, operands, call, references);
            Statements(body.Operations.RemoveAt(body.Operations.Length - 1), JumpKinds.None);
            return PlaceOf(place);
        }
        finally
        {
            _inlining.RemoveAt(_inlining.Count - 1);
            _sites.RemoveAt(_sites.Count - 1);
            _frame = outer;
        }
    }
}

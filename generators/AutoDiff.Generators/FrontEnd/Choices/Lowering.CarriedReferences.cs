using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// References that a loop carries. Which ones change is known only when the body has been lowered: at first none is taken to; where one does, the method is
// lowered again, and they can be whatever there is before a loop.
internal sealed partial class Lowering
{
    /// <summary>Whether references are taken to change in loops.</summary>
    public bool ReferencesChange { get; init; }

    /// <summary>What the parameter of a loop can refer to.</summary>
    private void EnterReference(Variable variable, Value parameter, Value initial)
    {
        if (!_referents.ContainsKey(initial.Id)) return;
        _referents[parameter.Id] = !ReferencesChange ? NumbersOf(initial)
            : Enumerable.Range(0, _candidates.Count).Where(n => _candidates[n] is not ObjectOperand { Place.Type: var own }
                || variable.Referred is null || IsOfType(own, variable.Referred)).ToImmutableArray();
    }

    /// <summary>What an iteration leaves has to be among what the next one takes it to be.</summary>
    private void CheckReference(Variable variable, Value parameter, Value next, ILoopOperation loop)
    {
        if (!_referents.TryGetValue(parameter.Id, out ImmutableArray<int> numbers) || NumbersOf(next).All(n => numbers.Contains(n))) return;
        if (!ReferencesChange) throw new ReferencesChangeException();
        throw Unsupported(
            FrontEndDescriptors.UnsupportedStatement, loop.Syntax.GetFirstToken().GetLocation(),
            $"A loop in which '{(variable.Name.Length > 0 ? variable.Name : "a field")}' comes to refer to an object that an iteration made",
            "make the objects before the loop, or keep their numbers in locals, arrays or lists of structs");
    }
}

/// <summary>A loop changes what a name refers to: the method is lowered again, with that in mind.</summary>
internal sealed class ReferencesChangeException : Exception;

using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// References that a loop carries. Which ones change is known only when the body has been lowered: at first none is taken to; where one does, the method is
// lowered again, and in that loop they can be whatever there is before it, or what an iteration makes.
internal sealed partial class Lowering
{
    /// <summary>What loops are known to do to references.</summary>
    public ImmutableArray<LoopChange> Changes { get; init; } = [];

    /// <summary>What the parameter of a loop can refer to.</summary>
    private void EnterReference(Variable variable, Value parameter, Value initial, LoopRooms rooms, ILoopOperation loop)
    {
        if (!_referents.ContainsKey(initial.Id)) return;
        ImmutableArray<int> own = [.. rooms.Of(variable).Select(room => NumberOf(new ObjectOperand(room)))];
        _referents[parameter.Id] = Union(own, !Changes.Contains(new LoopChange(loop.Syntax, null)) ? NumbersOf(initial)
            : [.. Enumerable.Range(0, _candidates.Count).Where(n => _candidates[n] is not ObjectOperand { Place: var made }
                || !rooms.Contains(made) && (variable.Referred is null || IsOfType(made.Type, variable.Referred)))]);
    }

    /// <summary>What an iteration leaves has to be among what the next one takes it to be.</summary>
    private void CheckReference(Variable variable, Value parameter, Value next, ILoopOperation loop)
    {
        if (!_referents.TryGetValue(parameter.Id, out ImmutableArray<int> numbers))
        {
            if (_referents.ContainsKey(next.Id))
                throw Refused("comes to refer to an object or function of this method, and referred to another one before,", "make the first one in this method too");
            return;
        }

        if (NumbersOf(next).All(n => numbers.Contains(n))) return;
        var change = new LoopChange(loop.Syntax, null);
        if (!Changes.Contains(change)) throw new ReferencesChangeException(change);
        throw Refused(
            NumbersOf(next).Any(n => _candidates[n] is FunctionOperand) ? "comes to refer to a function that an iteration made" : "comes to refer to an object that refers to the one before",
            "make the objects and functions before the loop, or keep their numbers in locals, arrays or lists of structs");

        UnsupportedException Refused(string what, string instead) => Unsupported(
            FrontEndDescriptors.UnsupportedStatement, loop.Syntax.GetFirstToken().GetLocation(), $"A loop in which {Named(variable)} {what}", instead);
    }
}

/// <summary>A loop that changes what names refer to.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Kept">The type of objects that an iteration makes for the next one; null for whatever there is before the loop.</param>
internal sealed record LoopChange(SyntaxNode Loop, ITypeSymbol? Kept)
{
    public bool Equals(LoopChange? other) => other is not null && Loop == other.Loop && SymbolEqualityComparer.Default.Equals(Kept, other.Kept);

    public override int GetHashCode() => Loop.GetHashCode();
}

/// <summary>A loop changes what a name refers to: the method is lowered again, with that in mind.</summary>
internal sealed class ReferencesChangeException(LoopChange change) : Exception
{
    public LoopChange Change { get; } = change;
}

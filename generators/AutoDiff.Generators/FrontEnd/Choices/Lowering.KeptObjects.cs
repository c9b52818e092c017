using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Objects that one iteration makes and the next one uses. A name that a loop gives such objects has room for one: an object from before the loop that no other name
// refers to. What the name refers to moves there at the end of an iteration, and at the start of the loop where that changes nothing for anybody else.
internal sealed partial class Lowering
{
    /// <summary>The rooms of all loops.</summary>
    private readonly HashSet<ObjectPlace> _rooms = [];

    /// <summary>The rooms that the names of one loop have, and how many objects there are before it.</summary>
    private sealed class LoopRooms
    {
        private readonly Dictionary<Variable, List<ObjectPlace>> _ofNames = [];
        private readonly HashSet<ObjectPlace> _all = [];

        public int Made { get; set; }

        public IEnumerable<ObjectPlace> Of(Variable name) => _ofNames.TryGetValue(name, out List<ObjectPlace>? rooms) ? rooms : [];

        public ObjectPlace? Of(Variable name, ITypeSymbol type) => Of(name).FirstOrDefault(room => SymbolEqualityComparer.Default.Equals(room.Type, type));

        public bool Contains(ObjectPlace place) => _all.Contains(place);

        public void Add(Variable name, ObjectPlace room)
        {
            _all.Add(room);
            if (!_ofNames.TryGetValue(name, out List<ObjectPlace>? rooms)) _ofNames[name] = rooms = [];
            rooms.Add(room);
        }
    }

    private LoopRooms MakeRooms(ILoopOperation loop, ImmutableArray<IOperation> parts, JumpKinds jumps)
    {
        var rooms = new LoopRooms();
        ITypeSymbol[] types = [.. Changes.Where(c => c.Loop == loop.Syntax && c.Kept is not null).Select(static c => c.Kept!)];
        if (types.Length > 0)
        {
            foreach (Variable name in Carried(parts, jumps)) MakeRooms(rooms, name, types, loop);
            Move(Carried(parts, jumps), rooms, loop, (name, source) => rooms.Of(name, source.Type) is not null && (ObjectFields.IsReadOnly(source.Type) || IsHeldBy(name, source)));
        }

        rooms.Made = _objects.Count;
        return rooms;
    }

    /// <summary>Room for objects of the types that a name can refer to, and in these for what their fields refer to. An object of objects of its own type has no end.</summary>
    private void MakeRooms(LoopRooms rooms, Variable name, ITypeSymbol[] types, ILoopOperation loop)
    {
        if (name.Referred is not { } declared) return;
        foreach (ITypeSymbol type in types.Where(t => IsOfType(t, declared)))
        {
            ObjectPlace room = Room(type, name.Name, loop);
            rooms.Add(name, room);
            _rooms.Add(room);
            ITypeSymbol[] others = [.. types.Where(t => !SymbolEqualityComparer.Default.Equals(t, type))];
            foreach (Variable field in Leaves(room.Fields)) MakeRooms(rooms, field, others, loop);
        }
    }

    private ObjectPlace Room(ITypeSymbol type, string name, ILoopOperation loop)
    {
        ObjectPlace room;
        if (type.IsValueType) _objects.Add(room = new ObjectPlace(type, (AggregatePlace)Declare(type, name, loop)));
        else room = Allocate((INamedTypeSymbol)type, ObjectFields.Of(type)!.Value, loop, name);
        foreach (Variable field in Leaves(room.Fields))
            if (_state[field] is null && field.Type is ScalarType or BufferType) _state[field] = _builder.Zero(field.Type);
        return room;
    }

    /// <summary>At the end of an iteration: what it made, and what another name had room for, moves to where the next iteration looks for it.</summary>
    private void KeepObjects(List<Variable> carried, LoopRooms rooms, ILoopOperation loop)
        => Move(carried, rooms, loop, (name, source) =>
        {
            if (!rooms.Contains(source) && _objects.IndexOf(source) < rooms.Made) return false;
            if (rooms.Of(name, source.Type) is not null) return true;
            var change = new LoopChange(loop.Syntax, source.Type);
            if (!Changes.Contains(change) && !source.Fields.Fields.Any(static f => f is LanesPlace)) throw new ReferencesChangeException(change);
            return false;
        });

    /// <summary>Names come before the fields of what they have room for, which move after them.</summary>
    private void Move(List<Variable> carried, LoopRooms rooms, ILoopOperation loop, Func<Variable, ObjectPlace, bool> moves)
    {
        VariableState held = _state.Copy();
        var claimed = new Dictionary<ObjectPlace, Variable>();
        foreach (Variable name in carried.Where(v => v.Referred is not null && _state[v] is not null))
        {
            Value which = _state[name]!;
            ImmutableArray<int> before = NumbersOf(which), after = before;
            foreach (int number in before)
            {
                if (_candidates[number] is not ObjectOperand { Place: var source } || !moves(name, source)) continue;
                if (!ObjectFields.IsReadOnly(source.Type))
                {
                    if (claimed.TryGetValue(source, out Variable? other)) throw IsShared(name, other, loop);
                    claimed.Add(source, name);
                }

                ObjectPlace room = rooms.Of(name, source.Type)!;
                if (room == source) continue;
                if (before.Length == 1) MoveTo(room);
                else Branch(_builder.Scalar(ScalarOp.Equal, which, _builder.Int(number)), loop, () => { MoveTo(room); return null; }, static () => null);
                after = Union(after.Remove(number), [NumberOf(new ObjectOperand(room))]);

                void MoveTo(ObjectPlace target)
                {
                    foreach ((Variable from, Variable to) in Leaves(source.Fields).Zip(Leaves(target.Fields), static (a, b) => (a, b)))
                    {
                        if (held[from] is not Value value) continue;
                        if (rooms.Made > 0 && _state[to] is null) throw HoldsMore(name, source, loop);
                        _state[to] = value;
                    }

                    _state[name] = ReferenceTo(new ObjectOperand(target), _builder);
                }
            }

            if (after == before) continue;
            if (after.Length == 1) _state[name] = ReferenceTo(_candidates[after[0]], _builder);
            else _referents[_state[name]!.Id] = after;
        }
    }

    /// <summary>Whether nothing but a name refers to an object.</summary>
    private bool IsHeldBy(Variable name, ObjectPlace made)
    {
        var one = new ObjectOperand(made);
        int number = NumberOf(one);
        return !_frame.IsInlined && _frame.This != made
            && !_state.Variables.Any(v => v != name && v.Referred is not null && NumbersOf(_state[v]).Contains(number))
            && !_places.Values.Any(p => p is FixedPlace { Operand: var held } && held.Equals(one))
            && !_candidates.Any(c => c is FunctionOperand { Receiver: { } receiver } && receiver.Equals(one))
            && !_items.Values.Any(numbers => numbers.Contains(number));
    }

    private UnsupportedException IsShared(Variable one, Variable other, ILoopOperation loop) => Unsupported(
        FrontEndDescriptors.UnsupportedStatement, loop.Syntax.GetFirstToken().GetLocation(),
        $"A loop in which {Named(one)} and {Named(other)} may come to refer to one object that an iteration made",
        "let one name refer to it, or make its type a record whose properties are only initialized");

    private UnsupportedException HoldsMore(Variable name, ObjectPlace made, ILoopOperation loop) => Unsupported(
        FrontEndDescriptors.UnsupportedStatement, loop.Syntax.GetFirstToken().GetLocation(),
        $"A loop in which {Named(name)} comes to refer to a '{made.Type.Name}' that an iteration made, with fields that are neither numbers nor arrays,",
        "make the first one before the loop, with all its fields, or keep its numbers in locals");

    private static string Named(Variable name) => name.Name.Length > 0 ? $"'{name.Name}'" : "a field";
}

using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Scheduling.Loops;

internal sealed partial class LaneAnalysis
{
    private void VisitApply(Apply apply, bool isMasked, bool isInner)
    {
        if (apply.Operation is not Elementwise { Op: var op } || apply.Result.Type is not ScalarType { Kind: var kind })
        {
            Refuse($"'{apply.Operation.Name}' has no lanes");
            return;
        }

        if (apply.Inputs.All(v => KindOf(v) == LaneKind.Uniform))
        {
            // Run for all lanes at once, whatever the mask: it must not throw.
            if (isMasked && kind.IsInteger() && op is ScalarOp.Divide or ScalarOp.Remainder) Refuse("it divides whole numbers under a condition");
            return;
        }

        if (kind.IsInteger())
        {
            VisitInteger(apply);
            return;
        }

        foreach (Value input in apply.Inputs)
        {
            ElementKind from = input.Element;
            if (from.IsFloating() && from != _lanes.Element) Refuse("it mixes numbers of different sizes");
            // The lanes of a whole number are exact only in double precision.
            if (from.IsInteger() && (_lanes.Element != ElementKind.Double || !input.Type.Equals(IrType.Int32))) Refuse("it converts whole numbers");
        }

        if (kind.IsFloating() && kind != _lanes.Element) Refuse("it mixes numbers of different sizes");
        if (apply.Inputs.Any(static v => v.Element.IsInteger()) && op != ScalarOp.Convert && !op.IsComparison()) Refuse("it computes with whole numbers");
        _lanes.Kinds[apply.Result.Id] = kind == ElementKind.Bool ? LaneKind.Mask : LaneKind.Number;
        // What a loop inside does in all lanes at once pays for lanes that are filled one by one.
        if (isInner || Cost(op) >= 20) _isWorthwhile = true;
    }

    private static int Cost(ScalarOp op) => Emit.VectorText.Cost(op);

    private void VisitInteger(Apply apply)
    {
        bool isAffine = apply.Result.Type.Equals(IrType.Int32) && apply.Inputs.All(v => KindOf(v) is LaneKind.Uniform or LaneKind.Affine)
            && _facts.Of(apply.Result).Split(IndexFacts.AtomOf(_loop.Counter)) is var (coefficient, rest) && !coefficient.Mentions(IsInside) && rest.Terms.Count() <= 12
            && !IsOwnAtom(apply);
        if (isAffine) _lanes.Kinds[apply.Result.Id] = LaneKind.Affine;
        else Refuse("it computes with whole numbers that do not grow evenly");
    }

    // An operation that polynomials do not know is an atom of its own.
    private bool IsOwnAtom(Apply apply) => _facts.Of(apply.Result).Mentions(atom => atom == IndexFacts.AtomOf(apply.Result));

    private bool IsInside(int atom) => (atom & 1) == 0 && _inside.Contains(atom >> 1);

    private void VisitLoad(Load load, bool isMasked, bool isInner)
    {
        LaneKind index = KindOf(load.Index);
        if (index == LaneKind.Uniform)
        {
            _accesses.Add(new Access(load, load.Buffer, load.Index, false, isMasked, isInner));
            return;
        }

        if (index != LaneKind.Affine)
        {
            Refuse($"elements of {NameOf(load.Buffer)} are read in no order");
            return;
        }

        if (load.Buffer.Element != _lanes.Element)
        {
            Refuse($"{NameOf(load.Buffer)} holds {load.Buffer.Element.Text()}");
            return;
        }

        _lanes.Kinds[load.Result.Id] = LaneKind.Number;
        Place(load, load.Buffer, load.Index, false, isMasked, isInner);
    }

    private void VisitWrite(Instruction write, Value buffer, Value index, bool isMasked, bool isInner)
    {
        bool isInteger = write is Store store && store.Operand.Type.Equals(IrType.Int32) && LanesOf(store.Operand) is not null;
        if (buffer.Element != _lanes.Element && !isInteger) Refuse($"{NameOf(buffer)} holds {buffer.Element.Text()}");
        else if (KindOf(index) == LaneKind.Uniform)
        {
            if (write is not Accumulate) Refuse($"all iterations write the same element of {NameOf(buffer)}");
            _accesses.Add(new Access(write, buffer, index, true, isMasked, isInner));
        }
        else if (KindOf(index) == LaneKind.Affine) Place(write, buffer, index, true, isMasked, isInner);
        else Refuse($"elements of {NameOf(buffer)} are written in no order");
    }

    private void Place(Instruction instruction, Value buffer, Value index, bool isWrite, bool isMasked, bool isInner)
    {
        (IndexPolynomial coefficient, IndexPolynomial _) = _facts.Of(index).Split(IndexFacts.AtomOf(_loop.Counter))!.Value;
        if (coefficient.AsConstant is 1) _isWorthwhile = true;
        else if (isWrite || coefficient.AsConstant is not (long and not 0))
        {
            // Lanes far apart are gathered one by one; where the stride is not even known, or they are scattered, nothing is won.
            Refuse($"elements of {NameOf(buffer)} are not side by side");
            return;
        }
        else _lanes.Strides[index.Id] = coefficient;

        _accesses.Add(new Access(instruction, buffer, index, isWrite, isMasked, isInner));
    }
}

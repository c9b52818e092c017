using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Shapes;

// Calls: operations by their rules, other methods by the shape texts of their signatures.
internal sealed partial class ShapeEvaluator
{
    /// <summary>What the call of another constructor of the type has left in the members.</summary>
    private EquatableArray<ModelArgument>? _membersAfter;

    private ShapeValue Invocation(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        ShapeValue receiver = call.Instance is null ? ShapeValue.Unknown : Evaluate(call.Instance);
        Forget(call, RefKind.Out);
        string? type = target.ContainingType?.Name;
        if (type == "Ops" && target.ContainingType!.IsIn(KnownAttributes.Namespace)) return OpsCall(call) ?? Others(call);
        if (type == "Ad" && target.ContainingType!.IsIn(KnownAttributes.Namespace)) return Identity(call);
        if (target.ContainingType is not null && (target.ContainingType.IsIn("System.Numerics.Tensors")
            || type is null or "" && target.ContainingNamespace?.ToDisplayString() == "System.Numerics.Tensors"))
            return TensorCall(call, receiver) ?? Others(call);
        if (target.ContainingType is { Name: "Math" } && call.Arguments.Length == 2 && target.Name is "Max" or "Min") return Extreme(call);
        if (target.Name == "<Clone>$")
        {
            State.Untrack(m => m.Creation == call.Syntax);
            return receiver is ModelValue original ? original with { Creation = call.Syntax }
                : target.ContainingType is { IsRecord: true } record ? new ModelValue(record.OriginalDefinition, []) { Creation = call.Syntax } : receiver;
        }

        if (HandleCall(call, receiver) is { } handle) return handle;
        if (State.HasTracked)
            foreach (IArgumentOperation argument in call.Arguments) Escape(argument.Value);
        if (receiver is FunctionValue function && target.MethodKind == MethodKind.DelegateInvoke)
        {
            if (!IsAlone) State.ForgetMembers();
            ShapeValue[] arguments = call.Arguments.Select(a => Evaluate(a.Value)).ToArray();
            Forget(call, RefKind.Ref);
            return Applied(call, function, arguments);
        }

        if (CollectionCall(call, receiver) is { } collection) return collection;
        if (SequenceCall(call, receiver) is { } sequence) return sequence;
        if (HaveSameLengths(call) is bool same) return new BooleanValue(same);
        NoteComparison(call);
        ShapeValue result = SignatureCall(call, receiver);

        // The constructor of a base type does not know the members of this one; nor does anything, while nobody else has the object.
        bool knows = target.MethodKind == MethodKind.Constructor ? SymbolEqualityComparer.Default.Equals(target.ContainingType, _type) : !IsAlone || call.Instance is IInstanceReferenceOperation;
        if (knows) State.ForgetMembers();
        if (_membersAfter is { } members && _type is not null) State.Remember(_type, members);
        _membersAfter = null;
        return result;
    }

    /// <summary>What is handed out by reference is not known any more, unless the callee tells.</summary>
    private void Forget(IInvocationOperation call, RefKind kind)
    {
        foreach (IArgumentOperation argument in call.Arguments)
            if (argument.Parameter?.RefKind == kind && argument.Value is not IDeclarationExpressionOperation)
                Store(argument.Value, ShapeValue.Unknown, null);
    }

    private ShapeValue Extreme(IInvocationOperation call)
    {
        if (Size(call.Arguments[0].Value).Literal is not long a || Size(call.Arguments[1].Value).Literal is not long b) return Others(call);
        return Numbers.Of(call.TargetMethod.Name == "Max" ? Math.Max(a, b) : Math.Min(a, b));
    }

    private ShapeValue Identity(IInvocationOperation call)
    {
        if (call.Arguments.Length != 1) return Others(call);
        ShapeValue value = Evaluate(call.Arguments[0].Value);
        if (call.TargetMethod.Name == "ShowShape" && value is TensorValue tensor)
        {
            Report(ShapeDescriptors.Shown, call.Arguments[0].Value,
                $"{Text(tensor.Shape)}" + (tensor.Origin is { } origin ? $", from {origin}" : ""));
        }

        return value;
    }

    /// <summary>A call of a method with shape texts: its names are new for each call.</summary>
    private ShapeValue SignatureCall(IInvocationOperation call, ShapeValue receiver)
    {
        IMethodSymbol target = call.TargetMethod;
        ShapeValue[] values = call.Arguments.Select(a => Evaluate(a.Value)).ToArray();
        Forget(call, RefKind.Ref);
        Signature signature = Signature.Of(_scope, target);
        if (signature.IsEmpty && Dispatched(target, receiver) is var own && !SymbolEqualityComparer.Default.Equals(own, target))
            (target, signature) = (own, Signature.Of(_scope, own));
        if (signature.IsEmpty) return Followed(call, receiver, values) ?? Made(call);
        string MadeWith() => receiver is ModelValue { Creation: { } creation }
            ? $"; the sizes of '{SourceText.Of(call.Instance!.Syntax)}' are those of '{SourceText.Of(creation)}'" : "";
        SignatureUnification unified = Unify(call, call.Arguments, target, target.Name, signature, values, name => Bound(call.Arguments, target, receiver, values, name), MadeWith);
        CheckGradients(call, receiver, values);
        ShapeValue? followed = unified.Mismatch is null ? Followed(call, receiver, values) : null;
        if (signature.Result is not { } result) return followed ?? Made(call);
        return MemberValues.Shaped(target.ReturnType, unified.ShapeOf(result), new Origin(null, call.Syntax));
    }

    /// <summary>Arguments against the shape texts of parameters.</summary>
    /// <param name="call">The call, or the creation of an object.</param>
    /// <param name="given">Its arguments.</param>
    /// <param name="target">The method or constructor.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="signature">Its shape texts.</param>
    /// <param name="values">What is known of the arguments.</param>
    /// <param name="bound">The sizes of names that are bound already.</param>
    /// <param name="note">What else a message says.</param>
    private SignatureUnification Unify(
        IOperation call, ImmutableArray<IArgumentOperation> given, IMethodSymbol target, string name, Signature signature, ShapeValue[] values, Func<string, Dim?> bound, Func<string> note)
    {
        var shaped = new (ShapeText?, Shape?)[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (given[i] is { Parameter: { } parameter, ArgumentKind: not ArgumentKind.DefaultValue })
            {
                // A span that stands for several axes has them one behind the other: of its length nothing is asked.
                ShapeText? text = signature.Text(target.OriginalDefinition.Parameters[parameter.Ordinal]);
                bool isFlat = TypeMap.Buffer(parameter.Type) is not null && text is not { Items.Length: 1 };
                shaped[i] = (text, isFlat ? null : ShapeOf(values[i]));
                if (values[i] is UnknownValue && shaped[i].Item1 is { } wanted) Want(given[i].Value, wanted.ToString());
            }
        }

        _sizes.Reset();
        var unified = new SignatureUnification(_sizes, shaped, bound);
        if (unified.Mismatch is { } mismatch)
        {
            IOperation argument = given[mismatch.Argument].Value;
            IParameterSymbol parameter = target.OriginalDefinition.Parameters[given[mismatch.Argument].Parameter!.Ordinal];
            Report(ShapeDescriptors.Argument, argument,
                $"{Described(argument, values[mismatch.Argument])}, but '{name}' wants ({signature.Text(parameter)}) for '{parameter.Name}': {Shown(mismatch.Reason)}{note()}");
        }
        else
        {
            ReportUnproven(call, name);
            CheckLimits(given, target, name, signature, unified, values);
        }

        return unified;
    }

    /// <summary>A name of a signature that an <c>int</c> argument, a constant or the receiver binds; null for free names.</summary>
    private Dim? Bound(ImmutableArray<IArgumentOperation> given, IMethodSymbol target, ShapeValue receiver, ShapeValue[] values, string name)
    {
        for (int i = 0; i < values.Length; i++)
            if (given[i].Parameter is { } p && p.Name == name && IsInteger(p.Type))
                return values[i] is NumberValue number ? number.Size : SizeComparison.Unknown;
        return BoundByReceiver(target, receiver, name);
    }

    /// <summary>A name of a signature that a constant or the receiver binds; null for free names.</summary>
    private Dim? BoundByReceiver(IMethodSymbol target, ShapeValue receiver, string name)
    {
        if (target.ContainingType is not { } type) return null;
        if (TypeNames.Of(_scope, type).Resolve(name) is not { } size) return receiver is ModelValue { IsThis: false } made ? made.Argument(name) : null;
        if (size.Literal is not null) return size;
        if (receiver is not ModelValue model) return SizeComparison.Unknown;
        size = Inheritance.In(_scope, model.Type, target.ContainingType, size);
        if (model.IsThis || size.IsUnknown()) return size;
        Dim found = Substitution.In(size, model.Argument);
        return found.IsUnknown() ? SizeIn(model, name) : found;
    }

    /// <summary>A known shape as a shape text.</summary>
    public string? TextOf(IOperation operation)
        => Evaluate(operation) is TensorValue { Shape: var shape }
            && !shape.Dims.Any(static d => d.IsUnknown() || SourceText.HasMark(d.ToString()))
            ? string.Join(" ", shape.Dims.Select(Written)) : null;

    private static Shape? ShapeOf(ShapeValue value) => value switch
    {
        TensorValue tensor => tensor.Shape,
        SequenceValue sequence => Shape.Of(sequence.Length),
        _ => null,
    };

    /// <summary>A method without shape texts may hand out a model, of which nothing but the type is known.</summary>
    private static ShapeValue Made(IInvocationOperation call) => Made(call.Type);

    private static ShapeValue Made(ITypeSymbol? made)
        => made is INamedTypeSymbol { TypeKind: TypeKind.Class, IsSealed: true } type && type.IsDifferentiable()
            ? new ModelValue(type.OriginalDefinition, []) : ShapeValue.Unknown;

    private ShapeValue? SequenceCall(IInvocationOperation call, ShapeValue receiver)
    {
        string name = call.TargetMethod.Name;
        if (name is "GetEnumerator")
            return (receiver is UnknownValue && call.Arguments.Length == 1 ? Evaluate(call.Arguments[0].Value) : receiver) is SequenceValue all
                ? new EnumeratorValue(all, -1) : null;
        if (name == "GetLength" && call.Arguments is [var axis] && (receiver is TensorValue { Shape: var table } ? table : ShapeOf(receiver)) is { HasRest: false } lengths)
            return Size(axis.Value).Literal is long k && k >= 0 && k < lengths.Rank ? new NumberValue(lengths[(int)k]) : null;
        if (name == "MoveNext" && receiver is EnumeratorValue enumerator) return Moved(call, enumerator);
        if (name is "AsSpan" or "AsMemory" or "ToArray" or "ToList" or "ToImmutableArray" or "AsReadOnly" or "AsEnumerable" or "Clone")
        {
            IOperation? origin = receiver is UnknownValue && call.Arguments.Length > 0 ? call.Arguments[0].Value : call.Instance;
            ShapeValue source = Sequence(origin, origin is null || origin == call.Instance ? receiver : Evaluate(origin));
            int first = call.Instance is null ? 1 : 0;
            if (source is not SequenceValue sequence) return null;
            return call.Arguments.Length == first ? sequence : Cut(call, sequence, first);
        }

        if (name == "Slice" && Sequence(call.Instance, receiver) is SequenceValue span) return Cut(call, span, 0);
        if (call.TargetMethod.ContainingType is not { Name: "Enumerable" } enumerable || !enumerable.IsIn("System.Linq")) return null;
        return name switch
        {
            "Range" when call.Arguments.Length == 2 => Counted(Size(call.Arguments[0].Value), Size(call.Arguments[1].Value)),
            "Repeat" when call.Arguments.Length == 2
                => new SequenceValue(Size(call.Arguments[1].Value), null, Evaluate(call.Arguments[0].Value)),
            "Select" when call.Arguments.Length == 2 && Evaluate(call.Arguments[0].Value) is SequenceValue source
                => Selected(source, Evaluate(call.Arguments[1].Value)),
            "Zip" when Evaluate(call.Arguments[0].Value) is SequenceValue left && Evaluate(call.Arguments[1].Value) is SequenceValue right
                => Zipped(left, right, call.Arguments.Length == 3 ? Evaluate(call.Arguments[2].Value) : null),
            "Skip" or "Take" or "SkipLast" or "TakeLast" or "Reverse" when Evaluate(call.Arguments[0].Value) is SequenceValue { Items: { } written } source
                && (name == "Reverse" ? 0 : Size(call.Arguments[1].Value).Literal) is long count and >= 0
                => Chosen(source, name switch
                {
                    "Skip" => written.Skip((int)Math.Min(count, written.Length)),
                    "Take" => written.Take((int)Math.Min(count, written.Length)),
                    "SkipLast" => written.Take((int)Math.Max(0, written.Length - count)),
                    "TakeLast" => written.Skip((int)Math.Max(0, written.Length - count)),
                    _ => written.Reverse(),
                }),
            "Where" or "OrderBy" or "OrderByDescending" or "Skip" or "Take" or "Reverse" or "Distinct"
                when Evaluate(call.Arguments[0].Value) is SequenceValue source
                => new SequenceValue(SizeComparison.Unknown, null, source.Element),
            "First" or "Last" when call.Arguments.Length == 1 && Evaluate(call.Arguments[0].Value) is SequenceValue { Items: { IsEmpty: false } all }
                => all[name == "First" ? 0 : all.Length - 1],
            "First" or "Last" or "Single" or "ElementAt" or "FirstOrDefault" when Evaluate(call.Arguments[0].Value) is SequenceValue source
                => source.Element,
            "Aggregate" when call.Arguments.Length == 2 && Evaluate(call.Arguments[0].Value) is SequenceValue { Items: { IsEmpty: false } } source
                && Evaluate(call.Arguments[1].Value) is FunctionValue fold => Folded(Chosen(source, source.Items!.Value.Skip(1)), source.Items!.Value[0], fold),
            "Aggregate" when call.Arguments.Length == 3 && Evaluate(call.Arguments[0].Value) is SequenceValue source
                && Evaluate(call.Arguments[2].Value) is FunctionValue fold => Folded(source, Evaluate(call.Arguments[1].Value), fold),
            _ => null,
        };
    }

    private static SequenceValue Chosen(SequenceValue source, IEnumerable<ShapeValue> items)
    {
        EquatableArray<ShapeValue> chosen = items.ToEquatable();
        return new SequenceValue(Dim.Constant(chosen.Length), chosen, chosen.IsEmpty ? source.Element : chosen.Aggregate(Joins.Of));
    }

    /// <summary>An array or span of which nothing is known has a length that is not known; parts of it may have one that is.</summary>
    private static ShapeValue Sequence(IOperation? holder, ShapeValue value)
        => value is UnknownValue && holder?.Type is { } type && (type is IArrayTypeSymbol { Rank: 1 } || type.IsIn("System") && type.Name is "Span" or "ReadOnlySpan"
            or "Memory" or "ReadOnlyMemory")
            ? new SequenceValue(SizeComparison.Unknown, null, ShapeValue.Unknown) : value;

    private ShapeValue Moved(IInvocationOperation call, EnumeratorValue enumerator)
    {
        int? next = enumerator.Position + 1;
        Store(call.Instance!, enumerator with { Position = next }, null);
        return next is int at && enumerator.Sequence.Items is { } items ? new BooleanValue(at < items.Length) : ShapeValue.Unknown;
    }

    private SequenceValue Cut(IInvocationOperation call, SequenceValue sequence, int first)
    {
        Dim start = call.Arguments.Length > first ? Size(call.Arguments[first].Value) : Dim.Zero;
        if (call.Arguments.Length > first + 1) return new SequenceValue(Size(call.Arguments[first + 1].Value), null, sequence.Element) { Creation = sequence.Creation };
        return new SequenceValue(Numbers.Combine(BinaryOperatorKind.Subtract, sequence.Length, start), null, sequence.Element) { Creation = sequence.Creation };
    }

    /// <summary>Whether the lengths of two tensors are the same, where that is certain.</summary>
    private bool? HaveSameLengths(IInvocationOperation call)
    {
        if (call.TargetMethod.Name != "SequenceEqual" || Operands(call) is not [var first, var second]
            || Evaluate(first) is not LengthsValue { Shape: { HasRest: false } a } || Evaluate(second) is not LengthsValue { Shape: { HasRest: false } b }) return null;
        if (a.Rank != b.Rank) return false;
        bool? same = true;
        for (int i = 0; i < a.Rank; i++) same = And(same, Numbers.Compare(BinaryOperatorKind.Equals, a[i], b[i]));
        return same;
    }

    /// <summary>Guards and assertions of equal sizes.</summary>
    private void NoteComparison(IInvocationOperation call)
    {
        if (call.TargetMethod.Name.IndexOf("Equal", StringComparison.Ordinal) < 0) return;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            _names.Compare(Evaluate(argument.Value) switch
            {
                NumberValue number => number.Size.Symbols,
                LengthsValue lengths => lengths.Shape.Dims.SelectMany(static d => d.Symbols),
                _ => [],
            });
        }
    }
}

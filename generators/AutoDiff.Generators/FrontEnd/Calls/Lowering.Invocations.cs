using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>A [Differentiable] callee of at most this many operations, all scalars and without loops, is inlined.</summary>
    private const int InlinedSize = 80;

    /// <summary>A callee that is not [Differentiable] is inlined up to this size, since nothing else could differentiate it.</summary>
    private const int HelperSize = 600;

    /// <summary>
    /// So many operations are inlined into one method; after that a differentiable callee is called. Small methods that call each other twice would
    /// else double at each level.
    /// </summary>
    private const int InlinedInAll = 1200;

    private int _inlinedInAll;

    private Operand Invocation(IInvocationOperation call)
    {
        try
        {
            return Invoked(call);
        }
        finally
        {
            if (call.Instance is { } receiver) _receivers.Remove(receiver);
        }
    }

    private Operand Invoked(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        if (target.MethodKind == MethodKind.DelegateInvoke) return DelegateCall(call);
        if (target.ContainingType is { Name: "Ad" } ad && ad.IsIn(KnownAttributes.Namespace))
        {
            if (target.Name == "Detach") return Detach(Visit(call.Arguments[0].Value));
            if (target.Name == "ShowShape") return Visit(call.Arguments[0].Value);
        }

        if (target.Name == "ToString" && IsText(target.ReturnType) && call.Instance is { Type: { } printed } && TypeMap.Element(printed) is not null)
            throw UnsupportedExpression(call, "A string", "make strings in the caller");
        if (ExtensionCall(call) is { } extension) return extension;
        if (ReferenceEqualsCall(call) is { } areSame) return areSame;
        if (ConditionalCall(call) is { } conditional) return conditional;
        if (RulesOf(target) is not null) return DifferentiableCall(call);
        if (StaticAbstractCall(call) is { } constrained) return constrained;
        if (ThrowHelper(call) is { } check) return check;
        if (VectorCall(call) is { } vector) return vector;
        if (HasFlag(call) is { } isSet) return isSet;
        if (ListCall(call) is { } list) return list;
        if (TableCall(call) is { } table) return table;
        if (ArrayBound(call) is { } bound) return bound;
        if (RectangularCall(call) is { } rectangular) return rectangular;
        if (PoolCall(call) is { } pooled) return pooled;
        if (SequenceCall(call) is { } sequence) return sequence;
        if (BufferCall(call) is { } buffers) return buffers;
        if (TensorCall(call) is { } tensors) return tensors;
        if (ConstrainedCall(call) is { } constrainedCall) return constrainedCall;
        if (ObjectCall(call) is { } inlined) return inlined;
        if (NullableCall(call) is { } nullable) return nullable;
        if (FrameworkCall(call) is { } defined) return defined;
        if (target.IsStatic && ScalarFunctions.IsLibrary(target.ContainingType))
        {
            return ScalarCall(call) ?? throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, StepText.Of(call.Syntax),
                $"'{target.ContainingType.Name}.{target.Name}' has no derivative rule; write the formula, or pass the value in");
        }

        return MethodCall(call);
    }

    private Operand MethodCall(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        if (Nested?.Find(target) is { } derivative) return DerivativeCall(call, derivative);
        if (GeneratedFrom(target) is { } origin)
            throw Unsupported(FrontEndDescriptors.GeneratedMember, call, target.Name, HigherOrder(origin));
        bool isBase = call is { IsVirtual: false, Instance: { Syntax: BaseExpressionSyntax } };
        if (isBase && BodyOf(target, call) is var (inherited, _, _)) return InlineCall(call, inherited);
        if (isBase)
            throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, call, target.Name, "the body behind 'base' is not in this project; put what is shared in a method of its own");
        if (target.IsVirtual || target.IsAbstract || target.IsOverride)
        {
            // What is not of this project is called as it is; a derivative that it would lose is said there.
            if (!target.IsDifferentiable() && !target.HasNoGradient() && !target.DeclaringSyntaxReferences.IsEmpty)
                throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, target.Name, "it is virtual; mark it [Differentiable]");
            return DifferentiableCall(call);
        }

        if (IsIterator(target))
            throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, target.Name, "it is an iterator, which runs piece by piece; write its loop in place of the foreach, or let it return an array");
        if (IsRecursiveHelper(target)) return RecursiveCall(call);
        if (!target.IsDifferentiable() && _inlining.Contains(target, SymbolEqualityComparer.Default))
            throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, call, target.Name,
                target.MethodKind == MethodKind.LocalFunction ? "it calls itself; make it a static method that is marked [Differentiable]"
                    : "it calls itself; mark it [Differentiable], so that it has derivatives of its own");
        bool isLocal = target.MethodKind == MethodKind.LocalFunction;
        bool onStruct = call.Instance is { Type: { } type } && Components.Of(type) is not null;
        bool onModel = !target.IsStatic && !onStruct && !isLocal && IsModel(target.ContainingType) && !target.IsDifferentiable();
        bool onObject = !target.IsStatic && !isLocal && IsReference(call.Instance?.Type) && !target.IsDifferentiable();
        bool onSelf = !target.IsStatic && !onStruct && !isLocal && !IsModel(target.ContainingType) && !target.IsDispatched()
            && SymbolEqualityComparer.Default.Equals(target.ContainingType, method.ContainingType);
        bool inlinable = (target.IsStatic || isLocal || onStruct || onModel || onObject || onSelf) && !target.HasNoGradient()
            && target.Attribute("KeepAttribute") is null && target.Attribute("RecomputeAttribute") is null
            && !IsBeingLowered(target);
        if (inlinable && BodyOf(target, call) is var (body, size, hasLoop)
            && (isLocal || onStruct
                || (target.IsDifferentiable() && TypeMap.Buffer(target.ReturnType) is null && !HasMemory(target) ? size <= InlinedSize && !hasLoop && HasOnlyScalars(target) && _inlinedInAll < InlinedInAll
                    : size <= HelperSize)))
        {
            _inlinedInAll += size;
            if (_inlinedInAll > 20 * InlinedInAll)
                throw Unsupported(FrontEndDescriptors.UnsupportedCall, call, target.Name,
                    "so much is inlined that the code would not end; mark the methods that are called [Differentiable]");
            return InlineCall(call, body);
        }

        if (HasRows(target) && target.IsDifferentiable() && RulesOf(target) is null)
            throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, call, target.Name, IsBeingLowered(target)
                    ? "it calls itself, and only a body in place of the call sees the rows of an array or the length of a list; pass a span and its lengths"
                    : "it is too long to take the place of the call, and only there the rows of an array or the length of a list are seen; pass a span and its lengths");
        return DifferentiableCall(call);
    }

    /// <summary>Whether a method takes memory that only it can lay out: then its body takes the place of calls.</summary>
    private bool HasMemory(IMethodSymbol target)
        => HasRows(target) || target.Parameters.Any(static p => RectangularElement(p.Type) is not null);

    /// <summary>Whether only a body in place of the call sees that memory. Of rectangular arrays calls have the elements and the lengths.</summary>
    private bool HasRows(IMethodSymbol target)
        => target.Parameters.Any(p => JaggedElement(p.Type) is not null || ListElement(p.Type) is not null || TakesSequence(target, p, p.HasNoGradient()));

    private bool IsBeingLowered(IMethodSymbol target)
        => SymbolEqualityComparer.Default.Equals(target, method) || _inlining.Contains(target, SymbolEqualityComparer.Default);

    private static bool HasOnlyScalars(IMethodSymbol target)
        => TypeMap.Element(target.ReturnType) is not null
            && target.Parameters.All(static p => TypeMap.Element(p.Type) is not null && p.RefKind is RefKind.None or RefKind.In);

    private Operand InlineCall(IInvocationOperation call, IOperation body)
    {
        (ImmutableArray<Operand> operands, Dictionary<int, Place> references, Place? receiver) = ArgumentsOf(call);
        return Inline(call.TargetMethod, body, operands, call, references, receiver);
    }

    /// <summary>The operands of a call that is inlined, the places that it is given by reference, and the place of its receiver.</summary>
    private (ImmutableArray<Operand> Operands, Dictionary<int, Place> References, Place? Receiver) ArgumentsOf(IInvocationOperation call)
    {
        var references = new Dictionary<int, Place>();
        var operands = new Operand[call.TargetMethod.Parameters.Length];
        Place? receiver = call.TargetMethod.MethodKind == MethodKind.LocalFunction ? _frame.This : call.Instance is null ? null
            : ReceiverPlace(call.Instance, call.TargetMethod);
        foreach (IArgumentOperation argument in call.Arguments)
        {
            int ordinal = argument.Parameter!.Ordinal;
            if (argument.Parameter.RefKind is RefKind.Ref or RefKind.Out || IsSharedForReading(argument)) references[ordinal] = PlaceOf(argument.Value);
            else if (ListElement(argument.Parameter.Type) is not null && IsNamed(argument.Value)) references[ordinal] = ListOf(argument.Value);
            else if (JaggedElement(argument.Parameter.Type) is not null && IsNamed(argument.Value) && JaggedOf(argument.Value) is { } rows) references[ordinal] = rows;
            else
            {
                operands[ordinal] = Visit(argument.Value);
                NameRow(argument.Value, call);
            }
        }

        return (operands.ToImmutableArray(), references, receiver);
    }

    private Operand DelegateCall(IInvocationOperation call)
    {
        Operand? function = call.Instance is null ? null : Visit(call.Instance);
        if (function is not (FunctionOperand or ChosenOperand))
            throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, call, StepText.Of(call.Syntax),
                "its target is not known; call a method, or a lambda that is assigned once");
        ImmutableArray<Operand> operands = InOrder(call).Select(Visit).ToImmutableArray();
        return Invoke(function, operands, call);
    }

    private Operand Invoke(Operand callee, ImmutableArray<Operand> operands, IOperation at)
    {
        if (callee is ChosenOperand chosen) return Choose(chosen, null, at, one => Invoke(one, operands, at));
        var function = (FunctionOperand)callee;
        if (function.Lambda is { } lambda) return Inline(lambda.Symbol, lambda.Body, operands, at);
        IMethodSymbol target = function.Method;
        if (function.Receiver is { } receiver) return InvokeOn(receiver, target, operands, at);
        bool isLibrary = target.IsStatic && ScalarFunctions.IsLibrary(target.ContainingType);
        if (!isLibrary || ScalarFunctions.Find(target.Name, operands.Length) is not ScalarOp op || TypeMap.Element(target.ReturnType) is not ElementKind kind)
            return Inline(target, operands, at);
        return new ValueOperand(_builder.Convert(_builder.Scalar(op, operands.Select(o => Single(o, at)).ToArray()), kind));
    }

    private Operand Detach(Operand operand) => operand switch
    {
        ValueOperand { Value: { Type: ScalarType or TensorType } value } => new ValueOperand(_builder.Scalar(ScalarOp.Detach, value)),
        AggregateOperand aggregate => aggregate with { Fields = aggregate.Fields.Select(Detach).ToImmutableArray() },
        _ => operand,
    };

    /// <summary>
    /// A name that is not found, because only the generator will write it: that error goes away, and ours takes its place.
    /// </summary>
    private void ReportGenerated(Diagnostic error)
    {
        if (error.Id is not ("CS0103" or "CS0117" or "CS1061") || error.Location.SourceTree is not { } tree) return;
        string name = tree.GetText(cancellation).ToString(error.Location.SourceSpan);
        foreach (string suffix in DerivativeSuffixes)
        {
            if (!name.EndsWith(suffix, StringComparison.Ordinal) || name.Length == suffix.Length) continue;
            string origin = name.Substring(0, name.Length - suffix.Length);
            IMethodSymbol[] origins = [.. compilation.GetSymbolsWithName(origin, SymbolFilter.Member, cancellation).OfType<IMethodSymbol>().Where(static m => m.IsDifferentiable())];
            if (origins.Length == 0) continue;
            // What is not written because something is wrong there is said there.
            if (origins.Any(m => !IsBeingLowered(m) && !_summaries.Of(m).IsEmitted)) return;
            Unsupported(FrontEndDescriptors.GeneratedMember, error.Location, name, HigherOrder(origin));
            return;
        }
    }

    private static readonly string[] DerivativeSuffixes = ["Gradient", "Vjp", "Jvp", "Hvp", "Jacobian", "Hessian", "Record", "Pullback",
        "Forward"];

    private static string HigherOrder(string origin)
        => $"a differentiable method can call the Gradient, Vjp, Jvp and Hvp of a static method of numbers and spans, other than itself, that its attribute asks for; "
            + $"see whether '{origin}' is one, or call '{origin}' itself";

    /// <summary>The method of which a method with one of the generated names would be a derivative, where there is one.</summary>
    private static string? GeneratedFrom(IMethodSymbol target)
    {
        // What has source was written by somebody, whatever its name is: a generator does not see what generators write.
        if (!target.DeclaringSyntaxReferences.IsEmpty) return null;
        foreach (string suffix in DerivativeSuffixes)
        {
            if (!target.Name.EndsWith(suffix, StringComparison.Ordinal) || target.Name.Length == suffix.Length) continue;
            string origin = target.Name.Substring(0, target.Name.Length - suffix.Length);
            if (target.ContainingType.GetMembers(origin).OfType<IMethodSymbol>().Any(static m => m.IsDifferentiable())) return origin;
        }

        return null;
    }
}

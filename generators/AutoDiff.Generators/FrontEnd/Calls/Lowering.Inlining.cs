using System.Collections.Concurrent;
using System.Collections.Immutable;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    private readonly List<IMethodSymbol> _inlining = [];

    /// <summary>
    /// Lowers the body of a callee in place of its call. Parameters stand for the operands; places stand for what <c>ref</c> and <c>out</c>
    /// refer to.
    /// </summary>
    private Operand Inline(
        IMethodSymbol callee, ImmutableArray<Operand> operands, IOperation at, IReadOnlyDictionary<int, Place>? references = null,
        Place? receiver = null)
    {
        if (receiver is not null && IsAutomatic(callee) && Components.FieldOf(callee.AssociatedSymbol!) is { } field && ComponentPlace(receiver, field) is { } behind)
        {
            if (callee.MethodKind == MethodKind.PropertyGet) return Read(behind, at);
            Write(behind, operands[0], at);
            return Nothing;
        }

        if (BodyOf(callee, at) is not { } body)
            throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, at, callee.Name, "its source is not in this project; mark it [Differentiable] there");
        return Inline(callee, body.Body, operands, at, references, receiver);
    }

    private Operand Inline(
        IMethodSymbol callee, IOperation body, ImmutableArray<Operand> operands, IOperation at,
        IReadOnlyDictionary<int, Place>? references = null, Place? receiver = null)
    {
        if (_inlining.Contains(callee, SymbolEqualityComparer.Default))
            throw Unsupported(
                FrontEndDescriptors.UnsupportedCall, at, callee.Name,
                callee.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction ? "it calls itself; make it a static method that is marked [Differentiable]"
                    : "it calls itself; make it static, so that it is called and not inlined");
        Frame outer = _frame;
        Dictionary<ISymbol, Place>? kept = KeepPlaces(callee, at);
        using TypeArguments.Scope types = TypeArguments.Enter(callee);
        _inlining.Add(callee);
        _sites.Add(at.Syntax);
        _frame = new Frame(callee) { IsInlined = true, This = receiver ?? (callee.IsStatic ? null : outer.This) };
        Frame frame = _frame;
        int reported = _diagnostics.Count;
        try
        {
            RegisterLocalFunctions(body);
            BindParameters(callee, operands, at, references);
            if (!callee.ReturnsVoid) _frame.Result = NullableMemory(callee.OriginalDefinition.ReturnType, "", at.Syntax.GetLocation()) ?? Declare(callee.OriginalDefinition.ReturnType, "", at);
            if (body is IBlockOperation block) Statements(block.Operations, JumpKinds.Return);
            else _frame.Result = new FixedPlace(Visit(body));
            // A result that could not be computed has been reported there; the call adds nothing to that.
            if (frame.Result is not null && _diagnostics.Skip(reported).Any(static d => d.Severity == DiagnosticSeverity.Error)) throw new UnsupportedException();
            Operand result = frame.Result is null ? Nothing : Read(frame.Result, at);
            if (frame.Result is not null)
                foreach (Variable variable in Leaves(frame.Result)) _state[variable] = null;
            return result;
        }
        finally
        {
            _inlining.RemoveAt(_inlining.Count - 1);
            _sites.RemoveAt(_sites.Count - 1);
            _frame = outer;
            RestorePlaces(kept);
        }
    }

    /// <summary>Whether an accessor only reads or writes the field behind its property, though the other accessor may do more.</summary>
    private static bool IsAutomatic(IMethodSymbol accessor)
        => accessor is { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet, DeclaringSyntaxReferences: [var reference, ..] }
            && reference.GetSyntax() is AccessorDeclarationSyntax { Body: null, ExpressionBody: null };

    /// <summary>Parameters stand for copies of the operands, for objects and functions themselves, or for what they refer to.</summary>
    private void BindParameters(
        IMethodSymbol callee, ImmutableArray<Operand> operands, IOperation at, IReadOnlyDictionary<int, Place>? references = null)
    {
        for (int i = 0; i < callee.Parameters.Length; i++)
        {
            IParameterSymbol parameter = callee.OriginalDefinition.Parameters[i];
            if (references is not null && references.TryGetValue(i, out Place? place))
            {
                _places[parameter] = place;
            }
            else if (operands[i] is FunctionOperand or ListOperand or SequenceOperand or TableOperand || SequenceItem(parameter.Type) is not null || operands[i] is ValueOperand { Value: var items } && _items.ContainsKey(items.Id))
            {
                _places[parameter] = new FixedPlace(operands[i]);
            }
            else
            {
                Place own = IsReferent(operands[i]) ? Slot("", parameter.Type)
                    : NullableMemory(parameter.Type, "", at.Syntax.GetLocation(), operands[i]) ?? Declare(parameter.Type, "", at);
                Write(own, operands[i], at);
                _places[parameter] = own;
            }
        }
    }

    /// <summary>The body of a method of this compilation, and how many operations it has.</summary>
    private (IOperation Body, int Size, bool HasLoop)? BodyOf(IMethodSymbol callee, IOperation at)
    {
        if (_localFunctions.TryGetValue(callee.OriginalDefinition, out ILocalFunctionOperation? local) && local.Body is { } localBody)
            return Measured(localBody);
        IMethodSymbol definition = callee.OriginalDefinition.PartialImplementationPart ?? callee.OriginalDefinition;
        if (definition.IsAbstract || definition.IsExtern || definition.IsGenericMethod && definition.IsDifferentiable()
            || definition.DeclaringSyntaxReferences is not [var reference, ..]) return null;
        SyntaxNode syntax = reference.GetSyntax(cancellation);
        if (!compilation.ContainsSyntaxTree(syntax.SyntaxTree)) return null;
        SyntaxNode? part = syntax switch
        {
            BaseMethodDeclarationSyntax { Body: { } block } => block,
            BaseMethodDeclarationSyntax { ExpressionBody: { } arrow } => arrow,
            ArrowExpressionClauseSyntax arrow => arrow,
            AccessorDeclarationSyntax { Body: { } block } => block,
            AccessorDeclarationSyntax { ExpressionBody: { } arrow } => arrow,
            _ => null,
        };
        if (part is null) return null;
        ConcurrentDictionary<SyntaxNode, BoundBody> known = BoundBodies.Of(compilation);
        if (!known.TryGetValue(part, out BoundBody? bound))
        {
            if (compilation.ModelOf(syntax.SyntaxTree).GetOperation(part, cancellation) is not IBlockOperation body) return null;
            (IOperation _, int size, bool hasLoop) = Measured(body);
            known[part] = bound = new BoundBody(body, size, hasLoop, CompileErrors.MayBeIn(part, body));
        }

        if (bound.MayHaveErrors && compilation.ModelOf(syntax.SyntaxTree).GetDiagnostics(part.Span, cancellation)
            .Any(static d => d.DefaultSeverity == DiagnosticSeverity.Error))
        {
            // A differentiable method is called then; it has its own derivatives, or says why not.
            return callee.IsDifferentiable() ? null : throw Waiting();
        }

        return (bound.Body, bound.Size, bound.HasLoop);

        static (IOperation, int, bool) Measured(IOperation body)
        {
            int size = 0;
            bool loops = false;
            foreach (IOperation node in body.Descendants())
            {
                size++;
                loops |= node is ILoopOperation;
            }

            return (body, size, loops);
        }
    }

    private void RegisterLocalFunctions(IOperation body)
    {
        foreach (ILocalFunctionOperation function in body.Descendants().OfType<ILocalFunctionOperation>())
            _localFunctions[function.Symbol] = function;
    }
}

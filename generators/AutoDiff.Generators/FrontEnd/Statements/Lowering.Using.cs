using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// What is opened is disposed where its block ends, also where a jump leaves that. As with finally, an exception that leaves the method passes over it.
internal sealed partial class Lowering
{
    private void UsingStatement(IUsingOperation statement) => Using(statement.Resources, [statement.Body], statement.IsAsynchronous, statement);

    private void Using(IOperation resources, ImmutableArray<IOperation> body, bool awaits, IOperation at)
    {
        if (awaits) throw UnsupportedStatement(at, "An await using", "open and dispose it in the caller, around the call");
        DeclareFlags(body.Aggregate(JumpKinds.None, static (all, s) => all | Jumps.Escaping(s)));
        var opened = new Stack<(Operand Resource, ITypeSymbol Type, bool IsNew)>();
        if (resources is IVariableDeclarationGroupOperation group)
        {
            Statement(group, JumpKinds.None);
            foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(static d => d.Declarators))
                if (_places.TryGetValue(declarator.Symbol, out Place? place) && place is not PoisonedPlace)
                    opened.Push((Read(place, declarator), declarator.Symbol.Type, declarator.GetVariableInitializer()?.Value is IObjectCreationOperation));
        }
        else
        {
            BeginStep(resources.Syntax, resources.Syntax);
            opened.Push((Visit(resources), resources.Type!, resources is IObjectCreationOperation));
        }

        Statements(body, JumpKinds.None);
        while (opened.Count > 0) Dispose(opened.Pop(), resources);
    }

    private void Dispose((Operand Resource, ITypeSymbol Type, bool IsNew) opened, IOperation at)
    {
        (Operand resource, ITypeSymbol type, bool isNew) = opened;
        if (resource is NullOperand) return;
        IMethodSymbol dispose = DisposeOf(type)
            ?? throw UnsupportedStatement(at, $"Disposing of a '{type.Name}', which has no public Dispose,", "open and dispose it in the caller, around the call");
        bool mayBeNull = resource is ChosenOperand { Numbers: var numbers } ? numbers.Contains(0) : !isNew && resource is ValueOperand;
        if (mayBeNull) Branch(_builder.Scalar(ScalarOp.Not, IsNull(resource)), at, Run, static () => null);
        else Run();

        Operand? Run()
        {
            if (resource is not ValueOperand { Value: { Type: OpaqueType } value })
            {
                InvokeOn(NotNull(resource), dispose, [], at);
                return null;
            }

            var callee = new Callee(
                TypeText(type), dispose.Name, true, [new CalleeParameter("this", value.Type, PassingKind.ByValue, false, false, TypeText(type))], null,
                IsDifferentiable: false, HasSideEffects: true, UsesPair: false, []) { ChangesState = true };
            Effect(new Call([], callee, [value], []));
            return null;
        }
    }

    private static IMethodSymbol? DisposeOf(ITypeSymbol type)
    {
        var types = new List<ITypeSymbol>();
        for (ITypeSymbol? part = type; part is not null; part = part.BaseType) types.Add(part);
        if (type.TypeKind == TypeKind.Interface) types.AddRange(type.AllInterfaces);
        return types.SelectMany(static t => t.GetMembers("Dispose")).OfType<IMethodSymbol>()
            .FirstOrDefault(static m => m is { IsStatic: false, ReturnsVoid: true, Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public });
    }
}

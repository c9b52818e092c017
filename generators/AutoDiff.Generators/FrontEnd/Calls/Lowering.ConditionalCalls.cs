using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

// Methods marked [Conditional]: where their symbol is not defined the compiler leaves the call away, arguments and all, and so do we.
internal sealed partial class Lowering
{
    /// <summary>A call that is left away, or <c>Debug.Assert</c>; null for every other call.</summary>
    private Operand? ConditionalCall(IInvocationOperation call)
    {
        IMethodSymbol target = call.TargetMethod;
        if (!target.ReturnsVoid) return null;
        string[] symbols = [.. target.GetAttributes().Where(static a => a.AttributeClass is { Name: "ConditionalAttribute" } type && type.IsIn("System.Diagnostics"))
            .Select(static a => a.ConstructorArguments is [{ Value: string symbol }] ? symbol : "")];
        if (symbols.Length == 0) return null;
        if (!symbols.Any(s => IsDefined(s, call.Syntax.SyntaxTree))) return Nothing;
        if (target is not { Name: "Assert", ContainingType.Name: "Debug" or "Trace" } || InOrder(call)[0] is not { Type.SpecialType: SpecialType.System_Boolean } condition) return null;

        // The condition says what is wrong: messages are made of strings.
        var callee = new Callee(
            target.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), target.Name, false,
            [new CalleeParameter("condition", IrType.Bool, PassingKind.ByValue, false, false, "bool")], null, IsDifferentiable: false, HasSideEffects: true, UsesPair: false, []);
        Effect(new Call([], callee, [ValueOf(condition)], []));
        return Nothing;
    }

    /// <summary>Whether a file is compiled with a symbol: the project defines it, or the file does.</summary>
    private static bool IsDefined(string symbol, SyntaxTree tree)
    {
        bool defined = tree.Options.PreprocessorSymbolNames.Contains(symbol);
        for (DirectiveTriviaSyntax? directive = (tree.GetRoot() as CompilationUnitSyntax)?.GetFirstDirective(); directive is not null; directive = directive.GetNextDirective())
        {
            if (directive is DefineDirectiveTriviaSyntax { IsActive: true } define && define.Name.ValueText == symbol) defined = true;
            if (directive is UndefDirectiveTriviaSyntax { IsActive: true } undefine && undefine.Name.ValueText == symbol) defined = false;
        }

        return defined;
    }
}

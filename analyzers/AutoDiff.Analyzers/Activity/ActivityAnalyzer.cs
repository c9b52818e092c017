using System.Collections.Immutable;
using AutoDiff.Generators.FrontEnd;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Analyzers.Activity;

/// <summary>Parameters without a use, and destinations that are one buffer: DIFF22xx.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ActivityAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] s_suffixes = ["Gradient", "Vjp", "Hvp", "Jacobian", "Hessian"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [ActivityDescriptors.UnusedParameter, ActivityDescriptors.SameBuffer];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockAction(static block => FindUnused(block));
        context.RegisterOperationAction(static operation => FindSameBuffer(operation), OperationKind.Invocation);
    }

    private static void FindUnused(OperationBlockAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol method || !method.IsDifferentiable()) return;
        var used = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (IOperation block in context.OperationBlocks)
        {
            foreach (IOperation operation in block.DescendantsAndSelf())
            {
                // What does not compile may be about to use anything.
                if (operation is IInvalidOperation) return;
                if (operation is IParameterReferenceOperation reference) used.Add(reference.Parameter);
            }
        }

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (used.Contains(parameter) || parameter.HasNoGradient() || !TakesGradient(parameter.Type)
                || parameter.Locations is not [var location, ..]) continue;
            context.ReportDiagnostic(Diagnostic.Create(ActivityDescriptors.UnusedParameter, location, parameter.Name, method.Name));
        }
    }

    private static bool TakesGradient(ITypeSymbol type) => TypeMap.Element(TypeMap.Tensor(type) ?? TypeMap.Buffer(type)?.Element ?? type) is
        AutoDiff.Compiler.IR.ElementKind.Single or AutoDiff.Compiler.IR.ElementKind.Double or AutoDiff.Compiler.IR.ElementKind.Half;

    /// <summary>One variable in two places of a generated member, one of which is written.</summary>
    private static void FindSameBuffer(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (Original(call.TargetMethod) is not { } original) return;
        for (int i = 0; i < call.Arguments.Length; i++)
        {
            if (Variable(call.Arguments[i].Value) is not { } variable) continue;
            for (int j = 0; j < i; j++)
            {
                if (!SymbolEqualityComparer.Default.Equals(variable, Variable(call.Arguments[j].Value))
                    || !IsWritten(call.Arguments[i], original) && !IsWritten(call.Arguments[j], original)) continue;
                context.ReportDiagnostic(Diagnostic.Create(
                    ActivityDescriptors.SameBuffer, call.Arguments[i].Value.Syntax.GetLocation(), call.Arguments[i].Value.Syntax.ToString(),
                    call.Arguments[j].Parameter?.Name, call.TargetMethod.Name));
                return;
            }
        }
    }

    private static IMethodSymbol? Original(IMethodSymbol method)
    {
        foreach (string suffix in s_suffixes)
        {
            if (!method.Name.EndsWith(suffix, StringComparison.Ordinal) || method.ContainingType is not { } type) continue;
            foreach (ISymbol member in type.GetMembers(method.Name.Substring(0, method.Name.Length - suffix.Length)))
                if (member is IMethodSymbol original && original.IsDifferentiable()
                    && original.Parameters.All(p => method.Parameters.Any(q => q.Name == p.Name))) return original;
        }

        return null;
    }

    private static ISymbol? Variable(IOperation value)
    {
        while (value is IConversionOperation conversion) value = conversion.Operand;
        if (value is IInvocationOperation { TargetMethod.Name: "AsSpan", Arguments: [var source] }) return Variable(source.Value);
        ISymbol? variable = value switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
            _ => null,
        };
        return variable is not null && (TypeMap.Buffer(value.Type) is not null || TypeMap.Tensor(value.Type) is not null) ? variable : null;
    }

    /// <summary>A span that is not read-only, or the destination of the gradient of a parameter. Cotangents are only read.</summary>
    private static bool IsWritten(IArgumentOperation argument, IMethodSymbol original)
        => argument.Parameter is { } parameter
            && (parameter.Type is INamedTypeSymbol { Name: "Span" } || original.Parameters.Any(p => parameter.Name == Destination(p.Name)));

    private static string Destination(string parameter)
        => parameter.Length == 0 ? "" : "d" + char.ToUpperInvariant(parameter[0]) + parameter.Substring(1);
}

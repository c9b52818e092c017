using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AutoDiff.Analyzers.Shapes;

// The words of the findings: both shapes, where each came from, what would fix it.
internal sealed partial class ShapeEvaluator
{
    private void Report(DiagnosticDescriptor descriptor, IOperation at, string message, params (string Key, string Value)[] properties)
        => _findings?.Add(descriptor, Place(at), message, [], properties);

    /// <summary>The place of an expression; of a <c>params</c> list, which has no syntax of its own, from its first to its last
    /// element.</summary>
    private static Location Place(IOperation at)
    {
        IReadOnlyList<IOperation> elements = at.IsImplicit && at.Syntax is InvocationExpressionSyntax ? Elements(at) : [];
        return elements.Count == 0
            ? Place(at.Syntax)
            : Location.Create(at.Syntax.SyntaxTree,
                TextSpan.FromBounds(elements[0].Syntax.SpanStart, elements[elements.Count - 1].Syntax.Span.End));
    }

    /// <summary>The place of an expression; of a call in a chain that goes over several lines, from the name of what is called.</summary>
    private static Location Place(SyntaxNode syntax)
    {
        if (syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name, Expression: var receiver } }
            || LineOf(name) == LineOf(receiver)) return syntax.GetLocation();
        return Location.Create(syntax.SyntaxTree, TextSpan.FromBounds(name.SpanStart, syntax.Span.End));
    }

    private static int LineOf(SyntaxNode node) => node.SyntaxTree.GetLineSpan(new TextSpan(node.SpanStart, 0)).StartLinePosition.Line;

    private void ReportProblem(IOperation at, IReadOnlyList<IOperation> operands, IReadOnlyList<ShapeValue> values, IOperation? blamed)
    {
        if (_findings is null) return;
        if (_sizes.Problem is not { } problem)
        {
            if (_findings.IsStrict) ReportUnproven(at, SourceText.Of(at.Syntax));
            return;
        }

        IOperation location = problem.Operand < 0 ? blamed ?? at : problem.Operand < operands.Count ? operands[problem.Operand] : at;
        var origins = new List<Location>();
        var described = new List<string>();
        for (int i = 0; i < operands.Count && described.Count < 4; i++)
        {
            if (values[i] is not (TensorValue or SequenceValue)) continue;
            described.Add(Described(operands[i], values[i]));
            if (values[i] is TensorValue { Origin.Location: { } origin }) origins.Add(origin);
        }

        string message = $"{Shown(problem.Reason)}; {string.Join(", ", described)}"
            + (problem.Fix is null ? "" : $"; write '{problem.Fix}'");
        (string, string)[] properties = problem.Fix is null ? [] : [("fix", problem.Fix)];
        _findings.Add(ShapeDescriptors.Of(problem.Kind), Place(location), message, origins, properties);
    }

    /// <summary>In strict mode: what would have to hold and cannot be shown.</summary>
    private void ReportUnproven(IOperation at, string what)
    {
        if (_findings is not { IsStrict: true } || _sizes.Unproven is not var (left, right)) return;
        Report(ShapeDescriptors.Unproven, at, $"'{what}' needs {Spelled(left)} to be {Spelled(right)}, which the declarations do not show");
    }

    private string Described(IOperation operand, ShapeValue value)
    {
        string source = SourceText.Of(operand.Syntax), shape = ShapeOf(value) is { } known ? Text(known) : "?";
        string origin = value is TensorValue { Origin: { } from } && from.Expression != operand.Syntax ? $" from {from}" : "";
        return $"'{source}' is {shape}{origin}";
    }

    private static string Text(Shape shape) => $"({string.Join(", ", shape.Dims.Select(Spelled))})";

    /// <summary>A size in the names of the source.</summary>
    private static string Spelled(Dim size) => Shown(size.ToString());

    /// <summary>Names without what tells variables of one name apart.</summary>
    private static string Shown(string text)
    {
        int mark = text.IndexOf('#');
        while (mark >= 0)
        {
            int end = mark + 1;
            while (end < text.Length && char.IsDigit(text[end])) end++;
            text = text.Remove(mark, end - mark);
            mark = text.IndexOf('#');
        }

        return text.Replace(SizeComparison.UnknownRest, ShapeText.Rest);
    }
}

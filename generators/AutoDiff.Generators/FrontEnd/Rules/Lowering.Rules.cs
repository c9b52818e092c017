using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using OutputKind = AutoDiff.Compiler.IR.OutputKind;

namespace AutoDiff.Generators.FrontEnd;

// Methods whose derivative somebody wrote by hand: the rule wins over the body.
internal sealed partial class Lowering
{
    private MethodRules? RulesOf(IMethodSymbol target)
        => RuleIndex.Of(compilation, cancellation).Find(target) is { IsReverse: true } rules ? rules : null;

    /// <summary>What a caller does with the rules of a method.</summary>
    private CalleeRule CalleeRuleOf(MethodRules rules, IMethodSymbol target)
    {
        if (rules is { Record: { } record, Pullback: { } pullback })
        {
            if (record.IsGenericMethod) record = record.OriginalDefinition.Construct([.. target.TypeArguments]);
            ITypeSymbol residual = record.ReturnType is INamedTypeSymbol { IsTupleType: true, TupleElements: [_, var second] } ? second.Type : record.ReturnType;
            return new CalleeRule(Spell(record), Spell(pullback), pullback.IsStatic, Accumulates(pullback), TypeText(residual));
        }

        return new CalleeRule("", Spell(rules.Vjp!), rules.Vjp!.IsStatic, Accumulates(rules.Vjp), "");

        static bool Accumulates(IMethodSymbol rule) => rule.Parameters is [.., { Type.SpecialType: SpecialType.System_Boolean, Name: "accumulate" }];

        string Spell(IMethodSymbol rule) => (rule.IsStatic ? rule.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." : "")
            + CSharpNames.Escape(rule.Name) + (rule.IsGenericMethod ? TypeArgumentsOf(target) : "");
    }

    private static CalleeSummary SummaryOf(IMethodSymbol target, CalleeRule rule)
        => new(rule.Record.Length > 0, [.. target.Parameters.Where(RuleShape.IsWritten).Select(static p => p.Name)], []);

    /// <summary>A differentiable method that has a rule is the call of itself.</summary>
    private LoweringResult RuleBody(MethodRules rules)
    {
        CalleeRule rule = CalleeRuleOf(rules, method);
        return SelfCall(rule, SummaryOf(method, rule));
    }

    /// <summary>What is known of a method without a body: it is the call of whatever implements it.</summary>
    public LoweringResult RunDeclaration()
        => UsesPair(method) ? LoweringResult.Nothing : SelfCall(null, CalleeSummary.OfDeclaration(method));

    private LoweringResult SelfCall(CalleeRule? rule, CalleeSummary summary)
    {
        _builder = new InstructionBuilder(_values);
        _frame = new Frame(method);
        try
        {
            List<Parameter> parameters = DeclareParameters(method);
            DeclareResult();
            var parts = new List<SignaturePart>();
            var callees = method.Parameters.SelectMany(p => CalleeParametersOf(p, summary, rule, parts, p.Locations[0])).ToList();
            if (!method.IsStatic)
                callees.Insert(0, new CalleeParameter("this", parameters[0].Value.Type, PassingKind.ByValue, parameters[0].IsDifferentiable, false, parameters[0].TypeText));
            IrType? result = ResultOf(method, rule, method.Locations[0]);
            var callee = new Callee(
                method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), method.Name, !method.IsStatic, callees.ToEquatable(),
                result, IsDifferentiable: true, HasSideEffects: false, summary.UsesPair, []) { TakesElements = rule is null && TakesElements(method), Rule = rule, TypeArguments = TypeArgumentsOf(method), Parts = parts.ToEquatable() };
            callee = callee with { Tangent = TangentOf(method, callee) };
            var outputs = new List<Output>();
            if (result is StructType whole) outputs.AddRange(whole.Leaves.Select(static l => new Output(OutputKind.Return, l.Path, l.Type)));
            else if (result is not null) outputs.Add(new Output(OutputKind.Return, "", result));
            foreach (Parameter parameter in parameters.Where(static p => p.Passing is PassingKind.Ref or PassingKind.Out && p.Value.Type is ScalarType))
                outputs.Add(new Output(OutputKind.Parameter, parameter.Name, parameter.Value.Type));
            Value[] defines = [.. outputs.Select(o => _values.New(o.Type))];
            Value[] inputs = [.. parameters.Where(static p => p.Passing != PassingKind.Out).Select(static p => p.Value)];
            _builder.Append(new Call(new(defines), callee, new(inputs), []));
            Region region = _builder.ToRegion(parameters.Select(static p => p.Value), defines);
            parameters = parameters.ConvertAll(p => Written(p, summary.Written.Contains(p.Name)));
            var function = new Function(method.Name, parameters.ToEquatable(), outputs.ToEquatable(), region, [], [], []) { Parts = _parts.ToEquatable(), Memories = _memories.ToEquatable() };
            return new LoweringResult(function, []) { Locations = _locations };
        }
        catch (UnsupportedException)
        {
            return Failed();
        }
    }
}

using AutoDiff.Compiler.Derivatives.Functions;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit.Members.Functions;

/// <summary>
/// The signature of a member that is a derivative function: its parameters in the order of the function, <c>accumulate</c> where it adds to destinations, and what it
/// returns as a tuple where there is more than one.
/// </summary>
internal sealed class FunctionSignature
{
    private readonly Dictionary<string, string> _names = [];

    public FunctionSignature(MethodModel model, DerivedFunction derived, string suffix)
    {
        Name = CSharpNames.Escape(model.Name + suffix);
        foreach (Parameter parameter in derived.With(ParameterRole.Own)) Names.TryReserve(parameter.Name);
        var parameters = new List<SignatureParameter>();
        for (int k = 0; k < derived.Roles.Length; k++)
        {
            Parameter parameter = derived.Function.Parameters[k];
            if (parameter.Name == "this")
            {
                _names["this"] = "this";
                continue;
            }

            DerivedParameter role = derived.Roles[k];
            string name = role.Role == ParameterRole.Own ? CSharpNames.Escape(parameter.Name) : Names.Reserve(parameter.Name);
            _names[parameter.Name] = name;
            parameters.Add(new(name, $"{Modifier(parameter.Passing)}{parameter.TypeText} {name}", ParameterText.Of(role, parameter, model.Name)) { Of = role.Of });
        }

        if (derived.Roles.Any(static r => r.Role is ParameterRole.Gradient or ParameterRole.GradientTangent))
        {
            Accumulate = Names.Reserve("accumulate");
            parameters.Add(new(Accumulate, $"bool {Accumulate} = false", ParameterText.Accumulate));
        }

        Parameters = parameters.ToEquatable();
        ReturnType = MakeReturnType(model, derived.Function);
    }

    /// <summary>The member's name as it is written in source.</summary>
    public string Name { get; }

    public EquatableArray<SignatureParameter> Parameters { get; }

    public string ReturnType { get; }

    /// <summary>The names of the parameters.</summary>
    public UniqueNames Names { get; } = new();

    /// <summary>The name of the last parameter; null where there are no destinations that are added to.</summary>
    public string? Accumulate { get; }

    /// <summary>How a parameter of the function is written.</summary>
    public string NameOf(Parameter parameter) => _names[parameter.Name];

    /// <summary>The outputs that are returned, in order.</summary>
    public static IEnumerable<int> Returned(Function function)
        => Enumerable.Range(0, function.Outputs.Length).Where(k => function.Outputs[k].Kind != OutputKind.Parameter);

    private static string Modifier(PassingKind passing) => passing switch
    {
        PassingKind.In => "in ",
        PassingKind.Ref => "ref ",
        PassingKind.Out => "out ",
        _ => "",
    };

    private static string MakeReturnType(MethodModel model, Function function)
    {
        var elements = new List<(string Type, string Name)>();
        foreach (int k in Returned(function))
        {
            Output output = function.Outputs[k];
            elements.Add(output.Kind switch
            {
                OutputKind.Return => (model.ReturnTypeText, "Value"),
                OutputKind.Tangent when output.Name.Length == 0 => (((ScalarType)output.Type).Kind.CSharp(), "Tangent"),
                _ => (((ScalarType)output.Type).Kind.CSharp(), MemberNames.TupleElement(output.Name)),
            });
        }

        if (elements.Count == 0) return "void";
        if (elements.Count == 1) return elements[0].Type;
        var names = new UniqueNames();
        return $"({string.Join(", ", elements.Select(e => $"{e.Type} {names.Reserve(e.Name)}"))})";
    }
}

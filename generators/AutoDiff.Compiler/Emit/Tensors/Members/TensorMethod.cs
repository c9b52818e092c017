using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using AutoDiff.Compiler.Pipeline;

namespace AutoDiff.Compiler.Emit;

/// <summary>A method with tensors or models, as its generated members see it: the names of its parameters and dimensions, and the signature of its pair.</summary>
internal sealed class TensorMethod
{
    private readonly Dictionary<string, string> _parameterNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _dimensionNames = new(StringComparer.Ordinal);

    public TensorMethod(MethodModel model)
    {
        Model = model;
        Function = model.Function;
        Names = new UniqueNames(["workspace", "scratch", "result", "destination", "gradients", "accumulate", "frame", "mark"]);
        foreach (Parameter parameter in Function.Parameters)
            _parameterNames[parameter.Name] = parameter.Name == "this" ? "this" : Names.TryReserve(parameter.Name) ? CSharpNames.Escape(parameter.Name) : Names.Reserve(parameter.Name);
        foreach (DimBinding binding in Function.Dimensions)
        {
            bool isParameter = Function.Parameters.Any(p => p.Name == binding.Symbol && p.Value.Type is ScalarType);
            string plain = binding.Symbol.StartsWith("...", StringComparison.Ordinal) ? "rows" + CSharpNames.Pascal(CSharpNames.ToIdentifier(binding.Symbol.Substring(3)).TrimStart('_')) : binding.Symbol;
            _dimensionNames[binding.Symbol] = isParameter ? _parameterNames[binding.Symbol] : Names.Reserve(plain);
        }

        PairDimensions = FindPairDimensions();
        Element = FindElement();
    }

    public MethodModel Model { get; }

    public Function Function { get; }

    /// <summary>The names that are taken in every member.</summary>
    public UniqueNames Names { get; }

    /// <summary>The symbols whose sizes the pair takes, in order.</summary>
    public EquatableArray<string> PairDimensions { get; }

    /// <summary>The floating type of the method's tensors and of its models' parameters.</summary>
    public ElementKind Element { get; }

    public IEnumerable<Parameter> Operands => Function.Parameters.Where(static p => p.Name != "this");

    public IEnumerable<Parameter> Models => Function.Parameters.Where(static p => p is { IsDifferentiable: true, Value.Type: ModelType });

    public IEnumerable<Parameter> DifferentiableTensors => Function.Parameters.Where(static p => p is { IsDifferentiable: true, Value.Type: TensorType });

    public Output? Result => Function.Outputs.Length > 0 && Function.Outputs[0].Kind == OutputKind.Return ? Function.Outputs[0] : null;

    public string Name(Parameter parameter) => _parameterNames[parameter.Name];

    public string Name(string parameter) => _parameterNames[parameter];

    public string Spell(string symbol) => _dimensionNames.TryGetValue(symbol, out string? name) ? name : CSharpNames.Escape(CSharpNames.ToIdentifier(symbol));

    public string Spell(Dim dim) => dim.ToString(Spell).Replace("*", " * ").Replace("/", " / ");

    /// <summary>The parameters of the pair's members: operands, then dimensions.</summary>
    public IEnumerable<string> PairParameters()
    {
        foreach (Parameter parameter in Operands)
        {
            string type = parameter.Value.Type is TensorType tensor ? $"global::System.ReadOnlySpan<{tensor.Element.CSharp()}>" : parameter.TypeText;
            yield return $"{type} {Name(parameter)}";
        }

        foreach (string symbol in PairDimensions)
            if (!IsOperand(symbol)) yield return $"int {Spell(symbol)}";
    }

    /// <summary>A size that is an <c>int</c> parameter of the method has a name already.</summary>
    public bool IsOperand(string symbol) => Function.Parameters.Any(p => p.Name == symbol && p.Value.Type is ScalarType);

    /// <summary>Whether a binding takes a size from a parameter of the method, so that the pair is told it.</summary>
    public bool IsFromParameter(DimBinding binding) => binding.Parameter is not null
        || (binding.Expression is not null && Function.Parameters.Any(p => p.Name != "this"
            && (binding.Expression.Contains(p.Name + ".Lengths[") || binding.Expression.Contains(p.Name + ".Length"))));

    private EquatableArray<string> FindPairDimensions()
    {
        var symbols = new HashSet<string>(
            Function.Parameters.Where(static p => p.Value.Type is TensorType).SelectMany(static p => ((TensorType)p.Value.Type).Shape.Dims).SelectMany(static d => d.Symbols),
            StringComparer.Ordinal);
        bool IsBound(string name) => !symbols.Contains(name) || IsOperand(name) || Function.Dimensions.Any(b => b.Symbol == name && !IsFromParameter(b));
        return SignatureDimensions.Names(
            Operands.Where(static p => p.Value.Type is TensorType).Select(p => new ShapedParameter(
                p.Name, p.ShapeText is null ? null : ShapeText.Parse(p.ShapeText, out _), IsSpan(p))),
            IsBound);
    }

    public static bool IsSpan(Parameter parameter) => parameter.TypeText.StartsWith("global::System.ReadOnlySpan<", StringComparison.Ordinal)
        || parameter.TypeText.StartsWith("global::System.Span<", StringComparison.Ordinal) || parameter.TypeText.EndsWith("[]", StringComparison.Ordinal);

    private ElementKind FindElement()
    {
        foreach (Value value in Values(Function.Body).Concat(Function.Parameters.Select(static p => p.Value)))
            if (value.Type is TensorType { Element: var kind } && kind.IsFloating()) return kind;
        return Function.Outputs.Select(static o => o.Type).OfType<ScalarType>().Select(static s => s.Kind).FirstOrDefault(static k => k.IsFloating()) is { } scalar && scalar.IsFloating()
            ? scalar : ElementKind.Single;
    }

    private static IEnumerable<Value> Values(Region region)
        => region.Body.SelectMany(static i => i.Results.Concat(i.Regions.SelectMany(Values)));
}

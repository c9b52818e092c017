using System.Collections.Immutable;
using AutoDiff.Compiler;
using AutoDiff.Compiler.Analysis.Shapes;
using AutoDiff.Compiler.IR;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>Unification of a callee's shape texts with the shapes of the arguments.</summary>
    private sealed class SignatureMatch(IInvocationOperation call, IMethodSymbol target, ModelScope? scope, Lowering lowering)
    {
        private readonly List<(ShapedParameter Parameter, Shape Shape, IOperation At)> _arguments = [];
        private readonly Dictionary<string, Dim> _sizes = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Dim> _numbers = new(StringComparer.Ordinal);
        private Shape? _rest;

        public EquatableArray<string> Names => SignatureDimensions.Names(_arguments.Select(static a => a.Parameter), IsBound);

        public EquatableArray<Dim> Sizes => Names.Select(name => _sizes[name]).ToEquatable();

        public void Add(IParameterSymbol parameter, Value value, IOperation at)
        {
            if (parameter.Type.SpecialType == SpecialType.System_Int32 && lowering.DimOf(value) is { } number)
                _numbers[parameter.Name] = number;
            if (lowering.ShapedOf(target, parameter, parameter.ShapeText()) is not { } shaped) return;
            if (value.Type is not TensorType tensor)
                throw lowering.Unsupported(
                    FrontEndDescriptors.MissingShape, at, StepText.Of(at.Syntax), "pass a tensor, or a parameter of the method");
            _arguments.Add((shaped, tensor.Shape, at));
        }

        /// <summary>
        /// Names first where they stand alone, then where one is left in an expression; everything else is required to agree.
        /// </summary>
        public void Solve()
        {
            var pairs = _arguments.SelectMany(a => Pairs(a.Parameter, a.Shape, a.At)).ToList();
            foreach ((Dim declared, Dim given, IOperation _) in pairs)
                if (declared.Name is { } name && !IsBound(name) && !_sizes.ContainsKey(name)) _sizes[name] = given;
            foreach ((Dim declared, Dim given, IOperation at) in pairs)
            {
                string[] open = declared.Symbols.Where(s => !IsBound(s) && !_sizes.ContainsKey(s)).ToArray();
                if (open is [var name])
                {
                    Dim offset = declared.Substitute(s => s == name ? Dim.Zero : Resolve(s)),
                        slope = declared.Substitute(s => s == name ? Dim.One : Resolve(s)) - offset;
                    if (Dim.Divide(given - offset, slope) is { } size) _sizes[name] = size;
                }
            }

            foreach (string name in Names)
            {
                if (!_sizes.ContainsKey(name))
                    throw lowering.Unsupported(
                        FrontEndDescriptors.MissingShape, call, name, $"'{target.Name}' needs an axis that is just '{name}'");
            }

            foreach ((Dim declared, Dim given, IOperation at) in pairs)
                lowering.Require(given, declared.Substitute(Resolve), at, $"'{StepText.Of(at.Syntax)}' does not fit '{target.Name}'");
        }

        public IrType? Result()
        {
            if (target.ReturnsVoid) return null;
            if (TypeMap.ScalarOrBuffer(target.ReturnType) is ScalarType scalar) return scalar;
            if (TypeMap.Tensor(target.ReturnType) is not { } elementType || TypeMap.Element(elementType) is not ElementKind element)
            {
                throw lowering.Unsupported(FrontEndDescriptors.UnsupportedCall, call, target.Name,
                    $"it returns '{target.ReturnType.ToDisplayString()}'; return a number or a tensor");
            }

            if (lowering.ParseShape(target.ReturnShapeText(), call.Syntax.GetLocation()) is not { } text)
            {
                throw lowering.Unsupported(FrontEndDescriptors.MissingShape, call, target.Name,
                    $"add [return: Shape(\"…\")] to '{target.ContainingType.Name}.{target.Name}'");
            }

            var dims = new List<Dim>();
            foreach (ShapeItem item in text.Items)
            {
                if (item.Kind == ShapeItemKind.Rest && _rest is not null) dims.AddRange(_rest.Dims);
                else if (item.Kind == ShapeItemKind.Size) dims.Add(lowering.Canonical(item.Size!.Substitute(Named)));
                else throw lowering.Unsupported(
                    FrontEndDescriptors.MissingShape, call, target.Name, "its [return: Shape] has an axis that no parameter has");
            }

            return new TensorType(element, new Shape(dims.ToEquatable()));
        }

        private Dim Named(string name) => Resolve(name)
            ?? throw lowering.Unsupported(
                FrontEndDescriptors.MissingShape, call, target.Name, $"its [return: Shape] names '{name}', which no parameter has");

        private IEnumerable<(Dim Declared, Dim Given, IOperation At)> Pairs(ShapedParameter parameter, Shape given, IOperation at)
        {
            if (parameter.Text is null)
            {
                yield return (Dim.Symbol(SignatureDimensions.ImplicitSymbol(parameter)), given.Count, at);
                yield break;
            }

            EquatableArray<ShapeItem> items = parameter.Text.Items;
            bool hasRest = items.Length > 0 && items[0].Kind == ShapeItemKind.Rest;
            int leading = given.Rank - items.Length + (hasRest ? 1 : 0);
            if (hasRest ? leading < 0 : leading != 0)
            {
                throw lowering.Unsupported(
                    FrontEndDescriptors.ShapeMismatch, at, $"'{StepText.Of(at.Syntax)}' does not fit '{target.Name}'",
                    $"{given} is not of the shape ({parameter.Text})");
            }

            if (hasRest)
            {
                _rest ??= new Shape(given.Dims.Take(leading).ToEquatable());
                yield return (Dim.Symbol(ShapeText.Rest), given.CountBefore(leading), at);
            }

            for (int k = hasRest ? 1 : 0; k < items.Length; k++)
            {
                Dim declared = items[k].Size ?? Dim.Symbol(ShapeText.AnySymbol(parameter.Name, k));
                yield return (declared, given[hasRest ? leading + k - 1 : k], at);
            }
        }

        /// <summary>Whether the callee knows a size without being told: from its type, or from an <c>int</c> parameter.</summary>
        private bool IsBound(string name)
            => target.Parameters.Any(p => p.Name == name && p.Type.SpecialType == SpecialType.System_Int32)
                || TypeDimensions.Find(target.ContainingType, name, target.IsStatic) is not null;

        private Dim? Resolve(string name)
        {
            if (_sizes.TryGetValue(name, out Dim? size)) return size;
            if (target.Parameters.Any(p => p.Name == name && p.Type.SpecialType == SpecialType.System_Int32))
            {
                return _numbers.TryGetValue(name, out Dim? number)
                    ? number
                    : throw lowering.Unsupported(
                        FrontEndDescriptors.NotConstant, call, name, target.Name,
                        "made of constants, int parameters, numbers of the model and lengths of tensors");
            }

            if (scope is { Expression.Length: > 0 } && SymbolEqualityComparer.Default.Equals(scope.Type, target.ContainingType))
                return lowering.ResolveIn(scope, name, isParameterText: false);
            return TypeDimensions.Find(target.ContainingType, name, onlyStatic: true) switch
            {
                { Constant: long constant } => Dim.Constant(constant),
                { Expression: { } expression } => Bound(name, expression),
                _ => scope is { Expression.Length: > 0 }
                    ? lowering.ResolveIn(scope with { Type = target.ContainingType }, name, isParameterText: false) : null,
            };
        }

        private Dim Bound(string name, string expression)
        {
            string symbol = $"{target.ContainingType.Name}.{name}";
            lowering.Bind(new DimBinding(symbol, expression, null, 0));
            return Dim.Symbol(symbol);
        }
    }
}

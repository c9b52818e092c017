using AutoDiff.Compiler.Derivatives;
using AutoDiff.Compiler.Emit.Members;
using AutoDiff.Compiler.IR;

namespace AutoDiff.Compiler.Emit;

/// <summary>Writes the members that users call: they check shapes and overlaps, rent the workspace and call the pair.</summary>
internal static class EntryWriter
{
    public const string Guard = "global::AutoDiff.Generated.Guard";
    public const string Access = "global::AutoDiff.Generated.TensorAccess";
    public const string Helpers = "global::AutoDiff.Generated.Reductions";

    public static void WriteForward(SourceWriter writer, TensorMethod method, Explain explain)
    {
        UniqueNames names = method.Names.Nested();
        List<string> parameters = [.. method.Operands.Select(p => $"{p.TypeText} {method.Name(p)}")];
        TensorType? tensor = method.Result?.Type as TensorType;
        string destination = "destination";
        if (tensor is not null) parameters.Add($"{TensorText(tensor)} {destination}");
        Head(writer, $"Computes <see cref=\"{method.Model.Cref}\"/>{(tensor is null ? "." : " into <paramref name=\"destination\"/>.")}", explain);
        MemberHead.Write(writer, method, method.Result?.Type is ScalarType scalar ? scalar.Kind.CSharp() : "void", PairNames.Forward, parameters);
        using (writer.Block())
        {
            DimensionLocals.WriteAll(writer, method);
            if (tensor is not null) WriteDestinationCheck(writer, method, destination, tensor.Shape);
            Rented(writer, () =>
            {
                List<string> arguments = ["workspace", .. Operands(writer, method, names)];
                string into = names.Reserve("destinationSpan");
                if (tensor is not null)
                {
                    writer.WriteLine($"{Span(tensor)} {into} = {Access}.Write({destination}, {Buffer(tensor, destination)});");
                    arguments.Add(into);
                }

                string call = $"{PairNames.Of(method.Model.Name, PairNames.Forward)}({string.Join(", ", arguments)});";
                writer.WriteLine(tensor is null && method.Result is not null ? "return " + call : call);
                if (tensor is not null) writer.WriteLine($"{Access}.WriteBack({destination}, {into});");
            });
        }
    }

    /// <param name="withTensors">Whether tensor parameters have destinations; without, only models (and scalars) have gradients.</param>
    public static void WriteReverse(SourceWriter writer, TensorMethod method, Derivative derivative, EquatableArray<TensorStep> steps, bool isGradient, bool withTensors, Explain explain)
    {
        UniqueNames names = method.Names.Nested();
        List<string> parameters = [.. method.Operands.Select(p => $"{p.TypeText} {method.Name(p)}")];
        var cotangents = new List<(Cotangent Cotangent, string Name)>();
        foreach (Cotangent cotangent in derivative.Cotangents)
        {
            string name = names.Reserve(cotangent.Name == "dResult" ? "dY" : MemberNames.Adjoint(cotangent.Name.Substring(1)));
            cotangents.Add((cotangent, name));
            if (!isGradient) parameters.Add($"{TypeText(cotangent.Value.Type)} {name}");
        }

        var destinations = new List<(Gradient Gradient, string Name)>();
        foreach (Gradient gradient in derivative.Gradients.Where(static g => g.Type is TensorType))
        {
            string name = names.Reserve("d" + CSharpNames.Pascal(gradient.Parameter));
            destinations.Add((gradient, name));
            if (withTensors) parameters.Add($"{TypeText(gradient.Type)} {name}");
        }

        var models = new List<string>();
        foreach (Parameter model in method.Models)
        {
            string name = model.Name == "this" ? "gradients" : names.Reserve(MemberNames.Adjoint(model.Name));
            models.Add(name);
            parameters.Add($"global::AutoDiff.GradientSet<{method.Element.CSharp()}> {name}");
        }

        bool accumulates = models.Count > 0 || (withTensors && destinations.Count > 0);
        if (accumulates) parameters.Add("bool accumulate = false");
        Gradient[] scalars = [.. derivative.Gradients.Where(static g => g.Type is ScalarType)];
        string? value = method.Result is null ? null : TypeText(method.Result.Type);
        Head(writer, isGradient
            ? $"Value and gradient of <see cref=\"{method.Model.Cref}\"/>."
            : $"Vector-Jacobian product of <see cref=\"{method.Model.Cref}\"/>: from the cotangent of its result to the gradients of what it depends on.", explain,
            () => TensorCard.Write(writer, derivative, steps));
        MemberHead.Write(writer, method, Returns(value, scalars), isGradient ? "Gradient" : "Vjp", parameters);
        using (writer.Block())
        {
            DimensionLocals.WriteAll(writer, method);
            if (!isGradient)
                foreach ((Cotangent cotangent, string name) in cotangents)
                    if (cotangent.Value.Type is TensorType tensor) WriteDestinationCheck(writer, method, name, tensor.Shape, isDestination: false);
            if (withTensors) WriteOverlapChecks(writer, method, destinations, isGradient ? [] : cotangents);
            foreach (string model in models) writer.WriteLine($"{Guard}.NotNull({model});");
            Rented(writer, () => WriteCalls(writer, method, names, derivative, isGradient, withTensors, cotangents, destinations, models, scalars));
        }
    }

    private static void WriteCalls(
        SourceWriter writer, TensorMethod method, UniqueNames names, Derivative derivative, bool isGradient, bool withTensors,
        List<(Cotangent Cotangent, string Name)> cotangents, List<(Gradient Gradient, string Name)> destinations, List<string> models, Gradient[] scalars)
    {
        string[] operands = [.. Operands(writer, method, names)];
        List<string> record = ["workspace", .. operands], pullback = ["workspace", .. operands];
        string value = names.Reserve("value");
        TensorType? tensor = method.Result?.Type as TensorType;
        string array = names.Reserve("valueElements");
        if (tensor is not null)
        {
            // The forward part writes every element.
            writer.WriteLine($"var {array} = global::System.GC.AllocateUninitializedArray<{tensor.Element.CSharp()}>({method.Spell(tensor.Shape.Count)});");
            record.Add(array);
        }

        foreach ((Cotangent cotangent, string name) in cotangents)
        {
            if (cotangent.Value.Type is not TensorType shape)
            {
                pullback.Add(isGradient ? "1" : name);
                continue;
            }

            string span = names.Reserve(name + "Span");
            writer.WriteLine($"{ReadOnly(shape)} {span} = {Access}.Read({name}, {Buffer(shape, name)});");
            pullback.Add(span);
        }

        foreach ((Gradient gradient, string name) in destinations)
        {
            var type = (TensorType)gradient.Type;
            string span = names.Reserve(name + "Span"), part = names.Reserve(name + "Part");
            if (!withTensors)
            {
                writer.WriteLine($"{Span(type)} {part} = workspace.Allocate<{type.Element.CSharp()}>({method.Spell(type.Shape.Count)});");
                pullback.Add(part);
                continue;
            }

            writer.WriteLine($"{Span(type)} {span} = {Access}.Write({name}, {Buffer(type, name)}, load: accumulate);");
            writer.WriteLine($"{Span(type)} {part} = accumulate ? workspace.Allocate<{type.Element.CSharp()}>({span}.Length) : {span};");
            pullback.Add(part);
        }

        pullback.AddRange(models);
        foreach (string model in models) writer.WriteLine($"if (!accumulate) {model}.Clear();");
        string forward = $"{PairNames.Of(method.Model.Name, PairNames.Record)}({string.Join(", ", record)});";
        writer.WriteLine(tensor is null && method.Result is not null ? $"{TypeText(method.Result.Type)} {value} = {forward}" : forward);
        string backward = $"{PairNames.Of(method.Model.Name, PairNames.Pullback)}({string.Join(", ", pullback)});", back = names.Reserve("gradient");
        writer.WriteLine(scalars.Length == 0 ? backward : $"var {back} = {backward}");
        foreach ((Gradient gradient, string name) in withTensors ? destinations : [])
        {
            string element = ((TensorType)gradient.Type).Element.CSharp();
            writer.WriteLine($"if (accumulate) {Helpers}.Add<{element}>({name}Part, {name}Span);");
            writer.WriteLine($"{Access}.WriteBack({name}, {name}Span);");
        }

        string? result = tensor is not null ? $"{Helpers}.ToTensor({array}, {Lengths(method, tensor.Shape)})" : method.Result is not null ? value : null;
        var results = new List<string>();
        if (result is not null) results.Add(result);
        if (scalars.Length == 1) results.Add(back);
        else results.AddRange(scalars.Select(g => $"{back}.{MemberNames.TupleElement(g.Parameter)}"));
        if (results.Count == 1) writer.WriteLine($"return {results[0]};");
        if (results.Count > 1) writer.WriteLine($"return ({string.Join(", ", results)});");
    }

    private static string Returns(string? value, Gradient[] scalars)
    {
        var parts = new List<string>();
        if (value is not null) parts.Add(scalars.Length == 0 ? value : value + " Value");
        parts.AddRange(scalars.Select(g => $"{TypeText(g.Type)} {MemberNames.TupleElement(g.Parameter)}"));
        return parts.Count == 0 ? "void" : parts.Count == 1 ? parts[0].Split(' ')[0] : $"({string.Join(", ", parts)})";
    }

    public static void Rented(SourceWriter writer, Action body)
    {
        writer.WriteLine("global::AutoDiff.Kernels.Workspace workspace = global::AutoDiff.Kernels.Workspace.Rent();");
        using (writer.Block("try")) body();
        using (writer.Block("finally")) writer.WriteLine("workspace.Return();");
    }

    /// <summary>The operands of the pair, with the spans of tensors, then its dimensions.</summary>
    public static IEnumerable<string> Operands(SourceWriter writer, TensorMethod method, UniqueNames names)
    {
        var arguments = new List<string>();
        foreach (Parameter parameter in method.Operands)
        {
            string name = method.Name(parameter);
            if (parameter.Value.Type is not TensorType type || TensorMethod.IsSpan(parameter))
            {
                arguments.Add(name);
                continue;
            }

            string span = names.Reserve(parameter.Name + "Span");
            writer.WriteLine($"{ReadOnly(type)} {span} = {Access}.Read({name}, {Buffer(type, name)});");
            arguments.Add(span);
        }

        arguments.AddRange(method.PairDimensions.Where(s => !method.IsOperand(s)).Select(method.Spell));
        return arguments;
    }

    private static void WriteDestinationCheck(SourceWriter writer, TensorMethod method, string name, Shape shape, bool isDestination = true)
    {
        if (shape.HasRest && LeadingAxes(method, shape) is { } leading)
        {
            writer.WriteLine($"{Guard}.Destination({name}, {leading}, [{string.Join(", ", shape.Dims.Skip(1).Select(method.Spell))}], \"{name}\");");
        }
        else if (shape.HasRest)
        {
            // Leading axes that no operand has as they are; their product is what counts.
            writer.WriteLine($"{Helpers}.SameSize({Access}.Count({name}), {method.Spell(shape.Count)}, \"{name}\", {CSharpLiteral.String(shape.ToString())}, \"\");");
        }
        else
        {
            writer.WriteLine($"{Guard}.Destination({name}, [{string.Join(", ", shape.Dims.Select(method.Spell))}], \"{name}\");");
        }

        if (!isDestination) return;
        foreach (Parameter other in method.Operands.Where(static p => p.Value.Type is TensorType)) writer.WriteLine($"{Guard}.NoOverlap({name}, {method.Name(other)});");
    }

    /// <summary>The lengths of leading axes <c>...</c>: those of the operand that binds them.</summary>
    private static string? LeadingAxes(TensorMethod method, Shape shape)
    {
        DimBinding? binding = method.Function.Dimensions.FirstOrDefault(b => b.Axis == int.MinValue && b.Symbol == shape[0].Name);
        if (binding is null || method.Function.Parameters.FirstOrDefault(p => p.Name == binding.Parameter) is not { Value.Type: TensorType type } binder) return null;
        string lengths = method.Name(binder) + ".Lengths";
        return type.Shape.Rank == 1 ? lengths : $"{lengths}[..^{(type.Shape.Rank - 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}]";
    }

    private static void WriteOverlapChecks(
        SourceWriter writer, TensorMethod method, List<(Gradient Gradient, string Name)> destinations, List<(Cotangent Cotangent, string Name)> cotangents)
    {
        for (int k = 0; k < destinations.Count; k++)
        {
            (Gradient gradient, string name) = destinations[k];
            Parameter own = method.Function.Parameters.First(p => p.Name == gradient.Parameter);
            writer.WriteLine($"{Guard}.SameShape({name}, {method.Name(own)});");
            foreach (Parameter other in method.Operands.Where(static p => p.Value.Type is TensorType)) writer.WriteLine($"{Guard}.NoOverlap({name}, {method.Name(other)});");
            foreach ((Cotangent cotangent, string other) in cotangents)
                if (cotangent.Value.Type is TensorType) writer.WriteLine($"{Guard}.NoOverlap({name}, {other});");
            for (int earlier = 0; earlier < k; earlier++) writer.WriteLine($"{Guard}.NoOverlap({name}, {destinations[earlier].Name});");
        }
    }

    public static void Head(SourceWriter writer, string summary, Explain explain, Action? card = null)
    {
        if (explain != Explain.None) writer.WriteLine($"/// <summary>{summary}</summary>");
        if (explain != Explain.None) card?.Invoke();
        writer.WriteLine(Files.FileHeader.GeneratedCode);
    }

    public static string Lengths(TensorMethod method, Shape shape)
    {
        if (!shape.HasRest) return $"[{string.Join(", ", shape.Dims.Select(method.Spell))}]";
        // The axes that a ... stands for come from the parameter that binds it.
        string source = method.Function.Dimensions.FirstOrDefault(b => b.Symbol == shape[0].Name && b.Parameter is not null)?.Parameter is { } parameter
            ? method.Name(method.Function.Parameters.First(p => p.Name == parameter)) : "";
        if (source.Length == 0) return $"[{string.Join(", ", shape.Dims.Select(method.Spell))}]";
        var bound = (TensorType)method.Function.Parameters.First(p => method.Name(p) == source).Value.Type;
        return $"[.. {source}.Lengths.Slice(0, {source}.Rank - {bound.Shape.Rank - 1}), {string.Join(", ", shape.Dims.Skip(1).Select(method.Spell))}]";
    }

    public static string Buffer(TensorType type, string tensor) => $"workspace.Allocate<{type.Element.CSharp()}>({Access}.BufferLength({tensor}))";

    public static string TypeText(IrType type) => type is TensorType tensor ? TensorText(tensor) : ((ScalarType)type).Kind.CSharp();

    private static string TensorText(TensorType type) => $"global::System.Numerics.Tensors.Tensor<{type.Element.CSharp()}>";

    public static string Span(TensorType type) => $"global::System.Span<{type.Element.CSharp()}>";

    private static string ReadOnly(TensorType type) => $"global::System.ReadOnlySpan<{type.Element.CSharp()}>";
}

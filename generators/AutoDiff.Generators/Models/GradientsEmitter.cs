using AutoDiff.Compiler;

namespace AutoDiff.Generators.Models;

/// <summary>Writes the nested type of a model's gradients, and how they are made.</summary>
internal sealed class GradientsEmitter(ModelInfo model, SourceWriter writer)
{
    // Members of GradientSet that a parameter of the same name hides.
    private static readonly HashSet<string> Inherited = new(StringComparer.Ordinal)
    {
        "Flat", "For", "View", "Clear", "Parameters", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals",
    };

    private readonly string _element = "<" + model.ElementType + ">";
    private readonly string _type = model.TypeReference + "." + ModelNames.Gradients;

    private string Buffer => "global::AutoDiff.Generated.GradientBuffer" + _element;

    private string Interface => "global::AutoDiff.IModel" + _element;

    private string New => model.BaseModel is null ? "" : "new ";

    public void Emit()
    {
        writer.WriteLine("/// <summary>Gradients for the parameters of this model: the same names, shapes and layout, all zero.</summary>");
        writer.WriteLine(ModelEmitter.GeneratedCode);
        writer.WriteLine($"public {New}{_type} {ModelNames.CreateGradients}()");
        using (writer.Indent())
            writer.WriteLine($"=> new {Buffer}({ModelNames.Parameters}).Of<{_type}>(this);");
        writer.BlankLine();
        writer.WriteLine($"global::AutoDiff.GradientSet{_element} {Interface}.CreateGradients({Buffer} buffer)");
        using (writer.Indent())
            writer.WriteLine($"=> new {_type}(this, buffer);");
        writer.BlankLine();
        NestedType();
        writer.BlankLine();
    }

    private void NestedType()
    {
        string modifier = model.IsSealed ? "sealed " : "";
        string ancestor = model.BaseModel is null
            ? "global::AutoDiff.GradientSet" + _element
            : model.BaseModel + "." + ModelNames.Gradients;
        writer.WriteLine("/// <summary>The gradients of the model: the same names, shapes and layout as its parameters.</summary>");
        writer.WriteLine(ModelEmitter.GeneratedCode);
        using (writer.Block($"public {New}{modifier}partial class {ModelNames.Gradients} : {ancestor}"))
        {
            Constructor();
            foreach (ParameterInfo parameter in model.Parameters)
            {
                string type = "global::System.Numerics.Tensors.Tensor" + _element;
                Property("public", type, parameter.Name, $"of shape <c>{parameter.ShapeText}</c>");
            }
            foreach (SubModelInfo subModel in model.SubModels)
            {
                string accessibility = subModel.IsPublic ? "public" : "internal";
                Property(accessibility, TypeOf(subModel), subModel.Name, subModel.IsList ? "model by model" : "");
            }
        }
    }

    private void Constructor()
    {
        writer.WriteLine("/// <summary>The gradients of a model as a part of a buffer; for generated code.</summary>");
        writer.WriteLine(ModelEmitter.Hidden);
        writer.WriteLine($"public {ModelNames.Gradients}({model.TypeReference} model, {Buffer} buffer)");
        string first = model.BaseModel is null ? $"(({Interface})model).ParameterSet" : "model";
        using (writer.Indent())
            writer.WriteLine($": base({first}, buffer)");
        using (writer.Block())
        {
            foreach (ParameterInfo parameter in model.Parameters)
                writer.WriteLine($"this.{CSharpNames.Escape(parameter.Name)} = buffer.View(model.{ModelNames.Slot(parameter.Name)});");
            foreach (SubModelInfo subModel in model.SubModels)
                writer.WriteLine($"this.{CSharpNames.Escape(subModel.Name)} = {Create(subModel)};");
        }
        writer.BlankLine();
    }

    private void Property(string accessibility, string type, string name, string detail)
    {
        string details = detail.Length == 0 ? "" : ", " + detail;
        string hiding = Inherited.Contains(name) ? "new " : "";
        writer.WriteLine($"/// <summary>The gradient of <c>{name}</c>{details}.</summary>");
        writer.WriteLine($"{accessibility} {hiding}{type} {CSharpNames.Escape(name)} {{ get; }}");
        writer.BlankLine();
    }

    private static string TypeOf(SubModelInfo subModel) => subModel.IsList
        ? $"global::System.Collections.Generic.IReadOnlyList<{subModel.GradientsType}>"
        : subModel.GradientsType;

    // A sub-model that is null has no gradients; whoever would use them uses the sub-model first.
    private string Create(SubModelInfo subModel)
    {
        string access = "model." + subModel.Access;
        return (subModel.IsList, subModel.IsDynamic) switch
        {
            (false, false) => $"buffer.Of<{subModel.GradientsType}>({access})",
            (false, true) => $"buffer.Of<{subModel.GradientsType}>({access} as {Interface})",
            (true, false) => $"buffer.OfList<{subModel.ModelType}, {subModel.GradientsType}>({access})",
            (true, true) => $"buffer.OfAny({access})",
        };
    }
}

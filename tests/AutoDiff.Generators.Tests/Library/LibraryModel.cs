using System.Numerics.Tensors;
using System.Reflection;
using AutoDiff.Compiler.Interpretation;

namespace AutoDiff.Generators.Tests.Library;

/// <summary>A constructed model as the interpreter sees it: read by reflection, so that every layer is covered as it is.</summary>
internal sealed class LibraryModel
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private readonly Dictionary<object, InterpretedModel> _models = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, List<InterpretedModel>> _byType = new(StringComparer.Ordinal);

    public LibraryModel(object root) => Root = Read(root, "this");

    /// <summary>The member under which every model has a 0, for sizes of models that are not there.</summary>
    public const string Absent = "<absent>";

    public InterpretedModel Root { get; }

    /// <summary>Where each parameter is: the model that holds it, its name there, and its path from the root.</summary>
    public List<(InterpretedModel Model, string Name, string Path)> Parameters { get; } = [];

    /// <summary>The models of a type, given as <c>global::Namespace.Name</c>.</summary>
    public IReadOnlyList<InterpretedModel> OfType(string type) => _byType.TryGetValue(type, out List<InterpretedModel>? found) ? found : [];

    /// <summary>The model or number at a path such as <c>this.Blocks[0].Norm.__Dim_width</c>; null where there is none.</summary>
    public static InterpretedValue? Find(InterpretedModel model, string path)
        => path.Split('.').Skip(1).Aggregate((InterpretedValue?)model, static (value, name)
            => (value as InterpretedModel)?.Members.GetValueOrDefault(name));

    private InterpretedModel Read(object source, string path)
    {
        // A model that is reached in two ways is one model.
        if (_models.TryGetValue(source, out InterpretedModel? known)) return known;
        var model = new InterpretedModel();
        _models[source] = model;
        string type = "global::" + source.GetType().FullName;
        if (!_byType.TryGetValue(type, out List<InterpretedModel>? alike)) _byType[type] = alike = [];
        alike.Add(model);
        model.Members[Absent] = new InterpretedScalar(0L);

        foreach (PropertyInfo property in source.GetType().GetProperties(Any))
        {
            if (property.GetIndexParameters().Length > 0 || property.Name.Contains('.') || !IsKnown(property.PropertyType)) continue;
            object? value = property.GetValue(source);
            if (property.GetCustomAttribute<ParameterAttribute>() is not null)
            {
                model.Parameters[property.Name] = ReadTensor((Tensor<float>)value!);
                Parameters.Add((model, property.Name, $"{path}.{property.Name}"));
            }
            else
            {
                ReadMember(model, property.Name, value, path);
            }
        }

        foreach (FieldInfo field in source.GetType().GetFields(Any))
            if (!field.Name.Contains('<') && IsKnown(field.FieldType)) ReadMember(model, field.Name, field.GetValue(source), path);
        return model;
    }

    private void ReadMember(InterpretedModel model, string name, object? value, string path)
    {
        switch (value)
        {
            case bool truth: model.Members[name] = new InterpretedScalar(Number.Of(truth)); break;
            case int integer: model.Members[name] = new InterpretedScalar((long)integer); break;
            case float single: model.Members[name] = new InterpretedScalar((double)single); break;
            case double number: model.Members[name] = new InterpretedScalar(number); break;
            case Tensor<float> tensor: model.Members[name] = ReadTensor(tensor); break;
            case IEnumerable<object> list:
                InterpretedModel[] items = list.Select((item, i) => Read(item, $"{path}.{name}[{i}]")).ToArray();
                model.Members[name] = new InterpretedModelList(items);
                if (items.Length > 0) model.Members[name + "[0]"] = items[0];
                break;
            case not null: model.Members[name] = Read(value, $"{path}.{name}"); break;
        }
    }

    private static bool IsKnown(Type type)
        => type == typeof(bool) || type == typeof(int) || type == typeof(float) || type == typeof(double) || type == typeof(Tensor<float>)
            || IsModel(type) || (type.IsArray && IsModel(type.GetElementType()!))
            || (type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable<object>)) && type.GetGenericArguments() is [var item] && IsModel(item));

    private static bool IsModel(Type type) => type.IsDefined(typeof(DifferentiableAttribute), inherit: false);

    private static InterpretedTensor ReadTensor(Tensor<float> tensor)
    {
        var values = new float[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(values);
        return new InterpretedTensor(tensor.Lengths.ToArray().Select(static n => checked((int)n)).ToArray(),
            values.Select(static v => (double)v).ToArray());
    }
}

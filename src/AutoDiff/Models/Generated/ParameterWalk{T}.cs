using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;

namespace AutoDiff.Generated;

/// <summary>
/// A depth-first walk over the parameters of a model. Each slot and each sub-model is met once, under the first of its names:
/// that is what makes shared ones (tied weights) one parameter.
/// </summary>
/// <remarks>Generated code shows the walk what there is; nothing is found by reflection.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ParameterWalk<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<string> _path = new();

    internal ParameterWalk(IModel<T> root)
    {
        _seen.Add(root);
        root.VisitParameters(this);
    }

    internal List<ParameterSlot<T>> Slots { get; } = [];

    internal List<string> Names { get; } = [];

    /// <summary>The models below the root.</summary>
    internal List<IModel<T>> SubModels { get; } = [];

    internal bool Includes(IModel<T> model) => _seen.Contains(model);

    /// <summary>A parameter of the model that is being visited.</summary>
    public void Parameter(ParameterSlot<T> slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (!_seen.Add(slot))
            return;
        Slots.Add(slot);
        Names.Add(PathTo(slot.LocalName));
    }

    /// <summary>A sub-model.</summary>
    public void Model(string name, IModel<T>? model)
    {
        if (model is null || !_seen.Add(model))
            return;
        SubModels.Add(model);
        _path.Push(PathTo(name));
        model.VisitParameters(this);
        _path.Pop();
    }

    /// <summary>A list of sub-models; their names are their indices.</summary>
    public void Models<TModel>(string name, IReadOnlyList<TModel>? models)
        where TModel : IModel<T>?
    {
        if (models is null)
            return;
        _path.Push(PathTo(name));
        for (int i = 0; i < models.Count; i++)
            Model(i.ToString(CultureInfo.InvariantCulture), models[i]);
        _path.Pop();
    }

    /// <inheritdoc cref="Models{TModel}(string, IReadOnlyList{TModel})"/>
    public void Models<TModel>(string name, ImmutableArray<TModel> models)
        where TModel : IModel<T>?
        => Models(name, models.IsDefault ? null : (IReadOnlyList<TModel>)models);

    /// <summary>A list of objects, of which some may be models.</summary>
    public void AnyModels(string name, IReadOnlyList<object?>? models)
    {
        if (models is null)
            return;
        _path.Push(PathTo(name));
        for (int i = 0; i < models.Count; i++)
            AnyModel(i.ToString(CultureInfo.InvariantCulture), models[i]);
        _path.Pop();
    }

    /// <summary>An object that may be a model.</summary>
    /// <exception cref="InvalidOperationException">It is one with elements of another type.</exception>
    public void AnyModel(string name, object? model)
    {
        if (model is not IModel<T> and (IModel<float> or IModel<double> or IModel<Half>))
        {
            throw new InvalidOperationException(
                $"{PathTo(name)} is a {model.GetType().Name}, whose parameters are not of type {typeof(T).Name}, "
                + "as those of the whole model are.");
        }
        Model(name, model as IModel<T>);
    }

    private string PathTo(string name) => _path.Count == 0 ? name : _path.Peek() + "." + name;
}

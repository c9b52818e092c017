using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.Tests;

/// <summary>A compiled test source, loaded so that it can be collected. Members are reached by reflection or <c>dynamic</c>.</summary>
internal sealed class LoadedAssembly
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private readonly byte[] _image;

    public LoadedAssembly(byte[] image, params LoadedAssembly[] references)
    {
        _image = image;
        Assembly = new Context(references).LoadFromStream(new MemoryStream(image));
    }

    public Assembly Assembly { get; }

    /// <summary>The assembly as a reference for another test source. Load both through this one to run them together.</summary>
    public MetadataReference Reference => MetadataReference.CreateFromImage(_image);

    /// <summary>A type by its full name, as reflection writes it.</summary>
    public Type Type(string name) => Assembly.GetType(name, throwOnError: true)!;

    /// <summary>A new object.</summary>
    public dynamic Create(string type, params object?[] arguments) => Activator.CreateInstance(Type(type), Any, null, arguments, null)!;

    /// <summary>Calls a static method by its name; what it throws comes through as it is. Spans cannot be passed: call them from the source.</summary>
    public dynamic? Call(string type, string method, params object?[] arguments)
    {
        MethodInfo info = Type(type).GetMethods(Any).Single(m => m.Name == method && m.GetParameters().Length == arguments.Length);
        return info.Invoke(null, Any | BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private sealed class Context(LoadedAssembly[] references) : AssemblyLoadContext("tested", isCollectible: true)
    {
        // Everything else is what the tests themselves run with.
        protected override Assembly? Load(AssemblyName assemblyName)
            => references.FirstOrDefault(r => r.Assembly.GetName().Name == assemblyName.Name)?.Assembly;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AutoDiff.Kernels;

/// <content>Last-in-first-out stacks beside the memory: residual frames of the forward part, popped by the backward part.</content>
public sealed partial class Workspace
{
    private byte[] _frames = [];
    private int _framesUsed;
    private object?[] _objects = [];
    private int _objectsUsed;
    private Generated.ResidualStack _residuals;

    /// <summary>The residuals of called methods of numbers and spans.</summary>
    public ref Generated.ResidualStack Residuals => ref _residuals;

    /// <summary>Pushes a residual frame.</summary>
    public void Push<T>(scoped in T frame)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        if (_frames.Length - _framesUsed < size)
            Array.Resize(ref _frames, checked(Math.Max(2 * _frames.Length, _framesUsed + Math.Max(size, 1024))));
        Unsafe.WriteUnaligned(ref _frames[_framesUsed], frame);
        _framesUsed += size;
    }

    /// <summary>Pops the frame pushed last; <typeparamref name="T"/> must be its type.</summary>
    /// <exception cref="InvalidOperationException">The stack holds no such frame.</exception>
    public T Pop<T>()
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        if (_framesUsed < size)
            ThrowEmpty(typeof(T).Name);
        _framesUsed -= size;
        return Unsafe.ReadUnaligned<T>(ref _frames[_framesUsed]);
    }

    /// <summary>Pushes a reference.</summary>
    public void PushObject(object? value)
    {
        if (_objectsUsed == _objects.Length)
            Array.Resize(ref _objects, Math.Max(2 * _objects.Length, 16));
        _objects[_objectsUsed++] = value;
    }

    /// <summary>Pops the reference pushed last.</summary>
    /// <exception cref="InvalidOperationException">The stack is empty.</exception>
    /// <exception cref="InvalidCastException">It is not a <typeparamref name="T"/>.</exception>
    public T PopObject<T>()
        where T : class?
    {
        if (_objectsUsed == 0)
            ThrowEmpty(typeof(T).Name);
        object? value = _objects[--_objectsUsed];
        _objects[_objectsUsed] = null;
        return (T)value!;
    }

    private void ClearStacks()
    {
        _framesUsed = 0;
        Array.Clear(_objects, 0, _objectsUsed);
        _objectsUsed = 0;
        _residuals.Dispose();
    }

    [DoesNotReturn]
    private static void ThrowEmpty(string type) =>
        throw new InvalidOperationException($"The residual stack holds no {type}: more was popped than pushed.");
}

using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace AutoDiff.Conformance;

/// <summary>
/// Calls static methods whose parameters reflection cannot pass: an array stands for a span, and what a method leaves in <c>ref</c> and <c>out</c>
/// parameters comes back in the arguments.
/// </summary>
internal static class Invoker
{
    // Weak, since assemblies of tests are collected.
    private static readonly ConditionalWeakTable<MethodInfo, Func<object?[], object?>> Compiled = [];

    public static object? Invoke(MethodInfo method, object?[] arguments) => Compiled.GetValue(method, static m => Compile(m))(arguments);

    private static Func<object?[], object?> Compile(MethodInfo method)
    {
        var dynamic = new DynamicMethod(method.Name, typeof(object), [typeof(object[])], method.Module, skipVisibility: true);
        ILGenerator il = dynamic.GetILGenerator();
        ParameterInfo[] parameters = method.GetParameters();
        var locals = new LocalBuilder?[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            Type type = parameters[i].ParameterType;
            Type value = type.IsByRef ? type.GetElementType()! : type;
            if (type.IsByRef) locals[i] = il.DeclareLocal(value);
            if (!parameters[i].IsOut)
            {
                LoadArgument(il, i, value);
                if (type.IsByRef) il.Emit(OpCodes.Stloc, locals[i]!);
            }

            if (type.IsByRef) il.Emit(OpCodes.Ldloca, locals[i]!);
        }

        il.Emit(OpCodes.Call, method);
        if (method.ReturnType == typeof(void)) il.Emit(OpCodes.Ldnull);
        else if (method.ReturnType.IsValueType) il.Emit(OpCodes.Box, method.ReturnType);
        for (int i = 0; i < parameters.Length; i++)
        {
            if (locals[i] is not { } local) continue;
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldloc, local);
            il.Emit(OpCodes.Box, local.LocalType);
            il.Emit(OpCodes.Stelem_Ref);
        }

        il.Emit(OpCodes.Ret);
        return dynamic.CreateDelegate<Func<object?[], object?>>();
    }

    private static void LoadArgument(ILGenerator il, int index, Type type)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, index);
        il.Emit(OpCodes.Ldelem_Ref);
        if (Buffers.ElementOfSpan(type) is not { } element)
        {
            il.Emit(OpCodes.Unbox_Any, type);
            return;
        }

        Type array = element.MakeArrayType();
        il.Emit(OpCodes.Castclass, array);
        il.Emit(OpCodes.Call, type.GetMethod("op_Implicit", [array])!);
    }
}

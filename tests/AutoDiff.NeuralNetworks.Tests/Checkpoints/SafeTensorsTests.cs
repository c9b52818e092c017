using System.Buffers.Binary;

namespace AutoDiff.NeuralNetworks.Tests;

public class SafeTensorsTests
{
    [Fact]
    public void EveryTypeRoundTrips()
    {
        var writer = new SafeTensorsWriter();
        writer.SetMetadata("key", "value \"\\\u00e9😀\n");
        writer.Add<float>("f32", [2, 3], [1, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, 3.5f]);
        writer.Add<double>("f64", [1], [Math.PI]);
        writer.Add<int>("i32", [2], [int.MinValue, 7]);
        writer.Add<long>("i64", [1], [long.MaxValue]);
        writer.Add<byte>("u8", [3], [1, 2, 255]);
        writer.Add<Half>("f16", [2], [(Half)0.5, Half.MaxValue]);
        writer.Add<float>("scalar", [], [42]);
        writer.Add<float>("empty", [0, 5], []);
        using var file = SafeTensorsFile.FromBytes(Bytes(writer));

        Assert.Equal("value \"\\\u00e9😀\n", file.Metadata["key"]);
        Assert.Equal([1, -0f, float.NaN, float.PositiveInfinity, float.Epsilon, 3.5f], Read<float>(file, "f32"));
        Assert.Equal([2L, 3], file["f32"].Shape.AsEnumerable());
        Assert.Equal([Math.PI], Read<double>(file, "f64"));
        Assert.Equal([int.MinValue, 7], Read<int>(file, "i32"));
        Assert.Equal([long.MaxValue], Read<long>(file, "i64"));
        Assert.Equal([1, 2, 255], Read<byte>(file, "u8"));
        Assert.Equal([(Half)0.5, Half.MaxValue], Read<Half>(file, "f16"));
        Assert.Equal([42f], Read<float>(file, "scalar"));
        Assert.Empty(file["scalar"].Shape);
        Assert.Empty(Read<float>(file, "empty"));
    }

    [Fact]
    public void FloatingPointTypesConvertToSingle()
    {
        using var file = SafeTensorsFile.FromBytes(File("""
            {"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"F16","shape":[1],"data_offsets":[4,6]},
             "c":{"dtype":"F64","shape":[1],"data_offsets":[6,14]},"d":{"dtype":"I8","shape":[2],"data_offsets":[14,16]}}
            """, [0x80, 0x3F, 0x20, 0xC0, 0x00, 0x3E, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 1, 2]));
        Assert.Equal([1f, -2.5f], ReadAsSingle(file, "a"));
        Assert.Equal([1.5f], ReadAsSingle(file, "b"));
        Assert.Equal([1.5f], ReadAsSingle(file, "c"));
        Assert.Contains("tensor 'd': expected F32, F16, BF16 or F64, got I8",
            Assert.Throws<SafeTensorsException>(() => ReadAsSingle(file, "d")).Message);
        byte[] raw = new byte[2];
        file.ReadBytes("d", raw);
        Assert.Equal([1, 2], raw);
    }

    [Fact]
    public void TheBytesAreThoseOfTheFormat()
    {
        var writer = new SafeTensorsWriter();
        writer.Add<byte>("t", [2], [7, 9]);
        byte[] bytes = Bytes(writer);
        ulong header = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0u, header % 8);
        Assert.Equal("""{"t":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""",
            System.Text.Encoding.UTF8.GetString(bytes, 8, (int)header).TrimEnd(' '));
        Assert.Equal([7, 9], bytes[(8 + (int)header)..]);
    }

    [Fact]
    public void ErrorsOfReadersNameFileTensorAndLengths()
    {
        var writer = new SafeTensorsWriter();
        writer.Add<float>("w", [2], [1, 2]);
        using var file = SafeTensorsFile.FromBytes(Bytes(writer), "model.safetensors");
        string Message(Action action) => Assert.Throws<SafeTensorsException>(action).Message;
        Assert.Equal("model.safetensors: tensor 'x': is not in the file, which has 1 tensors.", Message(() => Read<float>(file, "x")));
        Assert.Equal("model.safetensors: tensor 'w': has 2 elements, but the destination 3.", Message(() => file.Read("w", new float[3])));
        Assert.Equal("model.safetensors: tensor 'w': expected elements of F64, got F32.", Message(() => file.Read("w", new double[2])));
    }

    [Fact]
    public void WritersRefuseWhatReadersWould()
    {
        var writer = new SafeTensorsWriter();
        writer.Add<float>("w", [1], [1]);
        Assert.Throws<ArgumentException>(() => writer.Add<float>("w", [1], [1]));
        Assert.Throws<ArgumentException>(() => writer.Add<float>("__metadata__", [1], [1]));
        Assert.Throws<ArgumentException>(() => writer.Add<float>("v", [2], [1]));
        Assert.Throws<ArgumentException>(() => writer.Add<float>("v", [-1, -1], [1]));
        Assert.Throws<OverflowException>(() => writer.Add<float>("v", [long.MaxValue, 2], []));
    }

    [Fact]
    public void SavingReplacesAsAWhole()
    {
        using var folder = new TemporaryFolder();
        var writer = new SafeTensorsWriter();
        writer.Add<float>("w", [1], [1]);
        string path = folder.File("m.safetensors"), taken = folder.File("folder");
        System.IO.File.WriteAllText(path, new string('x', 10_000));
        writer.Save(path);
        using (var file = SafeTensorsFile.Open(path)) Assert.Equal([1f], Read<float>(file, "w"));

        Directory.CreateDirectory(taken);
        Assert.ThrowsAny<Exception>(() => writer.Save(taken)); // the rename fails
        Assert.ThrowsAny<IOException>(() => writer.Save(folder.File("missing/m.safetensors")));
        Assert.Equal([path], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)); // nothing temporary is left
    }

    internal static byte[] File(string header, byte[] data)
    {
        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(header), bytes = new byte[8 + utf8.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)utf8.Length);
        utf8.CopyTo(bytes, 8);
        data.CopyTo(bytes, 8 + utf8.Length);
        return bytes;
    }

    internal static byte[] Bytes(SafeTensorsWriter writer)
    {
        using var stream = new MemoryStream();
        writer.Write(stream);
        return stream.ToArray();
    }

    private static T[] Read<T>(SafeTensorsFile file, string name) where T : unmanaged
    {
        var values = new T[file[name].Length];
        file.Read(name, values);
        return values;
    }

    private static float[] ReadAsSingle(SafeTensorsFile file, string name)
    {
        var values = new float[file[name].Length];
        file.ReadAsSingle(name, values);
        return values;
    }
}

namespace AutoDiff.NeuralNetworks.Tests;

public class HostileSafeTensorsTests
{
    [Theory]
    // Layout
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}""", 8, "ends at byte 12 of the data, but the file has 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "'a': F32 [3] takes 12 bytes, but data_offsets [0, 8] 8")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]}}""", 4, "lap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[1],"data_offsets":[5,6]}}""", 6, "hole")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[1,5]}}""", 5, "'a': begins at byte 1, but the data before it ends at 0")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 6, "tensors end at byte 4 of the data, but the file has 6")]
    [InlineData("""{}""", 1, "the tensors end at byte 0")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}""", 4, "data_offsets: expected begin <= end, got [4, 0]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4,4]}}""", 4, "got [0, 4, 4]")]
    // Numbers
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "more bytes than 2^63")]
    [InlineData("""{"a":{"dtype":"F64","shape":[1152921504606846976],"data_offsets":[0,0]}}""", 0, "more bytes than 2^63")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}""", 4, "shape[0]: expected an integer in [0, 2^63), got -4")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775808],"data_offsets":[0,4]}}""", 4, "shape[0]: expected an integer")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4.5],"data_offsets":[0,4]}}""", 4, "got 4.5")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,1e99]}}""", 4, "data_offsets[1]: expected an integer")]
    [InlineData("""{"a":{"dtype":"U8","shape":"4","data_offsets":[0,4]}}""", 4, "shape: expected an array of integers, got String")]
    [InlineData("""{"a":{"dtype":"U8","shape":[[4]],"data_offsets":[0,4]}}""", 4, "shape[0]")]
    // Names and fields
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{}}""", 0, "'a': is listed twice")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"I8","shape":[2],"data_offsets":[0,2]}}""", 2, "'dtype' is listed twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2],"evil":1}}""", 2, "unknown field 'evil'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2]}}""", 2, "has no data_offsets")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,2]}}""", 2, "has no dtype")]
    [InlineData("""{"a":{"dtype":"Bool","shape":[2],"data_offsets":[0,2]}}""", 2, "unknown dtype 'Bool'")]
    [InlineData("""{"a":{"dtype":"5","shape":[2],"data_offsets":[0,2]}}""", 2, "unknown dtype '5'")]
    [InlineData("""{"a":{"dtype":5,"shape":[2],"data_offsets":[0,2]}}""", 2, "unknown dtype Number")]
    [InlineData("""{"a":[1]}""", 0, "'a': expected an object, got StartArray")]
    [InlineData("""{"__metadata__":{"k":1}}""", 0, "'k': expected a string, got Number")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", 0, "'k' is listed twice")]
    [InlineData("""{"__metadata__":[]}""", 0, "expected an object of strings")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "is listed twice")]
    // JSON
    [InlineData("", 0, "does not begin with '{'")]
    [InlineData(" {}", 0, "does not begin with '{'")]
    [InlineData("[]", 0, "does not begin with '{'")]
    [InlineData("{", 0, "not valid JSON")]
    [InlineData("{}x", 0, "not valid JSON")]
    [InlineData("{}{}", 0, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2,],"data_offsets":[0,2]}}""", 2, "not valid JSON")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2, "not valid JSON")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{}}}}}}""", 0, "")]
    public void EveryRuleHasItsError(string header, int dataLength, string expected)
    {
        var error = Assert.Throws<SafeTensorsException>(
            () => SafeTensorsFile.FromBytes(SafeTensorsTests.File(header, new byte[dataLength]), "evil.safetensors"));
        Assert.StartsWith("evil.safetensors: ", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData(new byte[0], "expected at least 8 bytes, got 0")]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0 }, "expected at least 8 bytes, got 7")]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 123, 125 }, "the header has 3 bytes, but only 2 follow")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 123, 125 }, "at most 100000000 are allowed")]
    [InlineData(new byte[] { 1, 225, 245, 5, 0, 0, 0, 0, 123, 125 }, "the header has 100000001 bytes; at most 100000000 are allowed")]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 123, 0xFF, 125 }, "not valid JSON")]
    public void LengthsAreChecked(byte[] bytes, string expected) =>
        Assert.Contains(expected, Assert.Throws<SafeTensorsException>(() => SafeTensorsFile.FromBytes(bytes)).Message);

    [Fact]
    public void TrailingSpacesAndEmptyTensorsAreFine()
    {
        using var file = SafeTensorsFile.FromBytes(SafeTensorsTests.File(
            """
            {"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"F32","shape":[0,9223372036854775807,3],"data_offsets":[0,0]},
             "c":{"dtype":"F32","shape":[0],"data_offsets":[2,2]}}      
            """, [1, 2]));
        Assert.Equal(["a", "b", "c"], file.Tensors.Select(t => t.Name));
    }

    /// <summary>Whatever one does to a file, the answer is a valid file or that one exception, and what is valid can be read.</summary>
    [Fact]
    public void MutatedFilesNeverDoAnythingElse()
    {
        var writer = new SafeTensorsWriter();
        writer.SetMetadata("step", "12");
        writer.Add<float>("layer.weight", [2, 3], [1, 2, 3, 4, 5, 6]);
        writer.Add<long>("ids", [2], [7, 8]);
        writer.Add<byte>("flags", [5], [1, 0, 1, 0, 1]);
        byte[] original = SafeTensorsTests.Bytes(writer);
        var random = new CounterRandom(2024);
        int valid = 0, refused = 0;
        for (ulong i = 0; i < 20_000; i++)
        {
            byte[] bytes = Mutate(original, random with { Stream = i });
            try
            {
                using var file = SafeTensorsFile.FromBytes(bytes);
                foreach (var tensor in file.Tensors) file.ReadBytes(tensor.Name, new byte[tensor.ByteLength]);
                valid++;
            }
            catch (SafeTensorsException)
            {
                refused++;
            }
        }
        Assert.True(valid > 500, $"only {valid} valid: the mutations do not reach the data");
        Assert.True(refused > 1000, $"only {refused} refused: the mutations do not reach the header");
    }

    private static byte[] Mutate(byte[] original, CounterRandom random)
    {
        var bytes = original.ToList();
        ulong draw = 0;
        long edits = 1 + random.Below(3, draw++);
        for (long edit = 0; edit < edits && bytes.Count > 0; edit++)
        {
            int at = (int)random.Below(bytes.Count, draw++);
            byte value = "{}[]\",:0123456789-e.\\ \0\u00ff"u8[(int)random.Below(25, draw++)];
            switch (random.Below(5, draw++))
            {
                case 0: bytes[at] = value; break;
                case 1: bytes[at] ^= (byte)(1 << (int)random.Below(8, draw++)); break;
                case 2: bytes.Insert(at, value); break;
                case 3: bytes.RemoveAt(at); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }
        return [.. bytes];
    }
}

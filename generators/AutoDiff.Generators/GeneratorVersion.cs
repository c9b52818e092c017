namespace AutoDiff.Generators;

/// <summary>What generated code says it was written by.</summary>
internal static class GeneratorVersion
{
    public const string Text = "0.1.0";
}

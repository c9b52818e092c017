namespace AutoDiff.Generators.Pipeline;

/// <summary>Names of the pipeline's steps, for tests that watch what is computed anew.</summary>
internal static class TrackingNames
{
    /// <summary>Methods, lowered: new whenever anything in the compilation changes, mostly equal to what they were.</summary>
    public const string Methods = "Methods";

    /// <summary>The generated files, written only where a method's model has changed.</summary>
    public const string Files = "MethodFiles";

    /// <summary>The types that hold derivative rules.</summary>
    public const string Rules = "Rules";

    /// <summary>What is wrong with methods.</summary>
    public const string Problems = "MethodProblems";
}

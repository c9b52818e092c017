using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary>Stands in where the library was built without its language models.</summary>
internal static class ModelFactory
{
    public static ILanguageModel Create(LanguageModelConfig config, ulong seed) =>
        throw new UserError("this build of the library has no language models.");
}

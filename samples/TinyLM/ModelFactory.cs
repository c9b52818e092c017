using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary>Where the models of this program come from.</summary>
internal static class ModelFactory
{
    public static ILanguageModel Create(LanguageModelConfig config, ulong seed) => LanguageModels.Create(config, seed);
}

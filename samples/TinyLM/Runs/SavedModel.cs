using System.Globalization;
using AutoDiff.NeuralNetworks;

namespace TinyLM.Cli;

/// <summary>A model, its tokenizer, and the run it comes from: what a checkpoint of this program holds.</summary>
internal sealed record SavedModel(ILanguageModel Model, ITokenizer Tokenizer, RunSettings Settings, long Step)
{
    private const string ModelKey = "model", TokenizerKey = "tokenizer", RunKey = "run", StepKey = "step";

    /// <summary>Writes the checkpoint, at once or not at all.</summary>
    public void Save(string path, Optimizer optimizer) => Checkpoint.Save(path, Model.Parameters, optimizer,
    [
        KeyValuePair.Create(ModelKey, Model.Config.ToJson()),
        KeyValuePair.Create(TokenizerKey, Tokenizer.ToJson()),
        KeyValuePair.Create(RunKey, Settings.ToJson()),
        KeyValuePair.Create(StepKey, Step.ToString(CultureInfo.InvariantCulture)),
    ]);

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="createModel">Makes the model, whose parameters are then overwritten.</param>
    /// <param name="createOptimizer">Makes the optimizer, whose state is then overwritten; null where it is not needed.</param>
    /// <exception cref="UserError">The file is missing, damaged or of another program.</exception>
    public static SavedModel Load(string path, Func<LanguageModelConfig, ulong, ILanguageModel> createModel,
                                  Func<ILanguageModel, Optimizer>? createOptimizer = null)
    {
        if (!File.Exists(path)) throw new UserError($"{path}: there is no such checkpoint.");
        try
        {
            using var checkpoint = Checkpoint.Open(path);
            var config = LanguageModelConfig.FromJson(checkpoint.Require(ModelKey));
            var tokenizer = Tokenizers.FromJson(checkpoint.Require(TokenizerKey));
            var settings = RunSettings.FromJson(checkpoint.Require(RunKey));
            if (!long.TryParse(checkpoint.Require(StepKey), NumberStyles.None, CultureInfo.InvariantCulture, out long step))
                throw new FormatException($"'{StepKey}' is not a number of steps.");
            if (tokenizer.VocabularySize != config.VocabularySize)
                throw new FormatException(FormattableString.Invariant(
                    $"the tokenizer has {tokenizer.VocabularySize} tokens, the model {config.VocabularySize}."));
            var model = createModel(config, settings.Seed);
            checkpoint.LoadParameters(model.Parameters);
            if (createOptimizer is not null) checkpoint.LoadOptimizer(createOptimizer(model));
            return new SavedModel(model, tokenizer, settings, step);
        }
        catch (Exception e) when (
            e is FormatException or TokenizationException or ArgumentException or OverflowException or OutOfMemoryException)
        {
            throw new UserError($"{path}: {e.Message}", e);
        }
    }
}

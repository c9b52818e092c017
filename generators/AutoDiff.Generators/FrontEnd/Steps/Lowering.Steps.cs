using Microsoft.CodeAnalysis;

namespace AutoDiff.Generators.FrontEnd;

internal sealed partial class Lowering
{
    /// <summary>Opens the step of a statement or condition; inside an inlined callee the step of the call goes on.</summary>
    private void BeginStep(SyntaxNode at, params SyntaxNodeOrToken[] parts) => BeginStep(at, StepText.Of(parts));

    private void BeginStep(SyntaxNode at, string text)
    {
        if (_frame.IsInlined) return;
        _steps.Add(text);
        _locations.AddStep(at.GetLocation());
        _builder.Step = _steps.Count;
    }

    /// <summary>Takes back the step of a statement that computed nothing.</summary>
    private void DropEmptyStep()
    {
        if (_frame.IsInlined || _builder.Body.Any(i => i.Step == _steps.Count)) return;
        _steps.RemoveAt(_steps.Count - 1);
        _locations.RemoveLastStep();
    }
}

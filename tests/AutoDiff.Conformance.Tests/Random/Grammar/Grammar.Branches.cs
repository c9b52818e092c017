namespace AutoDiff.Conformance.RandomPrograms;

internal sealed partial class Grammar
{
    private Node Branch(Scope scope)
    {
        Node Text(Code code) => new(Kind.Statement, code);
        return Pick(
            (4, () => Text($"if ({Truth(scope, 2)})\n{Block(scope.Inner())}")),
            (4, () => Text($"if ({Truth(scope, 2)})\n{Block(scope.Inner())}\nelse\n{Block(scope.Inner())}")),
            (1, () => Text($"if ({Truth(scope, 1)})\n{Block(scope.Inner())}\nelse if ({Truth(scope, 1)})\n{Block(scope.Inner())}\nelse\n{Block(scope.Inner())}")),
            (1, () => Text($"if ({Truth(scope, 1)})\n{{\n}}\nelse\n{Block(scope.Inner())}")),
            (1, () => Text($"{Block(scope.Inner())}")),
            (2, () => Text($"switch ({Integer(scope, 1)} % 4)\n{{\ncase 0:\ncase 3:\n{Block(scope.Case())}\nbreak;\ncase 1:\n{Block(scope.Case())}\nbreak;\ndefault:\n{Block(scope.Case())}\nbreak;\n}}")),
            (1, () => Text($"switch ({Integer(scope, 1)})\n{{\ncase 1:\n{Block(scope.Case())}\ngoto case 2;\ncase 2:\n{Block(scope.Case())}\nbreak;\ncase > 3 when {Truth(scope, 0)}:\n{Block(scope.Case())}\nbreak;\n}}")));
    }
}

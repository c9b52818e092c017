namespace AutoDiff.Conformance.RandomPrograms;

/// <summary>What a piece of a program is: pieces of one kind may stand for each other.</summary>
internal enum Kind
{
    /// <summary>The whole.</summary>
    Program,

    /// <summary>Members or statements, one below the other: each can be left out.</summary>
    List,

    /// <summary>A member of the class.</summary>
    Member,

    Statement,

    /// <summary>A <c>double</c>.</summary>
    Number,

    /// <summary>A <c>float</c>.</summary>
    Single,

    /// <summary>An <c>int</c> that is not negative.</summary>
    Integer,

    /// <summary>A <c>bool</c>.</summary>
    Truth,

    /// <summary>A tensor.</summary>
    Tensor,

    /// <summary>An expression of another type.</summary>
    Other,
}

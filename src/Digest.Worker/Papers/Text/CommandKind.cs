namespace Digest.Worker.Papers.Text;

/// <summary>What a TeX command does to the text around it; the second column of <c>Tables/commands.txt</c>, in small letters there.</summary>
internal enum CommandKind
{
    /// <summary>A sign that clings to its neighbours: α, ∞. TeX eats the space after it.</summary>
    Letter,

    /// <summary>≤, ∈, →: a space on both sides where both sides have something.</summary>
    Relation,

    /// <summary>×, ±: as the author spaced it.</summary>
    Binary,

    /// <summary>∑, ∫.</summary>
    Large,

    /// <summary>log, max: a word, so a space parts it from other words.</summary>
    Operator,

    Open,
    Close,

    /// <summary>A sign in running text; the space after it is the author's.</summary>
    Symbol,

    /// <summary>A letter of a language: ø, ß. TeX eats the space after it.</summary>
    Glyph,

    Space,

    /// <summary>One argument, which stays and is read as what is around it.</summary>
    Unwrap,

    /// <summary>One argument, which stays and is running text even inside a formula.</summary>
    Upright,

    /// <summary>One argument that is a formula wherever it stands.</summary>
    Formula,

    /// <summary>One argument that is the name of an operator.</summary>
    Word,

    Lower,
    Raise,

    /// <summary>One argument in blackboard letters.</summary>
    Double,

    /// <summary>One argument below an accent; the value is the combining character.</summary>
    Accent,

    Fraction,
    Binomial,
    Root,
    Modulo,
    Link,
    Address,

    /// <summary>A citation whose keys say nothing to a reader: it goes, and the tie before it.</summary>
    Citation,

    /// <summary>A citation that is part of the sentence: its key stays, for want of better.</summary>
    Key,

    Note,

    /// <summary>Two arguments, the second stays.</summary>
    Second,

    /// <summary>A number and its unit.</summary>
    Quantity,

    Codepoint,

    /// <summary>A number in the font Zapf Dingbats: ✓, ❶.</summary>
    Dingbat,

    /// <summary>Goes with its argument.</summary>
    Drop,

    /// <summary>Goes with its argument and leaves a space.</summary>
    Gap,

    /// <summary>Goes; <c>\left</c> and <c>\right</c> take an empty delimiter (a full stop) with them.</summary>
    Delimiter,

    Vanish,

    /// <summary>Changes the type face to the end of the group; it goes with the space after it.</summary>
    Font,

    /// <summary>Strikes out the relation after it.</summary>
    Negation,
}

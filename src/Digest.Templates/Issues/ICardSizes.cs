namespace Digest.Templates.Issues;

/// <summary>The papers of an issue and what each would take. Two real ones: cards written for this issue, and finished ones.</summary>
internal interface ICardSizes
{
    int Count { get; }

    /// <summary>Encoded octets of HTML.</summary>
    int Size(int position, ShownAs shape);
}

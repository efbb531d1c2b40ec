namespace Digest.Templates.Cards;

/// <summary>A paper written once for both parts; what differs between readers comes into its places.</summary>
internal sealed class FinishedCard(Pieces html, TextPieces text)
{
    public Pieces Html { get; } = html;

    public TextPieces Text { get; } = text;

    /// <summary>Octets of memory, roughly.</summary>
    public int Size => Html.Size + Text.Size;
}

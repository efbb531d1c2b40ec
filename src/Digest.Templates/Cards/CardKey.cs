using Digest.Templates.Languages;

namespace Digest.Templates.Cards;

/// <summary>
/// What a card depends on: all of it except the paper's number, beyond its count of digits, and the words of the interest. A paper
/// that changed is another card.
/// </summary>
/// <param name="AbstractLength">Characters of the abstract to aim at; 0 for a row.</param>
internal readonly record struct CardKey(UInt128 Content, Language Language, ShownAs Shape, int AbstractLength, int Digits)
{
    /// <summary>Octets of memory, roughly.</summary>
    public const int Size = 160;

    public override int GetHashCode() => (int)(ulong)Content ^ (int)Shape ^ AbstractLength ^ Digits << 16 ^ Language.Tag[0] << 20;

    /// <summary>The fingerprint of all that a paper shows.</summary>
    public static UInt128 ContentOf(IssuePaper paper)
    {
        var content = default(Fingerprint);
        content.Add(paper.Id);
        content.Add(paper.Title);
        content.Add(paper.Abstract);
        content.Add(paper.Authors);
        content.Add(paper.Categories);
        content.Add(paper.AnnounceType);
        content.Add(paper.Date?.DayNumber ?? -1, paper.Upvotes ?? long.MinValue, paper.FollowedAuthors.Count);
        content.Add(paper.Url);
        content.Add(paper.PdfUrl);
        content.Add(paper.CodeUrl);
        content.Add(paper.Language);
        foreach (var author in paper.FollowedAuthors)
            content.Add(author);
        AddReason(ref content, paper.Reason);
        return content.Value;
    }

    private static void AddReason(ref Fingerprint content, IssueReason? reason)
    {
        content.Add(reason?.Field);
        if (reason is null)
            return;
        content.Add(reason.Interest.Length == 0 ? 0 : 1, reason.Hits.Count);
        for (var i = 0; i < reason.Hits.Count; i++)
        {
            var hit = reason.Hits[i];
            content.Add(hit.Start, hit.Length, hit.Field switch { "title" => 1, "abstract" => 2, _ => 0 });
        }
    }
}

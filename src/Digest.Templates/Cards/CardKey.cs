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
    /// <param name="print">What <see cref="PrintOf"/> says of it.</param>
    public static UInt128 ContentOf(IssuePaper paper, UInt128 print)
    {
        var content = default(Fingerprint);
        content.Add((long)(ulong)(print >> 64), (long)(ulong)print, paper.FollowedAuthors.Count, paper.Reason?.Hits.Count ?? -1);
        for (var i = 0; i < paper.FollowedAuthors.Count; i++)
            content.Add(paper.FollowedAuthors[i]);
        if (paper.Reason is not { } reason)
            return content.Value;
        content.Add(reason.Field);
        content.Add(reason.Interest.Length == 0 ? 0 : 1);
        for (var i = 0; i < reason.Hits.Count; i++)
        {
            var hit = reason.Hits[i];
            content.Add(hit.Start, hit.Length, hit.Field switch { "title" => 1, "abstract" => 2, _ => 0 });
        }

        return content.Value;
    }

    /// <summary>The fingerprint of what a paper shows to every reader alike.</summary>
    public static UInt128 PrintOf(IssuePaper paper)
    {
        var content = default(Fingerprint);
        content.Add(paper.Id);
        content.Add(paper.Title);
        content.Add(paper.Abstract);
        content.Add(paper.Authors);
        content.Add(paper.Categories);
        content.Add(paper.AnnounceType);
        content.Add(paper.Date?.DayNumber ?? -1, paper.Upvotes ?? long.MinValue);
        content.Add(paper.Url);
        content.Add(paper.PdfUrl);
        content.Add(paper.CodeUrl);
        content.Add(paper.Language);
        return content.Value;
    }
}

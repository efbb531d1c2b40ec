namespace Digest.Templates.Cards;

/// <summary>
/// All that a card depends on except the paper's number, beyond its count of digits, and the words of the interest. Two keys are equal
/// only where the whole content is: a paper that changed is another card.
/// </summary>
/// <param name="AbstractLength">Characters of the abstract to aim at; 0 for a row.</param>
internal readonly record struct CardKey(IssuePaper Paper, string Language, ShownAs Shape, int AbstractLength, int Digits)
{
    /// <summary>Octets of memory that the key keeps alive, roughly.</summary>
    public int Size => 300 + 2 * (Paper.Title.Length + Paper.Abstract.Length) + Paper.Authors.Count * 60 + (Paper.Reason?.Hits.Count ?? 0) * 40;

    public bool Equals(CardKey other) =>
        Shape == other.Shape && AbstractLength == other.AbstractLength && Digits == other.Digits && Language == other.Language
        && (ReferenceEquals(Paper, other.Paper) || Same(Paper, other.Paper));

    public override int GetHashCode()
    {
        var hits = Paper.Reason?.Hits;
        var first = hits is { Count: > 0 } ? hits[0] : null;
        return HashCode.Combine(Paper.Id, Language, Shape, AbstractLength, Digits, hits?.Count ?? -1, first?.Start ?? -1, Paper.FollowedAuthors.Count);
    }

    private static bool Same(IssuePaper a, IssuePaper b) =>
        a.Id == b.Id && a.Title == b.Title && a.Abstract == b.Abstract && a.AnnounceType == b.AnnounceType && a.Date == b.Date
        && a.Upvotes == b.Upvotes && a.Url == b.Url && a.PdfUrl == b.PdfUrl && a.CodeUrl == b.CodeUrl && a.Language == b.Language
        && Same(a.Reason, b.Reason) && Same(a.FollowedAuthors, b.FollowedAuthors) && Same(a.Categories, b.Categories) && Same(a.Authors, b.Authors);

    private static bool Same(IssueReason? a, IssueReason? b) =>
        a is null || b is null
            ? ReferenceEquals(a, b)
            : a.Field == b.Field && a.Interest.Length == 0 == (b.Interest.Length == 0) && Same(a.Hits, b.Hits);

    private static bool Same<T>(IReadOnlyList<T> a, IReadOnlyList<T> b)
        where T : IEquatable<T>
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!a[i].Equals(b[i]))
                return false;
        }

        return true;
    }
}

using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>OAI's common format, unqualified Dublin Core: everything is a repeated string.</summary>
internal static class OaiDublinCore
{
    private const string CommentMark = "Comment:";

    public static PaperEntry? Entry(FeedElement dc, string? header)
    {
        var identifiers = dc.Children("identifier").Select(identifier => identifier.Value.Trim()).ToList();
        var arxiv = new[] { header }.Concat(identifiers).Select(ArxivId.Parse).OfType<ArxivId>().Cast<ArxivId?>().FirstOrDefault();
        var doi = identifiers.Append(header).Select(Doi.Bare).FirstOrDefault(found => found is not null && ArxivId.Parse(found) is null);
        if ((arxiv?.Value ?? doi ?? header ?? identifiers.FirstOrDefault()) is not { Length: > 0 } id)
            return null;
        var said = dc.Children("description").Select(description => description.Value.Trim()).ToList();
        var comment = said.FirstOrDefault(text => text.StartsWith(CommentMark, StringComparison.Ordinal)) is { } marked ? ReadableText.Title(marked[CommentMark.Length..]) : null;
        var text = ReadableText.Abstract(said.FirstOrDefault(text => !text.StartsWith(CommentMark, StringComparison.Ordinal)) ?? "");
        var dates = dc.Children("date").Select(date => Dates.Parse(date.Value)).OfType<DateTimeOffset>().Order().ToList();
        return new PaperEntry
        {
            Id = id,
            Title = ReadableText.Title(dc.Child("title") ?? ""),
            Abstract = text,
            Authors = AuthorNames.Clean(dc.Children("creator").Select(creator => AuthorNames.Forward(creator.Value))),
            Categories = [.. dc.Children("subject").Select(subject => ReadableText.Title(subject.Value)).Where(subject => subject.Length > 0).Distinct()],
            Published = dates.Count > 0 ? dates[0] : null,
            Updated = dates.Count > 1 ? dates[^1] : null,
            Doi = doi,
            Url = arxiv is { } known ? $"https://arxiv.org/abs/{known.Value}" : identifiers.FirstOrDefault(WebAddress.Is) ?? (doi is null ? null : $"https://doi.org/{doi}"),
            Pdf = arxiv is { } same ? $"https://arxiv.org/pdf/{same.Value}" : null,
            Comment = comment,
            Withdrawn = arxiv is not null && Withdrawal.Says(text, comment),
            Ids = EntryIds.Of(("arxiv", arxiv?.Value), ("doi", doi)),
        };
    }
}

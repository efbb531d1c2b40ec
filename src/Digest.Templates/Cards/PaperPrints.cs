using System.Runtime.CompilerServices;

namespace Digest.Templates.Cards;

/// <summary>
/// Fingerprints of the papers seen last. A day's papers are the same objects in most issues of the day: where each part is the very
/// object that it was, nothing is read again. Texts do not change, and lists of a paper that is shown are not changed any more.
/// </summary>
internal sealed class PaperPrints
{
    // A power of two. A day has some hundred papers that somebody gets; one that finds its place taken is read again.
    private const int Places = 2048;

    private readonly Seen?[] _seen = new Seen?[Places];

    public UInt128 Of(IssuePaper paper)
    {
        ref var place = ref _seen[RuntimeHelpers.GetHashCode(paper.Title) & (Places - 1)];
        if (place is { } seen && seen.IsSame(paper))
            return seen.Print;
        var read = new Seen(paper);
        place = read;
        return read.Print;
    }

    private sealed class Seen(IssuePaper paper)
    {
        // Not the whole paper: it holds its reader's words.
        private readonly string _id = paper.Id;
        private readonly string _title = paper.Title;
        private readonly string _abstract = paper.Abstract;
        private readonly IReadOnlyList<string> _authors = paper.Authors;
        private readonly IReadOnlyList<string> _categories = paper.Categories;
        private readonly string _type = paper.AnnounceType;
        private readonly DateOnly? _date = paper.Date;
        private readonly int? _upvotes = paper.Upvotes;
        private readonly string? _url = paper.Url;
        private readonly string? _pdfUrl = paper.PdfUrl;
        private readonly string? _codeUrl = paper.CodeUrl;
        private readonly string _language = paper.Language;

        public UInt128 Print { get; } = CardKey.PrintOf(paper);

        public bool IsSame(IssuePaper paper) =>
            ReferenceEquals(_title, paper.Title) && ReferenceEquals(_abstract, paper.Abstract)
            && ReferenceEquals(_authors, paper.Authors) && ReferenceEquals(_categories, paper.Categories)
            && _date == paper.Date && _upvotes == paper.Upvotes
            && ReferenceEquals(_url, paper.Url) && ReferenceEquals(_pdfUrl, paper.PdfUrl) && ReferenceEquals(_codeUrl, paper.CodeUrl)
            && ReferenceEquals(_language, paper.Language) && _type == paper.AnnounceType && _id == paper.Id;
    }
}

using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>PubMed's efetch answers (https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html): articles and book chapters.</summary>
internal static class PubmedFormat
{
    /// <exception cref="AnswerException">An error, or not such an answer.</exception>
    public static void Read(Stream answer, Reading reading)
    {
        FeedXml.Read(answer, reading,
            root => _ = root.LocalName is "PubmedArticleSet" or "PubmedBookArticleSet" or "PubmedArticle" or "PubmedBookArticle"
                ? true
                : throw new AnswerException(root.LocalName == "eSearchResult" ? "a list of ids (esearch), not articles (efetch)" : $"not PubMed articles: the root element is {root.LocalName}"),
            reader => reader.LocalName is "PubmedArticle" or "PubmedBookArticle",
            element => Take(reading, element), allowDoctype: true);
    }

    private static void Take(Reading reading, FeedElement set)
    {
        var book = set.Find("BookDocument");
        var element = book ?? set.Find("MedlineCitation") ?? new FeedElement("MedlineCitation");
        var article = book ?? element.Find("Article") ?? new FeedElement("Article");
        if (element.Child("PMID") is not { } id)
        {
            reading.PutAside("no PMID", $"record {reading.Count + 1}");
            return;
        }
        if (ReadableText.Title(Title(article)) is not { Length: > 0 } title)
        {
            reading.PutAside("no title", id);
            return;
        }
        var doi = Doi.Bare(article.Children("ELocationID").FirstOrDefault(place => place.Attribute("EIdType") == "doi")?.Value
            ?? (book ?? set.Find("PubmedData"))?.Find("ArticleIdList")?.Children("ArticleId").FirstOrDefault(place => place.Attribute("IdType") == "doi")?.Value);
        reading.Add(new PaperEntry
        {
            Id = id,
            Title = title,
            Abstract = ReadableText.Abstract(string.Join(' ', (article.Find("Abstract")?.Children("AbstractText") ?? []).Select(Part))),
            Authors = AuthorNames.Clean(article.Children("AuthorList").Where(list => list.Attribute("Type") != "editors").SelectMany(list => list.Children("Author")).Select(Name)),
            Categories = [.. Categories(element).Distinct()],
            Published = PubmedDate.Of(article),
            Updated = PubmedDate.Parts(element.Find("DateRevised")),
            Doi = doi,
            Url = $"https://pubmed.ncbi.nlm.nih.gov/{id}/",
            Withdrawn = article.Find("PublicationTypeList")?.Children("PublicationType").Any(type => type.Value == "Retracted Publication") == true,
            Ids = EntryIds.Of(("pmid", id), ("doi", doi)),
        });
    }

    private static string Title(FeedElement article) =>
        article.Child("ArticleTitle") ?? article.Child("VernacularTitle") ?? article.Find("Book")?.Child("BookTitle") ?? "";

    private static string Part(FeedElement part) =>
        part.Attribute("Label") is { Length: > 0 } label && label != "UNLABELLED" ? $"{label}: {part.Value.Trim()}" : part.Value.Trim();

    private static string? Name(FeedElement author) => author.Child("CollectiveName")
        ?? string.Join(' ', new[] { author.Child("ForeName") ?? author.Child("Initials"), author.Child("LastName"), author.Child("Suffix") }.Where(part => part is not null));

    private static IEnumerable<string> Categories(FeedElement citation) =>
        (citation.Find("MeshHeadingList")?.Children("MeshHeading").Select(heading => heading.Child("DescriptorName")) ?? [])
            .Concat(citation.Children("KeywordList").SelectMany(list => list.Children("Keyword")).Select(keyword => (string?)keyword.Value))
            .Select(word => ReadableText.Title(word ?? "")).Where(word => word.Length > 0);
}

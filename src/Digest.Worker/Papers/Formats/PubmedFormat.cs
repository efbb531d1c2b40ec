using System.Xml.Linq;
using Digest.Worker.Papers.Text;

namespace Digest.Worker.Papers.Formats;

/// <summary>PubMed's efetch answers (https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html): articles and book chapters.</summary>
internal static class PubmedFormat
{
    /// <exception cref="AnswerException">An error, or not such an answer.</exception>
    public static Reading Read(Stream answer)
    {
        var reading = new Reading();
        FeedXml.Read(answer, reading,
            root => _ = root.LocalName is "PubmedArticleSet" or "PubmedBookArticleSet" or "PubmedArticle" or "PubmedBookArticle"
                ? true
                : throw new AnswerException(root.LocalName == "eSearchResult" ? "a list of ids (esearch), not articles (efetch)" : $"not PubMed articles: the root element is {root.LocalName}"),
            reader => reader.LocalName is "PubmedArticle" or "PubmedBookArticle",
            element => Take(reading, element), allowDoctype: true);
        return reading;
    }

    private static void Take(Reading reading, XElement set)
    {
        var book = set.Element("BookDocument");
        var element = book ?? set.Element("MedlineCitation") ?? new XElement("MedlineCitation");
        var article = book ?? element.Element("Article") ?? new XElement("Article");
        if (element.Child("PMID") is not { } id)
        {
            reading.PutAside("no PMID", $"record {reading.Entries.Count + reading.SetAside.Count + 1}");
            return;
        }
        if (ReadableText.Title(Title(article)) is not { Length: > 0 } title)
        {
            reading.PutAside("no title", id);
            return;
        }
        var doi = Doi.Bare(article.Elements("ELocationID").FirstOrDefault(place => place.Attribute("EIdType")?.Value == "doi")?.Value
            ?? (book ?? set.Element("PubmedData"))?.Element("ArticleIdList")?.Elements("ArticleId").FirstOrDefault(place => place.Attribute("IdType")?.Value == "doi")?.Value);
        reading.Add(new PaperEntry
        {
            Id = id,
            Title = title,
            Abstract = ReadableText.Abstract(string.Join(' ', (article.Element("Abstract")?.Elements("AbstractText") ?? []).Select(Part))),
            Authors = AuthorNames.Clean(article.Elements("AuthorList").Where(list => list.Attribute("Type")?.Value != "editors").SelectMany(list => list.Elements("Author")).Select(Name)),
            Categories = [.. Categories(element).Distinct()],
            Published = PubmedDate.Of(article),
            Updated = PubmedDate.Parts(element.Element("DateRevised")),
            Doi = doi,
            Url = $"https://pubmed.ncbi.nlm.nih.gov/{id}/",
            Withdrawn = article.Element("PublicationTypeList")?.Elements("PublicationType").Any(type => type.Value == "Retracted Publication") == true,
            Ids = EntryIds.Of(("pmid", id), ("doi", doi)),
        });
    }

    private static string Title(XElement article) =>
        article.Child("ArticleTitle") ?? article.Child("VernacularTitle") ?? article.Element("Book")?.Child("BookTitle") ?? "";

    private static string Part(XElement part) =>
        part.Attribute("Label")?.Value is { Length: > 0 } label && label != "UNLABELLED" ? $"{label}: {part.Value.Trim()}" : part.Value.Trim();

    private static string? Name(XElement author) => author.Child("CollectiveName")
        ?? string.Join(' ', new[] { author.Child("ForeName") ?? author.Child("Initials"), author.Child("LastName"), author.Child("Suffix") }.Where(part => part is not null));

    private static IEnumerable<string> Categories(XElement citation) =>
        (citation.Element("MeshHeadingList")?.Elements("MeshHeading").Select(heading => heading.Child("DescriptorName")) ?? [])
            .Concat(citation.Elements("KeywordList").SelectMany(list => list.Elements("Keyword")).Select(keyword => (string?)keyword.Value))
            .Select(word => ReadableText.Title(word ?? "")).Where(word => word.Length > 0);
}

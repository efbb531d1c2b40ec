using System.Xml;
using System.Xml.Linq;

namespace Digest.Bench;

/// <summary>Titles and summaries of a captured feed, whatever its dialect; a broken capture gives nothing.</summary>
internal static class FeedTexts
{
    private static readonly string[] Titles = ["title", "ArticleTitle"];
    private static readonly string[] Summaries = ["summary", "abstract", "description", "AbstractText"];

    public static List<RealText> Read(string file)
    {
        var texts = new List<RealText>();
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            var number = 0;
            foreach (var element in XDocument.Load(reader).Descendants())
            {
                var kind = Titles.Contains(element.Name.LocalName) ? "title" : Summaries.Contains(element.Name.LocalName) ? "abstract" : null;
                if (kind is not null && element.Value.Length is > 3 and < 10_000)
                    texts.Add(new RealText("feeds", $"{Path.GetFileName(file)}#{++number}", kind, element.Value));
            }
        }
        catch (XmlException)
        {
            texts.Clear();
        }

        return texts;
    }
}

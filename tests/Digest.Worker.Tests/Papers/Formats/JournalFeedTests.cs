using System.Text;
using Digest.Worker.Papers;
using Digest.Worker.Papers.Sources;

namespace Digest.Worker.Tests.Papers.Formats;

/// <summary>Feeds as publishers write them, each in its publisher's own shape: the paper comes out, not what stands around it.</summary>
public sealed class JournalFeedTests
{
    [Fact]
    public void Nature_puts_the_journal_in_front_of_the_abstract()
    {
        var entry = One(Rdf("""
            <item rdf:about="https://www.nature.com/articles/s41586-025-09999-1"><title><![CDATA[A quantum thing in <i>E. coli</i>]]></title><link>https://www.nature.com/articles/s41586-025-09999-1</link>
            <content:encoded><![CDATA[<p>Nature, Published online: 28 January 2026; <a href="https://www.nature.com/articles/s41586-025-09999-1">doi:10.1038/s41586-025-09999-1</a></p>We show that it works at 4&#8201;K.]]></content:encoded>
            <dc:creator>Ada Lovelace</dc:creator><dc:creator>Émilie du Châtelet</dc:creator><dc:identifier>doi:10.1038/s41586-025-09999-1</dc:identifier><dc:date>2026-01-28</dc:date></item>
            """));
        Assert.Equal(("10.1038/s41586-025-09999-1", "A quantum thing in E. coli", "We show that it works at 4 K.", "Ada Lovelace|Émilie du Châtelet"), (entry.Id, entry.Title, entry.Abstract, string.Join('|', entry.Authors)));
    }

    [Fact]
    public void PubMed_puts_the_citation_before_and_its_numbers_behind_the_abstract()
    {
        var entry = One(Rss("""
            <item><title>A study</title><link>https://pubmed.ncbi.nlm.nih.gov/41234567/?utm_source=x</link><guid isPermaLink="false">pubmed:41234567</guid>
            <content:encoded><![CDATA[<div><p style="color: #4aa564;">Malar J. 2026 Jan 27. doi: 10.1186/s12936-026-0001-2. Online ahead of print.</p><p><b>ABSTRACT</b></p><p>BACKGROUND: Malaria kills.</p><p>RESULTS: We cured it.</p><p>PMID:<a href="https://pubmed.ncbi.nlm.nih.gov/41234567/">41234567</a> | DOI:<a href="https://doi.org/10.1186/s12936-026-0001-2">10.1186/s12936-026-0001-2</a></p></div>]]></content:encoded>
            <dc:identifier>pmid:41234567</dc:identifier><dc:identifier>doi:10.1186/s12936-026-0001-2</dc:identifier></item>
            """));
        Assert.Equal(("10.1186/s12936-026-0001-2", "41234567", "BACKGROUND: Malaria kills. RESULTS: We cured it."), (entry.Doi, entry.Ids["pmid"], entry.Abstract));
    }

    [Theory]
    [InlineData("<p>Malar J. 2026 Jan 27. doi: 10.1186/s1. Online ahead of print.</p><p>NO ABSTRACT</p><p>PMID:41234567 | DOI:10.1186/s1</p>", "", "")]
    [InlineData("<p>Publication date: April 2026</p><p><b>Source:</b> Artificial Intelligence, Volume 352</p><p>Author(s): Ada Lovelace, Alan Turing</p>", "", "Ada Lovelace|Alan Turing")]
    [InlineData("<h2>ABSTRACT</h2><p>We made CO<sub>2</sub>.</p>", "We made CO₂.", "")]
    [InlineData("Abstract: We made it.", "We made it.", "")]
    [InlineData("Abstract argumentation is a field; Abstract Meaning Representation another.", "Abstract argumentation is a field; Abstract Meaning Representation another.", "")]
    [InlineData("Publication date: unknown. We study when books appeared.", "Publication date: unknown. We study when books appeared.", "")]
    [InlineData("arXiv:2601.00001v1 Announce Type: new Abstract: We study a thing.", "We study a thing.", "")]
    public void What_stands_around_an_abstract_is_taken_off(string description, string wanted, string authors)
    {
        var entry = One(Rss($"<item><title>A title</title><guid>1</guid><description><![CDATA[{description}]]></description></item>"));
        Assert.Equal((wanted, authors), (entry.Abstract, string.Join('|', entry.Authors)));
    }

    [Theory]
    [InlineData("Abstract We made it.", "We made it.")]
    [InlineData("Abstract Background Malaria kills.", "Background Malaria kills.")]
    [InlineData("Abstract interpretation proves programs right.", "Abstract interpretation proves programs right.")]
    [InlineData("Abstract Meaning Representation is a graph.", "Abstract Meaning Representation is a graph.")]
    public void OpenAlex_puts_the_word_in_front_of_many_abstracts(string text, string wanted)
    {
        var index = string.Join(',', text.Split(' ').Select((word, i) => $"\"{word}\":[{i}]"));
        using var answer = new MemoryStream(Encoding.UTF8.GetBytes($"{{\"results\":[{{\"id\":\"W1\",\"title\":\"A title\",\"abstract_inverted_index\":{{{index}}}}}]}}"));
        Assert.Equal(wanted, Assert.Single(SourceKinds.Find("openalex")!.Read(answer).Entries).Abstract);
    }

    [Theory]
    [InlineData("Rahimi-Balaei, M., Amiri, S., Wu, S.-R., van der Berg, J. K.", "M. Rahimi-Balaei|S. Amiri|S.-R. Wu|J. K. van der Berg")]
    [InlineData("Lovelace, A.; du Châtelet, É.", "A. Lovelace|É. du Châtelet")]
    [InlineData("Lovelace, Ada", "Ada Lovelace")]
    [InlineData("Ada Lovelace, Alan Turing, and Grace Hopper", "Ada Lovelace|Alan Turing|Grace Hopper")]
    [InlineData("Ada Lovelace; Alan Turing", "Ada Lovelace|Alan Turing")]
    [InlineData("\nAda Lovelace, \nAlan Turing\n", "Ada Lovelace|Alan Turing")]
    [InlineData("Madonna", "Madonna")]
    [InlineData("A. Lovelace, B. Turing", "A. Lovelace|B. Turing")]
    [InlineData("Li Wu, Y. Xu, Q. Li, X. Y", "Li Wu|Y. Xu|Q. Li|X. Y")]
    public void Authors_in_one_line(string creator, string wanted) =>
        Assert.Equal(wanted, string.Join('|', One(Rss($"<item><title>A title</title><guid>1</guid><dc:creator>{creator}</dc:creator></item>")).Authors));

    [Fact]
    public void ArXivs_own_feed_read_as_any_feed_says_what_it_announces()
    {
        var entry = One(Feeds.Rss(Feeds.Item("2601.00001", "A title", "cs.CL cs.AI", "cross")));
        Assert.Equal(("2601.00001", 1, AnnounceType.Cross, "We study a thing.", "cs.CL cs.AI"), (entry.Id, entry.Version, entry.AnnounceType, entry.Abstract, string.Join(' ', entry.Categories)));
    }

    [Fact]
    public void ArXivs_feeds_of_2007_name_no_category_in_the_title()
    {
        using var answer = new MemoryStream(Encoding.UTF8.GetBytes(Rdf("""<item rdf:about="http://arxiv.org/abs/hep-th/0703001"><title>A title (arXiv:hep-th/0703001v2 UPDATED)</title><link>http://arxiv.org/abs/hep-th/0703001</link><description>Text.</description></item>""")));
        var entry = Assert.Single(SourceKinds.Find("arxiv-rss")!.Read(answer).Entries);
        Assert.Equal(("hep-th/0703001", 2, "A title", AnnounceType.Replace), (entry.Id, entry.Version, entry.Title, entry.AnnounceType));
    }

    private static string Rss(string item) =>
        $"""<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel><title>x</title>{item}</channel></rss>""";

    private static string Rdf(string item) =>
        $"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns="http://purl.org/rss/1.0/"><channel><title>x</title></channel>{item}</rdf:RDF>""";

    private static PaperEntry One(string answer) => Assert.Single(SourceKinds.Find("feed")!.Read(new MemoryStream(Encoding.UTF8.GetBytes(answer))).Entries);
}

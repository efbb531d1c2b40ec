using System.Globalization;
using Digest.Worker.Papers;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Digest.Bench.Matching;

/// <summary>The yardstick: Lucene's English analyzer and BM25, any word of the query, title and abstract as one text.</summary>
internal sealed class LuceneBm25 : IDisposable
{
    private readonly RAMDirectory _directory = new();
    private readonly EnglishAnalyzer _analyzer = new(LuceneVersion.LUCENE_48);
    private readonly DirectoryReader _reader;
    private readonly IndexSearcher _searcher;

    public LuceneBm25(IEnumerable<Paper> papers)
    {
        using (var writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer)))
        {
            foreach (var paper in papers)
            {
                writer.AddDocument([new StringField("id", paper.ShortId, Field.Store.YES), new TextField("text", paper.Title + " . " + paper.Abstract, Field.Store.NO)]);
            }
        }

        _reader = DirectoryReader.Open(_directory);
        _searcher = new IndexSearcher(_reader) { Similarity = new BM25Similarity() };
    }

    public List<string> Rank(string query, int depth)
    {
        var words = new BooleanQuery();
        using (var stream = _analyzer.GetTokenStream("text", query))
        {
            var term = stream.AddAttribute<ICharTermAttribute>();
            stream.Reset();
            while (stream.IncrementToken())
            {
                words.Add(new TermQuery(new Term("text", term.ToString())), Occur.SHOULD);
            }

            stream.End();
        }

        return [.. _searcher.Search(words, depth).ScoreDocs.Select(hit => _searcher.Doc(hit.Doc).Get("id", CultureInfo.InvariantCulture))];
    }

    public void Dispose()
    {
        _reader.Dispose();
        _analyzer.Dispose();
        _directory.Dispose();
    }
}

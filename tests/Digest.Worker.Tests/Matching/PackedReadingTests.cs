using Digest.Worker.Matching;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Matching;

public sealed class PackedReadingTests
{
    [Fact]
    public void Packed_papers_score_and_stand_as_papers_that_are_read()
    {
        var (found, vocabulary) = (0, new Vocabulary());
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new RandomProfiles(seed);
            var papers = Enumerable.Range(1, 25).Select(id => random.Paper(id) with { Published = id % 3 == 0 ? DateTimeOffset.UnixEpoch.AddDays(id) : null, Announced = id % 4 == 0 ? new DateOnly(2026, 1, id) : null }).ToList();
            var readings = papers.ConvertAll(paper => new PaperReading(paper));
            var corpus = Corpus.Of(readings);
            var packed = readings.ConvertAll(reading => PackedReading.Of(reading, vocabulary));
            for (var i = 0; i < 4; i++)
            {
                var profile = random.Profile();
                foreach (var breadth in Enum.GetValues<Breadth>())
                {
                    var expected = Searching.Rank(profile, readings, breadth, corpus).Select(match => (match.Paper.Id, match.Score)).ToList();
                    var explained = Searching.Explain(profile, papers.Zip(packed), breadth, corpus);
                    Assert.Equal(Said(readings.Select(reading => Explanation.Of(profile.Interests, reading, corpus, breadth)).OfType<Match>()), Said(explained));
                    var order = Searching.Order(profile, packed, breadth, corpus);
                    Assert.Equal(expected, order);
                    found += expected.Count;
                }
            }
        }
        Assert.True(found > 1_000, $"{found}");
    }

    /// <summary>A paper of which the abstract came after it was packed is read.</summary>
    [Fact]
    public void A_text_that_changed_is_not_marked_in_the_places_of_the_old_one()
    {
        var paper = new Paper { Id = 1, WorkKey = "arxiv:1", Title = "Graph networks" };
        var packed = PackedReading.Of(new PaperReading(paper), new Vocabulary());
        var later = paper with { Abstract = "Of networks of graphs: graph networks." };
        var corpus = Corpus.Of([new PaperReading(later)]);
        var profile = Profile.Parse("graph networks");
        var said = Said(Searching.Explain(profile, [(later, packed)], Breadth.Search, corpus));
        Assert.Equal(Said(Searching.Rank(profile, [new PaperReading(later)], Breadth.Search, corpus)), said);
        Assert.Contains("abstract", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public void Terms_stand_in_packed_papers_where_they_stand_in_read_ones()
    {
        var (hostile, random, found) = (new HostileText(7), new Random(7), 0);
        // The second begins anew as where the memory was full.
        var vocabularies = (Vocabulary[])[new(), new()];
        var papers = Enumerable.Range(0, 300).Select(i => new Paper
        {
            Id = i,
            WorkKey = "arxiv:" + i,
            Title = hostile.Next(),
            Abstract = string.Concat(Enumerable.Range(0, 5).Select(_ => hostile.Next())),
            Authors = [.. Enumerable.Range(0, i % 4).Select(_ => hostile.Next())],
            Categories = [.. Enumerable.Range(0, i % 3).Select(_ => hostile.Next())],
            Upvotes = i % 2 == 0 ? i : null,
        }).ToList();
        var readings = papers.ConvertAll(paper => new PaperReading(paper));
        var packed = readings.Select((reading, i) => PackedReading.Of(reading, vocabularies[i / 40 % 2])).ToList();
        var corpus = Corpus.Of(readings);
        var terms = readings.SelectMany(reading => Terms([.. reading.Title, .. reading.Abstract], random)).Where((_, i) => i % 40 == 0).ToList();
        using var opened = new PackedPlaces(corpus);
        foreach (var (reading, one) in readings.Zip(packed))
        {
            var read = new ReadPlaces(corpus).On(reading);
            opened.On(one);
            Assert.Equal(PaperStanding.Of(reading.Paper), one.Standing);
            Assert.Equal((reading.TitleWords, reading.AbstractWords), (opened.TitleWords, opened.AbstractWords));
            Assert.Equal(reading.Categories, opened.Categories);
            Assert.Equal(reading.Authors, opened.Authors, (x, y) => x?.Family == y?.Family && (x?.Given ?? []).SequenceEqual(y?.Given ?? []));
            foreach (var (field, count) in ((Fields, int)[])[(Fields.Title, reading.TitleWords), (Fields.Abstract, reading.AbstractWords)])
                for (var i = 1; i < count; i++)
                    Assert.Equal(reading.InOneSentence(field, i - 1, i), opened.InOneSentence(field, i - 1, i));
            foreach (var term in terms)
            {
                Assert.Equal(read.At(read.Find(term)), opened.At(opened.Find(term)));
                Assert.Equal(corpus.Rarity(term), opened.Rarity(term));
                found += opened.Find(term).Count;
            }
        }
        Assert.True(found > 1_000, $"{found} of {terms.Count} terms");
    }

    private static List<string> Said(IEnumerable<Match> matches) =>
        [.. matches.Select(match => $"{match.Paper.Id} {match.Score} {match.Reason.Interest} {match.Reason.Field} {string.Join(' ', match.Reason.Hits)} {string.Join(' ', match.Reason.Parts)}")];

    /// <summary>Words, pairs and triples as they stand, without their borders, as beginnings, and by their stems.</summary>
    private static IEnumerable<Term> Terms(List<Word> words, Random random)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var some = words.GetRange(i, Math.Min(random.Next(1, 4), words.Count - i));
            yield return new Term(some, random.Next(4) == 0);
            yield return new Term(some, false, keepCase: false).Loosely();
            var joined = string.Concat(some.Select(word => word.Folded));
            yield return new Term(WordReader.Read(joined) is { Count: > 0 } read ? read : some, random.Next(4) == 0);
            if (joined.Length > 2 && WordReader.Read(joined[..(joined.Length / 2)]) is { Count: > 0 } half)
                yield return new Term(half, true);
        }
    }
}

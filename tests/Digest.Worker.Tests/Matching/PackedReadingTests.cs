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
        var (found, vocabulary, title, text) = (0, new Vocabulary(), new WordBuffer(), new WordBuffer());
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
                    var order = Searching.Order(profile, packed.Select(one => one.Open(title, text)), breadth, corpus).Select(scored => (scored.Paper.Id, scored.Score));
                    Assert.Equal(expected, order);
                    found += expected.Count;
                }
            }
        }
        Assert.True(found > 1_000, $"{found}");
    }

    [Fact]
    public void What_is_unpacked_is_what_was_packed()
    {
        var (hostile, vocabulary, title, text) = (new HostileText(7), new Vocabulary(), new WordBuffer(), new WordBuffer());
        for (var i = 0; i < 500; i++)
        {
            var paper = new Paper
            {
                Id = i,
                WorkKey = "arxiv:" + i,
                Title = hostile.Next(),
                Abstract = string.Concat(Enumerable.Range(0, 5).Select(_ => hostile.Next())),
                Authors = [.. Enumerable.Range(0, i % 4).Select(_ => hostile.Next())],
                Categories = [.. Enumerable.Range(0, i % 3).Select(_ => hostile.Next())],
                Upvotes = i % 2 == 0 ? i : null,
            };
            var read = new PaperReading(paper);
            var opened = PackedReading.Of(read, vocabulary).Open(title, text);
            Assert.Equal((paper.Id, paper.Upvotes), (opened.Paper.Id, opened.Paper.Upvotes));
            foreach (var field in (Fields[])[Fields.Title, Fields.Abstract])
            {
                Assert.Equal(read.Words(field).Select(word => (word.Folded, word.Cased, word.Gap)), opened.Words(field).Select(word => (word.Folded, word.Cased, word.Gap)));
                Assert.Equal(read.Stems(field), opened.Stems(field));
            }
            Assert.Equal(paper.Categories, opened.Paper.Categories);
            Assert.Equal(read.Authors, opened.Authors, (x, y) => x?.Family == y?.Family && (x?.Given ?? []).SequenceEqual(y?.Given ?? []));
        }
    }
}

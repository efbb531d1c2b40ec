using Digest.Worker.Matching;
using Digest.Worker.Papers;

namespace Digest.Worker.Tests.Matching;

public sealed class CompiledFormTests
{
    private readonly RandomProfiles _random = new(11);
    private readonly List<Paper> _papers;
    private readonly ProfileIndex _index = new();
    private readonly List<string> _texts = [];

    public CompiledFormTests()
    {
        _papers = [.. Enumerable.Range(1, 60).Select(_random.Paper)];
        for (var key = 0; key < 80; key++)
        {
            _texts.Add(_random.Lines());
            _index.Add(key, _texts[key]);
        }
    }

    [Fact]
    public void An_index_that_is_read_back_finds_the_same()
    {
        var read = ProfileIndex.Read(new MemoryStream(Written()));
        Assert.Equal(_index.Count, read.Count);
        Assert.NotEqual("", Results(_index));
        Assert.Equal(Results(_index), Results(read));
    }

    [Fact]
    public void What_is_unchanged_is_not_compiled_again_and_what_changed_is()
    {
        var read = ProfileIndex.Read(new MemoryStream(Written()));
        Assert.All(_texts.Select((text, key) => (text, key)), one => Assert.False(read.Add(one.key, one.text)));
        Assert.True(read.Add(7, _texts[8]));
        Assert.True(_index.Add(7, _texts[8]));
        Assert.True(_index.Remove(9));
        Assert.True(read.Remove(9));
        Assert.False(read.Remove(9));
        Assert.True(read.Add(1000, "graph networks\n\"data set\"~3"));
        Assert.True(_index.Add(1000, "graph networks\n\"data set\"~3"));
        Assert.Equal(Results(_index), Results(read));
    }

    [Fact]
    public void A_form_that_is_cut_off_or_changed_anywhere_is_refused()
    {
        var form = Written();
        var places = new Random(3);
        for (var i = 0; i < 300; i++)
        {
            var damaged = form.ToArray();
            damaged[places.Next(damaged.Length)] ^= (byte)(1 << places.Next(8));
            Assert.Throws<InvalidDataException>(() => ProfileIndex.Read(new MemoryStream(damaged)));
            Assert.Throws<InvalidDataException>(() => ProfileIndex.Read(new MemoryStream(form, 0, places.Next(form.Length))));
        }
    }

    [Fact]
    public void Many_changes_leave_no_more_behind_than_they_must()
    {
        for (var i = 0; i < 40_000; i++)
        {
            _index.Add(5, i % 2 == 0 ? "graph\ndata\nmodel\nflow" : "matrix\nnetwork\nheat");
        }

        Assert.True(Written().Length < 6_000_000);
        _index.Add(5, _texts[5]);
        var fresh = new ProfileIndex();
        for (var key = 0; key < _texts.Count; key++)
        {
            fresh.Add(key, _texts[key]);
        }

        Assert.Equal(Results(fresh), Results(_index));
    }

    private byte[] Written()
    {
        using var form = new MemoryStream();
        _index.Write(form);
        return form.ToArray();
    }

    private string Results(ProfileIndex index) => string.Join('\n', index.Run(_papers, _ => 10, null).Select(found =>
        $"{found.Key} {found.Matched}: {string.Join(' ', Enumerable.Range(0, found.Count).Select(place => $"{found.Paper(place).Id}={found.Score(place):R}"))}"));
}

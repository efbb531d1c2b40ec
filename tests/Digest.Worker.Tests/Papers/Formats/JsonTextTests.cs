using System.Text;
using Digest.Worker.Papers.Formats;

namespace Digest.Worker.Tests.Papers.Formats;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData(@"lone \ud83d half", "lone half")]
    [InlineData(@"low \uDE00 half", "low half")]
    [InlineData(@"two \ud83d\ud83d\ude00 and a half", "two \ud83d\ude00 and a half")]
    [InlineData(@"a backslash \\ud83d stays", @"a backslash \ud83d stays")]
    [InlineData(@"whole \ud83d\ude00 pair", "whole \ud83d\ude00 pair")]
    public void Half_of_a_pair_spoils_nothing(string json, string title)
    {
        var reading = JsonLinesFormat.Read(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"id":"1","title":"{{json}}","authors":["{{json}}"],"abstract":null}""")), "test");
        Assert.Empty(reading.SetAside);
        Assert.Equal(title, Assert.Single(reading.Entries).Title);
    }
}

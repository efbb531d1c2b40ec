using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Digest.Worker.Issues;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Issues;

/// <summary>The reader of an issue is written by hand; what is stored is what the serializer wrote before, to the octet.</summary>
public sealed class ReaderWriterTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("", null)]
    [InlineData("graph coloring", "Ada")]
    [InlineData("  graph coloring \r\n\n\t \n- \"query by\u00a0committee\"  \r\n\u3000author:Jos\u00e9 \u2028 x\n", "J\u00fcrgen \"x\" <b> & \\ \ud83d\ude42")]
    public void It_is_what_the_serializer_writes(string profile, string? name)
    {
        var subscriber = new Subscriber { Email = "o'brien+ü@example.org", Name = name, Profile = profile };
        var expected = profile.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, subscriber.Interests);
        var reader = new IssueReader(subscriber.Email, name, "de", subscriber.Interests, "weekly:monday", 23, "Pacific/Chatham");
        Assert.Equal(JsonSerializer.Serialize(reader with { Interests = expected }, Relaxed), Written(reader));
        Assert.Equal(Written(reader), Written(reader with { Interests = expected }));
    }

    private static string Written(IssueReader reader)
    {
        var octets = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(octets, new JsonWriterOptions { Encoder = Relaxed.Encoder, SkipValidation = true }))
            ReaderWriter.Write(json, reader);
        return Encoding.UTF8.GetString(octets.WrittenSpan);
    }
}

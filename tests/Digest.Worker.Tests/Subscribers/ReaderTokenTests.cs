using Digest.Worker.Storage;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Subscribers;

public sealed class ReaderTokenTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("digest-token-").FullName;
    private readonly ReaderToken tokens;

    public ReaderTokenTests() => tokens = new ReaderToken(new InstallationKey(new StorageOptions { DataFolder = folder }));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(127, 128)]
    [InlineData(1_000_000, 365_000_000)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void What_was_written_is_read(long subscriber, long issue)
    {
        foreach (var purpose in Enum.GetValues<TokenPurpose>())
        {
            var token = tokens.Write(purpose, subscriber, issue);
            Assert.Matches("^[a-z2-7]+$", token);
            Assert.True(token.Length <= ReaderToken.MaxLength);
            Assert.True(tokens.TryRead(token, purpose, out var subject));
            Assert.Equal(new TokenSubject(subscriber, issue), subject);
            Assert.True(tokens.TryRead(token.ToUpperInvariant(), purpose, out _));
        }
    }

    [Fact]
    public void A_token_of_one_purpose_is_worthless_for_another()
    {
        foreach (var made in Enum.GetValues<TokenPurpose>())
            foreach (var asked in Enum.GetValues<TokenPurpose>())
                Assert.Equal(made == asked, tokens.TryRead(tokens.Write(made, 7, 9), asked, out _));
    }

    [Fact]
    public void Every_altered_letter_is_refused()
    {
        var token = tokens.Write(TokenPurpose.Reply, 123, 456);
        for (var i = 0; i < token.Length; i++)
            foreach (var letter in "abcdefghijklmnopqrstuvwxyz234567-é ")
                if (letter != token[i])
                    Assert.False(tokens.TryRead(token[..i] + letter + token[(i + 1)..], TokenPurpose.Reply, out _));
    }

    [Fact]
    public void Anything_else_is_refused_without_an_exception()
    {
        var random = new Random(1);
        var token = tokens.Write(TokenPurpose.Reply, 123, 456);
        for (var length = 0; length < token.Length; length++)
            Assert.False(tokens.TryRead(token[..length], TokenPurpose.Reply, out _));
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = new byte[random.Next(0, 31)];
            random.NextBytes(bytes);
            Assert.False(tokens.TryRead(Base32.Write(bytes), TokenPurpose.Reply, out _));
        }
        Assert.False(tokens.TryRead(new string('a', 10_000), TokenPurpose.Reply, out _));
    }

    [Fact]
    public void Another_installation_does_not_accept_it()
    {
        var other = Directory.CreateTempSubdirectory("digest-token-");
        var theirs = new ReaderToken(new InstallationKey(new StorageOptions { DataFolder = other.FullName }));
        Assert.False(theirs.TryRead(tokens.Write(TokenPurpose.Unsubscribe, 1, 1), TokenPurpose.Unsubscribe, out _));
        other.Delete(recursive: true);
    }

    [Theory]
    [InlineData("digest+r-abc@lists.example.org", true)]
    [InlineData("DIGEST+R-ABC@LISTS.EXAMPLE.ORG", true)]
    [InlineData("digest+more+b-abc@lists.example.org", true)]
    [InlineData("digest+u-abc@lists.example.org", false)]
    [InlineData("digest+r-@lists.example.org", false)]
    [InlineData("digest@lists.example.org", false)]
    [InlineData("+", false)]
    [InlineData("", false)]
    public void An_address_tells_its_purpose(string address, bool has) => Assert.Equal(has, ReaderAddress.TryRead(address, out _, out _));

    [Fact]
    public void An_address_comes_back_as_it_was_written()
    {
        var token = tokens.Write(TokenPurpose.Bounce, 5, 6);
        var address = ReaderAddress.Write("digest@lists.example.org", TokenPurpose.Bounce, token);
        Assert.Equal($"digest+b-{token}@lists.example.org", address);
        Assert.True(ReaderAddress.TryRead(address, out var purpose, out var read));
        Assert.Equal((TokenPurpose.Bounce, token), (purpose, read));
    }

    [Theory]
    [InlineData('+')]
    [InlineData('-')]
    [InlineData('=')]
    [InlineData('.')]
    public void Any_delimiter_of_a_mail_server_will_do(char delimiter)
    {
        var address = ReaderAddress.Write("my-digest@lists.example.org", delimiter, TokenPurpose.Reply, "abcdef234567");
        Assert.Equal($"my-digest{delimiter}r-abcdef234567@lists.example.org", address);
        Assert.True(ReaderAddress.TryRead(address.ToUpperInvariant(), out var purpose, out var token));
        Assert.Equal((TokenPurpose.Reply, "ABCDEF234567"), (purpose, token));
    }
}

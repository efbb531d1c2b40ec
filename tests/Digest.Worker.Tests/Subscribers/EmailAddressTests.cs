using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Subscribers;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.org", "ada@example.org")]
    [InlineData("Ada.Lovelace@Example.ORG", "ada.lovelace@example.org")]
    [InlineData("ada+papers@example.org", "ada+papers@example.org")]
    [InlineData("o'hara_{x}@example.org", "o'hara_{x}@example.org")]
    [InlineData("ada@münchen.example", "ada@xn--mnchen-3ya.example")]
    [InlineData("ada@XN--MNCHEN-3YA.example", "ada@xn--mnchen-3ya.example")]
    [InlineData("用户@例子.example", "用户@xn--fsqu00a.example")]
    [InlineData("re\u0301my@example.org", "r\u00e9my@example.org")]
    [InlineData("root@localhost", "root@localhost")]
    public void A_good_address_has_one_key(string text, string expected)
    {
        Assert.True(EmailAddress.TryFold(text, out var key, out var problem), problem?.Format);
        Assert.Equal(expected, key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@home@example.org")]
    [InlineData("ada lovelace@example.org")]
    [InlineData("Ada <ada@example.org>")]
    [InlineData("ada@example.org, bob@example.org")]
    [InlineData("ada@example.org\r\nBcc: bob@example.org")]
    [InlineData("\"ada\"@example.org")]
    [InlineData(".ada@example.org")]
    [InlineData("ada.@example.org")]
    [InlineData("a..da@example.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@.example.org")]
    [InlineData("ada@example.org.")]
    [InlineData("ada@-example.org")]
    [InlineData("ada@exa_mple.org")]
    [InlineData("ada@[192.0.2.1]")]
    [InlineData("a\u200Bda@example.org")] // an invisible character would make a second, other subscriber of the same reader
    [InlineData("\u202Eada@example.org")]
    public void A_bad_address_is_refused_with_its_reason(string text)
    {
        Assert.False(EmailAddress.TryFold(text, out _, out var problem));
        var told = FormattableString.Invariant(problem);
        Assert.NotEmpty(told);
        Assert.DoesNotContain('\n', told);
        Assert.DoesNotContain('\u202E', told);
    }

    [Fact]
    public void Half_a_character_is_refused_and_breaks_nothing() =>
        Assert.False(EmailAddress.TryFold("\ud800da@example.org", out _, out _));

    [Fact]
    public void The_limits_are_those_of_SMTP_in_octets()
    {
        var domain = $"{new string('d', 60)}.{new string('d', 60)}.{new string('d', 63)}.org";
        Assert.True(EmailAddress.TryFold(new string('a', 64) + "@example.org", out _, out _));
        Assert.False(EmailAddress.TryFold(new string('a', 65) + "@example.org", out _, out _));
        Assert.False(EmailAddress.TryFold(new string('é', 33) + "@example.org", out _, out _));
        Assert.True(EmailAddress.TryFold($"{new string('a', 64)}@{domain}", out var longest, out _));
        Assert.Equal(254, longest.Length);
        Assert.False(EmailAddress.TryFold($"{new string('a', 64)}@d{domain[..59]}{domain[59..]}", out _, out _));
        Assert.False(EmailAddress.TryFold(new string('a', 1_000_000) + "@example.org", out _, out var problem));
        Assert.True(FormattableString.Invariant(problem).Length < 300);
    }
}

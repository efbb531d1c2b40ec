using System.Text.RegularExpressions;
using Digest.Worker.Subscribers;
using Digest.Worker.Tests.Support;

namespace Digest.Worker.Tests.Subscribers;

/// <summary>What readers are told when something cannot be is there in all six languages.</summary>
public sealed partial class WordingTests
{
    private static readonly string Source = Path.Combine(Repository.Folder, "src", "Digest.Worker");

    private static readonly string[] Files =
    [
        "Subscribers/EmailAddress.cs", "Subscribers/SubscriberDraft.cs", "Subscribers/Subscriptions.cs", "Subscribers/SuppressionStore.cs", "Subscribers/Own/OwnWishes.cs", "Subscribers/Learning/Thumbs.cs", "Web/Own/OwnActs.cs",
        "Matching/Language/InterestLine.cs", "Matching/Language/ProfileReader.cs", "Matching/Language/QueryParser.cs", "Matching/Language/QueryScanner.cs",
    ];

    // Only operators are told of other people's subscriptions.
    private static readonly string[] OfOperators =
    [
        "{0} is suppressed ({1}) and is not written to", "{0} has unsubscribed: only they can come back (subscriber resume, if they asked you to)", "{0} is a subscriber already", "{0} is another subscriber's address", "the address is suppressed ({0})",
    ];

    [Fact]
    public void Each_sentence_has_six_languages_with_the_same_values()
    {
        Assert.True(Wording.Rows.Count > 40);
        foreach (var row in Wording.Rows)
        {
            Assert.Equal(["de", "en", "es", "fr", "ja", "zh"], row.Keys.Order(StringComparer.Ordinal));
            Assert.All(row.Values, text => Assert.Equal(Holes(row["en"]), Holes(text)));
        }
    }

    [Fact]
    public void The_table_has_the_sentences_of_the_code_and_no_other()
    {
        var said = Files.SelectMany(file => Sentence().Matches(File.ReadAllText(Path.Combine(Source, file)))).Select(match => Format(match.Groups[1].Value))
            .Where(text => text.Contains(' ', StringComparison.Ordinal) && !text.Contains("select ", StringComparison.Ordinal) && !text.Contains('<', StringComparison.Ordinal)).Except(OfOperators).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Wording.Rows.Select(row => row["en"]).Order(StringComparer.Ordinal), said);
    }

    [Theory]
    [InlineData("de", "Das Abonnement läuft bereits.")]
    [InlineData("zh-Hans", "订阅已在进行中。")]
    [InlineData("tlh", "The subscription is active already.")]
    public void A_sentence_stands_alone_in_the_language_or_in_English(string language, string told) => Assert.Equal(told, Wording.Sentence(language, $"the subscription is active already"));

    private static string Holes(string text) => string.Join(',', Hole().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    /// <summary>The values by number, as the compiler makes them.</summary>
    private static string Format(string literal)
    {
        var number = 0;
        return Value().Replace(literal.Replace("\\\"", "\"", StringComparison.Ordinal), _ => $"{{{number++}}}");
    }

    [GeneratedRegex(@"\$""((?:[^""\\{]|\\.|\{[^}]*\})*)""")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Value();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Hole();
}

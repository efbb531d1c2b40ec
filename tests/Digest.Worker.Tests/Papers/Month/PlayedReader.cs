using System.Globalization;
using System.Text.RegularExpressions;
using Digest.Worker.Matching;
using Digest.Worker.Papers;
using MimeKit;

namespace Digest.Worker.Tests.Papers.Month;

/// <summary>A real subscriber of the played month, with what they were told, by an account of our own.</summary>
internal sealed partial class PlayedReader(long id, string email, string interests)
{
    private readonly ProfileIndex index = Index(id, interests);
    private int counted;

    public long Id { get; } = id;

    public string Email { get; } = email;

    public Profile Profile { get; } = Profile.Parse(interests);

    /// <summary>The papers of every mail, in the order of the mails.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>"10 Absent arXiv 10 Mar": what the receipts told that was not all well.</summary>
    public List<string> Told { get; } = [];

    /// <summary>The moment of the last issue.</summary>
    public DateTimeOffset Last { get; private set; }

    /// <summary>Whether it fits their interests, looked at alone.</summary>
    public bool Wants(Paper paper) => index.Run([paper], _ => 1, null).Any();

    /// <summary>Notes that an issue was composed, and holds its mail, if there is one, to what the providers have shown.</summary>
    /// <param name="gaps">What the receipt must tell.</param>
    public void Check(IReadOnlyList<Shown> shown, MimeMessage? mail, IReadOnlyList<string> gaps, DateTimeOffset now)
    {
        var fresh = shown.Skip(counted).ToList();
        (counted, Last) = (shown.Count, now);
        if (mail is null)
            return;
        var text = mail.TextBody!.ReplaceLineEndings("\n");
        var receipt = Receipt().Match(text.Replace('\n', ' '));
        Assert.True(receipt.Success, text);
        int Number(string name) => int.Parse(receipt.Groups[name].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var papers = Links().Matches(text).Select(link => link.Groups[1].Value).Distinct().ToList();
        var place = $"{Email} {now:dd HH:mm} ";
        Assert.Equal(place + fresh.Count, place + Number("announced"));
        if (Profile.Categories.Count > 0)
            Assert.Equal(place + fresh.Count(paper => paper.Categories.Any(category => Profile.Categories.Contains(category, StringComparer.OrdinalIgnoreCase))), place + Number("categories"));
        Assert.Equal(place + papers.Count, place + Number("sent"));
        // What is popular does not fit anybody's interests, and does not wait.
        Assert.Equal(place + !Profile.IsEmpty, place + receipt.Groups["matched"].Success);
        if (!Profile.IsEmpty)
        {
            var left = receipt.Groups["left"].Success ? Number("left") : 0;
            Assert.Equal(place + (Number("sent") + Number("held") + left), place + Number("matched"));
            // At most fifty papers wait.
            if (Number("held") < 50)
                Assert.Equal(place + 0, place + left);
        }
        var told = Gaps().Matches(text.Replace('\n', ' ')).Select(match => $"{match.Groups["label"].Value}: {match.Groups["what"].Value}").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(place + string.Join(" | ", gaps.Order(StringComparer.Ordinal)), place + string.Join(" | ", told));
        Assert.Equal(gaps.Count == 0, receipt.Groups["whole"].Success);
        Told.AddRange(told.Select(line => $"{now.Day} {line}"));
        Sent.AddRange(papers);
    }

    private static ProfileIndex Index(long id, string interests)
    {
        var index = new ProfileIndex();
        index.Add(id, Profile.Parse(interests));
        return index;
    }

    [GeneratedRegex(@"Announced (?<announced>[\d,]+)(?: \((?<categories>[\d,]+) in your categories\))?(?: · matched (?<matched>[\d,]+))? · sent (?<sent>[\d,]+)(?: · held over (?<held>[\d,]+))?(?: · left out (?<left>[\d,]+))?(?<whole> · nothing missing)?")]
    private static partial Regex Receipt();

    [GeneratedRegex(@"(?<label>Missing|Late): (?<what>.+?)(?: had not arrived| only a part had arrived| came after (?:its|their) deadline)")]
    private static partial Regex Gaps();

    [GeneratedRegex(@"arxiv\.org/abs/(\d{4}\.\d{4,5})")]
    private static partial Regex Links();
}

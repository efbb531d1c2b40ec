using Digest.Templates;
using Digest.Worker.Matching;

namespace Digest.Worker.Issues;

/// <summary>How much of an issue its mail has room for: mailboxes clip what is longer than some hundred kilobytes.</summary>
internal sealed class IssueRoom(IssueRendering rendering)
{
    /// <summary>So many papers have room in any mail; only longer issues are tried.</summary>
    public const int AlwaysFit = 30;

    private static readonly string LongAddress = $"https://digest.example.org/{new string('x', 250)}";

    /// <summary>A footer larger than any real one, so that the real mail has room for what fits here.</summary>
    private static readonly MailFooter LargeFooter = new()
    {
        Recipient = $"{new string('x', 60)}@{new string('x', 60)}.example.org",
        ReplyTo = $"{new string('x', 120)}@{new string('x', 60)}.example.org",
        UnsubscribeUrl = LongAddress,
        OwnUrl = LongAddress,
        PostalAddress = new string('x', 300),
    };

    /// <summary>The choices that the mail would show, in their order.</summary>
    public IReadOnlyList<Match> Fitting(Issue issue)
    {
        // Fewer papers are shown at greater length, so that again not all may find room: until they do.
        while (issue.Choices.Count > AlwaysFit)
        {
            var trial = issue with { Receipt = issue.Receipt with { HeldOver = 9_999 } };
            var shown = rendering.Render(trial, new string('x', 60), LargeFooter).Shown;
            if (!shown.Contains(ShownAs.Not))
                break;
            issue = issue with { Choices = [.. issue.Choices.Where((_, index) => shown[index] != ShownAs.Not)] };
        }
        return issue.Choices;
    }
}

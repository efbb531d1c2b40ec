using Digest.Templates;
using Digest.Worker.Delivery;
using Digest.Worker.Outbox;

namespace Digest.Bench.Delivery;

/// <summary>Issues of 20 invented papers, rendered by the real templates anew for each reader.</summary>
internal sealed class BenchIssues(MailTemplates templates) : IMailContent
{
    private static readonly string[] Words = "graph neural network learns to predict the structure of sparse α-helical proteins from noisy data with naïve priors and ∇-free search".Split(' ');

    private readonly IssuePaper[] papers = [.. Enumerable.Range(1, 20).Select(Paper)];

    public bool Renders(MailKind kind) => true;

    public Task<RenderedMail?> ForAsync(ClaimedMail mail, MailFooter footer, CancellationToken cancellationToken) =>
        Task.FromResult<RenderedMail?>(templates.Render(new IssueModel
        {
            Language = "en",
            SiteName = "Digest",
            Date = new DateOnly(2026, 1, 26),
            Papers = papers,
            Interests = [$"graphs of reader {mail.SubscriberId}", "protein structure"],
            Receipt = new IssueReceipt(1214, 186, 20, 20, 0, []),
            Footer = footer,
        }));

    private static IssuePaper Paper(int i)
    {
        var random = new Random(i);
        string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
        return new IssuePaper
        {
            Id = $"2601.{i:00000}",
            Title = Text(12),
            Abstract = string.Join(' ', Enumerable.Range(0, 9).Select(_ => Text(22) + ".")),
            Authors = ["Zoë Ångström", "B. Author", "C. Author", "D. Author"],
            Categories = ["cs.LG", "q-bio.BM"],
            Url = $"https://example.org/abs/2601.{i:00000}",
            PdfUrl = $"https://example.org/pdf/2601.{i:00000}",
            Reason = new IssueReason("protein structure", "title", [new TextRange("title", 0, 4)]),
        };
    }
}

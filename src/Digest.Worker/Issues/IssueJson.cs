using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Digest.Templates;

namespace Digest.Worker.Issues;

/// <summary>An issue as data, for programs that read the pickup folder: what the mail says, by its numbers.</summary>
internal static class IssueJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>UTF-8. The same issue and mail give the same octets.</summary>
    public static byte[] Of(Issue issue, RenderedMail mail)
    {
        var papers = issue.Choices.Select((choice, i) => new
        {
            Number = i + 1,
            Shown = mail.Shown[i] switch { ShownAs.Full => "card", ShownAs.Compact => "row", _ => "not" },
            Id = choice.Paper.ShortId,
            choice.Paper.Title,
            choice.Paper.Authors,
            choice.Paper.Abstract,
            choice.Paper.Categories,
            choice.Paper.Announced,
            choice.Paper.Upvotes,
            choice.Paper.Url,
            choice.Paper.PdfUrl,
            choice.Paper.CodeUrl,
            choice.Paper.Doi,
            choice.Reason.Interest,
            choice.Reason.Field,
            choice.Score,
        });
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            Recipient = issue.Reader.Email,
            issue.Reader.Language,
            Date = issue.LocalDate,
            mail.Subject,
            issue.Trending,
            issue.Reader.Interests,
            Receipt = new { issue.Receipt.Announced, issue.Receipt.InCategories, issue.Receipt.Matched, issue.Receipt.Sent, issue.Receipt.HeldOver },
            Papers = papers,
        }, Options);
    }
}

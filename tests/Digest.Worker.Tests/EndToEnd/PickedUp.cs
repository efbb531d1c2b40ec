using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit;

namespace Digest.Worker.Tests.EndToEnd;

/// <summary>One mail of the pickup folder, as its reader gets it.</summary>
internal sealed partial record PickedUp(string Recipient, string Day, string Subject, IReadOnlyList<string> InText, IReadOnlyList<string> InHtml)
{
    public static IReadOnlyList<PickedUp> All(string folder) => !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(Read)];

    private static PickedUp Read(string path)
    {
        var message = MimeMessage.Load(path);
        return new PickedUp(Assert.Single(message.To.Mailboxes).Address, message.Date.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            message.Subject ?? "", Papers(message.TextBody!), Papers(message.HtmlBody!));
    }

    private static IReadOnlyList<string> Papers(string body) => [.. Link().Matches(body).Select(link => link.Groups[1].Value).Distinct()];

    [GeneratedRegex(@"arxiv\.org/abs/(\d{4}\.\d{4,5})")]
    private static partial Regex Link();
}

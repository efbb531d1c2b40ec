using System.Globalization;
using MimeKit;

namespace Digest.Worker.Operations;

/// <summary>The demo's own folder: database, pickup folder, and the Maildir that replies come to.</summary>
internal sealed class DemoFolder(DirectoryInfo folder)
{
    private const string Mark = ".digest-demo";

    public string Pickup => Path.Combine(folder.FullName, "mails");

    public FileInfo Subscribers => new(Path.Combine(AppContext.BaseDirectory, "samples", "subscribers.csv"));

    private string Maildir => Path.Combine(folder.FullName, "replies");

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder.FullName, "digest.db")}",
        ["Storage:DataFolder"] = folder.FullName,
        ["Papers:Sources:0:Name"] = "samples",
        ["Papers:Sources:0:Kind"] = "file",
        ["Papers:Sources:0:Path"] = Path.Combine(AppContext.BaseDirectory, "samples", "papers.jsonl"),
        ["Sender:From"] = "digest@demo.example.org",
        ["Sender:Name"] = "Digest",
        ["Sender:PostalAddress"] = "Digest demo, 1 Example Street, Example Town",
        // A name that is kept for examples: the mails look as they do where there is a site, and nobody is led anywhere.
        ["Web:PublicUrl"] = "https://digest.example.org",
        ["Delivery:Transport"] = "pickup",
        ["Delivery:PickupFolder"] = Pickup,
        ["Mailbox:Kind"] = "maildir",
        ["Mailbox:Folder"] = Maildir,
        ["Logging:LogLevel:Default"] = "Warning",
    };

    /// <summary>Empties the folder of an earlier demo. False when it holds something else.</summary>
    public bool Prepare()
    {
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any())
        {
            if (!File.Exists(Path.Combine(folder.FullName, Mark)))
                return false;
            folder.Delete(recursive: true);
        }
        folder.Create();
        File.WriteAllText(Path.Combine(folder.FullName, Mark), "");
        foreach (var part in new[] { "new", "cur", "tmp" })
            Directory.CreateDirectory(Path.Combine(Maildir, part));
        return true;
    }

    /// <summary>All mails in the pickup folder, each with its HTML part written beside it.</summary>
    public IReadOnlyList<(string Recipient, MimeMessage Message)> ReadMails()
    {
        var mails = new List<(string, MimeMessage)>();
        foreach (var path in Directory.EnumerateFiles(Pickup, "*.eml").Order())
        {
            var message = MimeMessage.Load(path);
            File.WriteAllText(Path.ChangeExtension(path, ".html"), message.HtmlBody);
            mails.Add((message.To.Mailboxes.First().Address, message));
        }
        return mails;
    }

    /// <summary>Drops a reply as a mail reader would write it: a line of one's own above the quoted issue.</summary>
    public void Reply((string Recipient, MimeMessage Message) issue, string words, DateTimeOffset now)
    {
        var quoted = string.Join('\n', (issue.Message.TextBody ?? "").ReplaceLineEndings("\n").Split('\n').Select(line => $"> {line}"));
        var reply = new MimeMessage
        {
            Subject = "Re: " + issue.Message.Subject,
            Date = now,
            InReplyTo = issue.Message.MessageId,
            Body = new TextPart("plain") { Text = $"{words}\n\nOn {issue.Message.Date.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}, {issue.Message.From} wrote:\n{quoted}\n" },
        };
        reply.From.Add(MailboxAddress.Parse(issue.Recipient));
        reply.To.AddRange(issue.Message.ReplyTo);
        reply.WriteTo(Path.Combine(Maildir, "new", $"{now.ToUnixTimeSeconds()}.reply.demo"));
    }
}

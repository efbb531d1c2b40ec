using System.Text.Json;
using Digest.Worker.Tests.Support;
using MimeKit;

namespace Digest.Worker.Tests.EndToEnd;

/// <summary>What may go with an issue: the papers as BibTeX in the mail, the issue as JSON beside it. Both only where they are asked for.</summary>
public sealed class ExtrasTests
{
    [Fact]
    public async Task The_papers_go_with_the_mail_and_the_data_lie_beside_it()
    {
        using var program = Program(("Issues:AttachBib", "true"), ("Issues:PickupJson", "true"));
        await ComposeAsync(program);
        var file = Assert.Single(Directory.GetFiles(program.Pickup, "*.eml"));
        var octets = await File.ReadAllBytesAsync(file);
        Assert.Empty(HeaderChecker.Check(octets, issue: true));
        var mail = await MimeMessage.LoadAsync(file);
        var parts = Assert.IsType<Multipart>(mail.Body, exactMatch: false);
        Assert.Equal("multipart/mixed", parts.ContentType.MimeType);
        Assert.Equal(["multipart/alternative", "text/x-bibtex"], parts.Select(part => part.ContentType.MimeType));
        Assert.Contains("1. ", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("<h3", mail.HtmlBody, StringComparison.Ordinal);
        var bib = Assert.IsType<TextPart>(parts[1]);
        Assert.Equal("papers-2026-11-23.bib", bib.FileName);

        using var data = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.ChangeExtension(file, ".json")));
        Assert.Equal(mail.Subject, data.RootElement.GetProperty("subject").GetString());
        var papers = data.RootElement.GetProperty("papers").EnumerateArray().ToList();
        Assert.NotEmpty(papers);
        Assert.All(papers, paper => Assert.Contains(paper.GetProperty("url").GetString()!, mail.TextBody, StringComparison.Ordinal));
        Assert.Equal(papers.Select(paper => "@misc{" + paper.GetProperty("id").GetString() + ","), bib.Text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.StartsWith('@')));
        Assert.Equal(2, Directory.GetFiles(program.Pickup).Length);
    }

    [Fact]
    public async Task Unless_asked_for_there_is_neither()
    {
        using var program = Program();
        await ComposeAsync(program);
        var file = Assert.Single(Directory.GetFiles(program.Pickup));
        Assert.IsType<MultipartAlternative>((await MimeMessage.LoadAsync(file)).Body);
    }

    private static DigestProgram Program(params (string, string?)[] settings) =>
        new([("Papers:Sources:0:Kind", "file"), ("Papers:Sources:0:Path", Path.Combine(Repository.Folder, "samples", "papers.jsonl")), .. settings]);

    private static async Task ComposeAsync(DigestProgram program)
    {
        await program.MustAsync("subscriber", "add", "ada@example.org", "--interest", "language models", "--at", "2026-11-22T12:00:00Z");
        await program.MustAsync("once", "--at", "2026-11-23T12:00:00Z");
    }
}

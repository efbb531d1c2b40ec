using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text;
using Digest.Templates;
using Digest.Worker.Delivery;
using Digest.Worker.Settings;

namespace Digest.Worker.Operations;

/// <summary><c>template export</c>, <c>check</c> and <c>gallery</c>: for operators who own the look of their mails. None needs a database.</summary>
internal static class TemplateVerb
{
    public static Command Create(VerbContext context)
    {
        var folder = new Option<DirectoryInfo?>("--folder") { Description = "The operator's templates; without it those of Templates:Folder.", HelpName = "FOLDER" };
        var output = new Option<DirectoryInfo>("--out") { Description = "Where the files go.", HelpName = "FOLDER", Required = true };
        var check = new Command("check", "Compile all templates and render one of each mail in each language; a fault is told by file, line and column.") { folder };
        check.SetAction(parsed => Check(Look.Of(context, parsed, parsed.GetValue(folder))));
        var gallery = new Command("gallery", "Write one of each mail in each language as HTML and text, with a page that shows them all.") { folder, output };
        gallery.SetAction(parsed => Gallery(Look.Of(context, parsed, parsed.GetValue(folder)), parsed.GetRequiredValue(output)));
        return new Command("template", "The templates of the mails.") { TemplateExportVerb.Create(output), check, gallery };
    }

    private static int Check(Look look)
    {
        var mails = 0;
        foreach (var (language, name, mail) in look.Mails())
        {
            mails++;
            if (!mail.HtmlPart.FitsLines || !mail.TextPart.FitsLines)
                Console.WriteLine($"note: {name} ({language}) has a line over 998 octets: it is sent as quoted-printable, and larger");
        }

        foreach (var page in Enum.GetValues<PageKind>())
            look.Templates.Render(page, look.SiteName, "en");
        foreach (var (file, keys) in look.Templates.LackingSentences)
            Console.WriteLine($"note: {file}: {keys.Count} sentences are not in it, so the English ones are written: {string.Join(", ", keys.Take(5))}{(keys.Count > 5 ? ", …" : "")}");
        foreach (var file in look.Templates.UnusedFiles)
            Console.WriteLine($"note: {file}: nothing is made from a template of this name");
        foreach (var obstacle in look.Templates.CardObstacles)
            Console.WriteLine($"note: {obstacle}: what is done there differs from reader to reader, so the card is written anew for each");
        Console.WriteLine($"{mails} mails rendered with {(look.Folder is null ? "the built-in templates" : $"the templates of {look.Folder}")}, no fault");
        return ExitCode.Ok;
    }

    private static int Gallery(Look look, DirectoryInfo output)
    {
        output.Create();
        var page = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>All mails</title><style>iframe{width:620px;height:900px;border:1px solid #ccc}</style><h1>All mails</h1>\n");
        foreach (var (language, name, mail) in look.Mails())
        {
            var file = $"{name}.{language}";
            File.WriteAllText(Path.Combine(output.FullName, file + ".html"), mail.Html);
            File.WriteAllText(Path.Combine(output.FullName, file + ".txt"), $"Subject: {mail.Subject}\n\n{mail.Text}");
            page.Append(CultureInfo.InvariantCulture, $"<h2>{name}, {language}: {WebUtility.HtmlEncode(mail.Subject)}</h2><p><a href=\"{file}.html\">HTML</a> <a href=\"{file}.txt\">text</a></p><iframe title=\"{file}\" src=\"{file}.html\" loading=\"lazy\"></iframe>\n");
        }

        var index = Path.Combine(output.FullName, "index.html");
        File.WriteAllText(index, page.Append("</html>\n").ToString());
        Console.WriteLine($"open {index}");
        return ExitCode.Ok;
    }

    /// <summary>The mails as the settings want them: folder, colours, names.</summary>
    private sealed record Look(MailTemplates Templates, string? Folder, string SiteName, string? PostalAddress)
    {
        public static Look Of(VerbContext context, ParseResult parsed, DirectoryInfo? folder)
        {
            if (folder is { Exists: false })
                throw new DirectoryNotFoundException($"There is no folder {folder.FullName}.");
            var configuration = DigestHost.CreateBuilder(context.Clock(parsed), null).Configuration;
            var sender = configuration.Bind<SenderOptions>("Sender");
            var own = folder?.FullName ?? TemplatesSetup.Folder(configuration);
            return new Look(MailTemplates.Load(own, TemplatesSetup.Theme(configuration)), own, sender.Name, sender.PostalAddress);
        }

        public IEnumerable<(string Language, string Name, RenderedMail Mail)> Mails() =>
            from language in Templates.Languages
            from mail in SampleMails.All(language, SiteName, PostalAddress)
            select (language, mail.Name, mail.Render(Templates));
    }
}

using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text;
using Digest.Templates;

namespace Digest.Worker.Operations;

/// <summary><c>template check</c> and <c>template gallery</c>: for operators who own the look of their mails. Neither needs a database.</summary>
internal static class TemplateVerb
{
    public static Command Create()
    {
        var folder = new Option<DirectoryInfo?>("--folder") { Description = "The operator's templates; without it the built-in ones.", HelpName = "FOLDER" };
        var check = new Command("check", "Compile all templates and render one of each mail in each language; a fault is told by file, line and column.") { folder };
        check.SetAction(parsed => Check(parsed.GetValue(folder)));
        var output = new Option<DirectoryInfo>("--out") { Description = "Where the files go.", HelpName = "FOLDER", Required = true };
        var gallery = new Command("gallery", "Write one of each mail in each language as HTML and text, with a page that shows them all.") { folder, output };
        gallery.SetAction(parsed => Gallery(parsed.GetValue(folder), parsed.GetRequiredValue(output)));
        return new Command("template", "The templates of the mails.") { check, gallery };
    }

    private static int Check(DirectoryInfo? folder)
    {
        var templates = Load(folder);
        var mails = 0;
        foreach (var (language, name, render) in All())
        {
            var mail = render(templates);
            mails++;
            if (!mail.HtmlPart.FitsLines || !mail.TextPart.FitsLines)
                Console.WriteLine($"{name} ({language}) has a line over 998 octets: it is sent as quoted-printable, and larger");
        }

        foreach (var file in templates.UnusedFiles)
            Console.WriteLine($"note: {file}: nothing is made from a template of this name");
        foreach (var obstacle in templates.CardObstacles)
            Console.WriteLine($"note: {obstacle}: what is done there differs from reader to reader, so the card is written anew for each");
        Console.WriteLine($"{mails} mails rendered, no fault");
        return ExitCode.Ok;
    }

    private static int Gallery(DirectoryInfo? folder, DirectoryInfo output)
    {
        var templates = Load(folder);
        output.Create();
        var page = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>All mails</title><style>iframe{width:620px;height:900px;border:1px solid #ccc}</style><h1>All mails</h1>\n");
        foreach (var (language, name, render) in All())
        {
            var mail = render(templates);
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

    private static MailTemplates Load(DirectoryInfo? folder) =>
        folder is { Exists: false } ? throw new DirectoryNotFoundException($"There is no folder {folder.FullName}.") : MailTemplates.Load(folder?.FullName);

    private static IEnumerable<(string Language, string Name, Func<MailTemplates, RenderedMail> Render)> All() =>
        from language in SampleMails.Languages
        from mail in SampleMails.All(language)
        select (language, mail.Name, mail.Render);
}

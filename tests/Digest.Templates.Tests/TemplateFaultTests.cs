using Digest.Templates.Tests.Support;

namespace Digest.Templates.Tests;

public sealed class TemplateFaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("digest-templates").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_in_the_folder_replaces_the_built_in_one()
    {
        Write("row.html.sbn", "<p>my own {{ paper.title }}</p>\n");
        var papers = new[] { Samples.Paper(1).Because("nothing"), Samples.Paper(2, "A < B").Because("cat:x", "category") };
        var mail = MailTemplates.Load(_folder).Render(Samples.Issue(papers));
        Assert.Contains("<p>my own A &lt; B</p>", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("card.html.sbn", "<p>\n  {{ paper.title + }}\n</p>", 2, 20)]
    [InlineData("card.html.sbn", "line\n{{ capture x }}a{{ end }}", 2, 4)]
    [InlineData("card.html.sbn", "{{ func f }}a{{ end }}", 1, 4)]
    public void A_template_that_does_not_compile_stops_the_start(string file, string text, int line, int column)
    {
        Write(file, text);
        var fault = Assert.Throws<TemplateException>(() => MailTemplates.Load(_folder));
        Assert.Equal((Path.Combine(_folder, file), line), (fault.File, fault.Line));
        Assert.True(fault.Column >= 1 && fault.Column <= column + 4, fault.Message);
    }

    [Theory]
    [InlineData("card.html.sbn", "\n{{ paper.titel }}", 2)]
    [InlineData("card.html.sbn", "\n\n{{ say \"no.such.sentence\" }}", 3)]
    [InlineData("card.html.sbn", "<a href={{ paper.url }}>", 1)]
    [InlineData("card.html.sbn", "<a {{ paper.title }}>", 1)]
    [InlineData("card.html.sbn", "\n<a title='{{ paper.id }}' class={{ paper.title }}>", 2)]
    [InlineData("card.html.sbn", "{{ include 'footer.html.sbn' }}", 1)]
    [InlineData("card.text.sbn", "{{ \"1 + 1\" | object.eval }}", 1)]
    [InlineData("card.text.sbn", "{{ date.now }}", 1)]
    [InlineData("card.text.sbn", "{{ for i in 1..100000000 }}x{{ end }}", 1)]
    public void A_template_that_asks_for_what_is_not_there_names_the_place(string file, string text, int line)
    {
        Write(file, text);
        var templates = MailTemplates.Load(_folder);
        var fault = Assert.Throws<TemplateException>(() => templates.Render(Samples.Issue(Samples.Paper(1))));
        Assert.StartsWith($"{Path.Combine(_folder, file)}:{line}:", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"tag\": \"xx\",\n oops }", 2)]
    [InlineData("{ \"tag\": \"xx\" }", 0, "\"plural\" is missing")]
    [InlineData("{ \"tag\": \"xx\", \"plural\": \"one\", \"groupSeparator\": \",\", \"groupFrom\": 1000, \"dates\": {} }", 0, "\"long\" is missing")]
    public void A_broken_language_table_stops_the_start(string json, int line, string what = "")
    {
        Write("xx.json", json);
        var fault = Assert.Throws<TemplateException>(() => MailTemplates.Load(_folder));
        Assert.Equal(line, fault.Line);
        Assert.Contains("xx.json", fault.Message, StringComparison.Ordinal);
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_nothing_is_made_from_is_told()
    {
        Write("kard.html.sbn", "<p>a slip of the pen</p>\n");
        Write("row.html.sbn", "<p>{{ paper.title }}</p>\n");
        Assert.Equal([Path.Combine(_folder, "kard.html.sbn")], MailTemplates.Load(_folder).UnusedFiles);
        Assert.Empty(MailTemplates.Load(null).UnusedFiles);
    }

    [Fact]
    public void A_table_that_lacks_sentences_is_told_and_says_them_in_English()
    {
        Write("de.json", TemplateFiles.Read("de.json").Replace("\"issue.heading\":", "\"issue.heading.old\":", StringComparison.Ordinal));
        var templates = MailTemplates.Load(_folder);
        var (file, keys) = Assert.Single(templates.LackingSentences);
        Assert.Equal((Path.Combine(_folder, "de.json"), "issue.heading"), (file, Assert.Single(keys)));
        Assert.Contains("1 paper for you", templates.Render(Samples.Issue(Samples.Paper(1)) with { Language = "de" }).Text, StringComparison.Ordinal);
        Assert.Empty(MailTemplates.Load(null).LackingSentences);
    }

    [Fact]
    public void The_built_in_files_can_be_taken_out_and_put_in_again()
    {
        foreach (var name in TemplateFiles.Names)
            Write(name, TemplateFiles.Read(name));
        Assert.Contains("card.html.sbn", TemplateFiles.Names);
        Assert.Contains("ja.json", TemplateFiles.Names);
        var issue = Samples.FullIssue("de");
        Assert.Equal(MailTemplates.Load(null).Render(issue).Html, MailTemplates.Load(_folder).Render(issue).Html);
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);
}

using Digest.Templates.Programs;
using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Digest.Templates;

/// <summary>All templates, compiled once; a compiled template is safe to share between threads.</summary>
internal sealed class TemplateSet
{
    private readonly Dictionary<string, MailTemplate> _templates = [];

    /// <exception cref="TemplateException">A template does not compile or uses what is not allowed.</exception>
    /// <param name="programs">False: the interpreter writes everything, which must give the same output.</param>
    public TemplateSet(TemplateSource source, bool programs = true)
    {
        foreach (var file in source.Files(".sbn"))
        {
            var script = Compile(source.Name(file), source.Read(file));
            _templates[file] = new MailTemplate(source.Name(file), script, programs ? TemplateProgram.Of(script) : null);
        }
    }

    public MailTemplate this[string file] =>
        _templates.TryGetValue(file, out var template) ? template : throw new TemplateException(file, 0, 0, "there is no such template");

    private static Template Compile(string name, string text)
    {
        var template = Template.Parse(text.ReplaceLineEndings("\n"), name);
        if (template.HasErrors)
        {
            var fault = template.Messages.First(message => message.Type == ParserMessageType.Error);
            throw new TemplateException(name, fault.Span.Start.Line + 1, fault.Span.Start.Column + 1, fault.Message);
        }

        new Rules(name).Visit(template.Page);
        return template;
    }

    /// <summary>What turns output into a string, which would then be encoded a second time, is refused where it stands.</summary>
    private sealed class Rules(string name) : ScriptVisitor
    {
        public override void Visit(ScriptCaptureStatement node) => Refuse(node, "capture");

        public override void Visit(ScriptFunction node) => Refuse(node, "func");

        public override void Visit(ScriptAnonymousFunction node) => Refuse(node, "do");

        public override void Visit(ScriptWrapStatement node) => Refuse(node, "wrap");

        public override void Visit(ScriptImportStatement node) => Refuse(node, "import");

        private void Refuse(ScriptNode node, string word) =>
            throw new TemplateException(
                name,
                node.Span.Start.Line + 1,
                node.Span.Start.Column + 1,
                $"'{word}' is not available in mail templates; write the output where it belongs.");
    }
}

using Digest.Templates.Programs;
using Scriban;

namespace Digest.Templates;

/// <summary>A compiled template.</summary>
internal sealed class MailTemplate(string name, Template script, TemplateProgram? program)
{
    public string Name { get; } = name;

    public Template Script { get; } = script;

    /// <summary>Null where the interpreter has to do it: the template uses more than a program can, or once met what it cannot.</summary>
    public TemplateProgram? Program { get; private set; } = program;

    public void GiveUpProgram() => Program = null;
}

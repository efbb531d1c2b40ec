using Digest.Templates.Output;
using Scriban;
using Scriban.Runtime;

namespace Digest.Templates.Programs;

/// <summary>
/// A template as steps of our own: the part of the language that mails are made of, several times as fast as the interpreter. A template
/// that uses more has no program, and one that meets something unexpected gives up: then the interpreter writes it and names any fault.
/// </summary>
internal sealed class TemplateProgram(Step[] steps)
{
    /// <summary>Null where the template uses more than the steps can do.</summary>
    public static TemplateProgram? Of(Template template)
    {
        try
        {
            return new TemplateProgram(new ProgramReader().Read(template.Page?.Body));
        }
        catch (NotInProgramException)
        {
            return null;
        }
    }

    /// <exception cref="NotInProgramException">Something came that the steps do not know.</exception>
    public void Run(MailContext context, ScriptObject model) => Step.RunAll(steps, new ProgramRun(context, model));
}

/// <summary>The interpreter has to do it.</summary>
internal sealed class NotInProgramException : Exception;

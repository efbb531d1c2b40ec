using System.Globalization;
using Digest.Templates.Languages;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Digest.Templates.Output;

/// <summary>
/// What a template runs in: only our own functions, strict names, limits; and every value is encoded on its way out, so that
/// no template can forget to. One context serves one mail.
/// </summary>
internal abstract class MailContext : TemplateContext
{
    protected MailContext(Language language)
        : base(Functions)
    {
        Words = language;
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedIndexerAccess = false;
        LoopLimit = 20_000;
        RecursiveLimit = 20;
        LimitToString = 0;
        NewLine = "\n";
        PushCulture(CultureInfo.InvariantCulture);
        PushOutput(Buffer);
    }

    private static readonly ScriptObject Functions = TemplateFunctions.Create();

    public Language Words { get; }

    protected OutputBuffer Buffer { get; } = new();

    /// <summary>Renders a template over a model and hands back what it wrote.</summary>
    public Markup Render(Template template, ScriptObject model)
    {
        Buffer.Truncate(0);
        PushGlobal(model);
        try
        {
            return new Markup(template.Render(this));
        }
        catch (Scriban.Syntax.ScriptRuntimeException fault)
        {
            throw new TemplateException(template.SourceFilePath ?? "", fault.Span.Start.Line + 1, fault.Span.Start.Column + 1, fault.OriginalMessage);
        }
        finally
        {
            PopGlobal();
        }
    }

    /// <summary>A sentence of ours with its values filled in, encoded.</summary>
    public Markup Say(string key, ReadOnlySpan<object?> values)
    {
        var start = Buffer.Length;
        Words.Sentence(key, values, this, static (context, text) => context.WriteText(text), static (context, value) => context.WriteValue(value));
        var said = new Markup(new string(Buffer.Written[start..]));
        Buffer.Truncate(start);
        return said;
    }

    public sealed override TemplateContext Write(SourceSpan span, object? textAsObject)
    {
        if (textAsObject is not null)
            WriteAtPlace(span, textAsObject);
        return this;
    }

    protected virtual void WriteAtPlace(SourceSpan span, object value) => WriteValue(value);

    protected abstract void WriteText(string text);

    protected abstract void WriteRun(TextRun run, bool inTitle);

    protected void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                break;
            case Markup markup:
                Buffer.Append(markup.Value);
                break;
            case RichText rich:
                foreach (var run in rich.Runs)
                    WriteRun(run, rich.IsTitle);
                break;
            case string text:
                WriteText(text);
                break;
            case int number:
                WriteText(Words.Number(number));
                break;
            default:
                WriteText(ObjectToString(value) ?? "");
                break;
        }
    }
}

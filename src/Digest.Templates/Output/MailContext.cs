using System.Globalization;
using Digest.Templates.Languages;
using Digest.Templates.Programs;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

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

    /// <summary>The values of <see cref="Slot"/> are written as they are: the reader's own come into their places later.</summary>
    public bool KeepsSlots { get; set; }

    /// <summary>A slot was written where its value cannot come in later.</summary>
    public bool SlotMisplaced { get; set; }

    protected OutputBuffer Buffer { get; } = new();

    private readonly Stack<char[]> _spare = [];

    /// <summary>Renders a template over a model and hands back what it wrote.</summary>
    public Markup Render(MailTemplate template, ScriptObject model)
    {
        Write(template, model);
        return new Markup(Buffer.ToString());
    }

    /// <summary>The same without a copy: good until it is taken back.</summary>
    public Markup Lend(MailTemplate template, ScriptObject model)
    {
        Write(template, model);
        return Buffer.Lend(_spare.TryPop(out var spare) ? spare : new char[OutputBuffer.FirstSize]);
    }

    public void TakeBack(Markup markup)
    {
        if (markup.Lent is { } lent)
            _spare.Push(lent);
    }

    private void Write(MailTemplate template, ScriptObject model)
    {
        Buffer.Truncate(0);
        try
        {
            if (!RunProgram(template, model))
                Interpret(template.Script, model);
        }
        catch (ScriptRuntimeException fault)
        {
            throw new TemplateException(template.Name, fault.Span.Start.Line + 1, fault.Span.Start.Column + 1, fault.OriginalMessage);
        }
    }

    private bool RunProgram(MailTemplate template, ScriptObject model)
    {
        if (template.Program is not { } program)
            return false;
        try
        {
            program.Run(this, model);
            return true;
        }
        catch (NotInProgramException)
        {
            template.GiveUpProgram();
            Buffer.Truncate(0);
            return false;
        }
    }

    private void Interpret(Template script, ScriptObject model)
    {
        PushGlobal(model);
        try
        {
            script.Render(this);
        }
        finally
        {
            PopGlobal();
        }
    }

    public void WriteRaw(string text) => Buffer.Append(text);

    /// <summary>Writes a sentence of ours with its values filled in, encoded.</summary>
    public void WriteSentence(string key, ReadOnlySpan<object?> values) =>
        Words.Sentence(key, values, this, static (context, text) => context.WriteText(text), static (context, value) => context.WriteValue(value));

    /// <summary>A sentence of ours with its values filled in, encoded.</summary>
    public Markup Say(string key, ReadOnlySpan<object?> values)
    {
        var start = Buffer.Length;
        WriteSentence(key, values);
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
                Buffer.Append(markup.Span);
                break;
            case RichText rich:
                foreach (var run in rich.Runs)
                    WriteRun(run, rich.IsTitle);
                break;
            case string text:
                WriteText(text);
                break;
            case MailLink link:
                WriteText(link.Value);
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

using System.Collections;
using Scriban.Runtime;

namespace Digest.Templates.Programs;

/// <summary>Something in a template that has a value.</summary>
internal abstract class Term
{
    public abstract object? Value(ProgramRun run);

    /// <summary>As the language has it: only null and false are not true.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool yes => yes,
        ScriptObject or ScriptArray or string or int or Output.Markup or Output.RichText or Output.MailLink => true,
        _ => throw new NotInProgramException(),
    };
}

internal sealed class LiteralTerm(object? value) : Term
{
    public override object? Value(ProgramRun run) => value;
}

/// <summary>A name of the model.</summary>
internal sealed class NameTerm(string name) : Term
{
    public override object? Value(ProgramRun run) => MemberTerm.Of(run.Model, name);
}

/// <summary>The element of the loop of that depth.</summary>
internal sealed class ElementTerm(int depth) : Term
{
    public override object? Value(ProgramRun run) => run.Loops[depth].Element;
}

/// <summary><c>for.first</c> and <c>for.last</c>.</summary>
internal sealed class LoopEndTerm(int depth, bool first) : Term
{
    public override object? Value(ProgramRun run) => run.Loops[depth].Index == (first ? 0 : run.Loops[depth].Count - 1);
}

/// <summary><c>target.name</c></summary>
internal sealed class MemberTerm(Term target, string name) : Term
{
    public override object? Value(ProgramRun run) => target.Value(run) switch
    {
        ScriptObject owner => Of(owner, name),
        IList list when name == "size" => list.Count,
        _ => throw new NotInProgramException(),
    };

    public static object? Of(ScriptObject owner, string name) =>
        owner.TryGetValue(name, out var value) ? value : throw new NotInProgramException();
}

internal sealed class NotTerm(Term term) : Term
{
    public override object? Value(ProgramRun run) => !IsTrue(term.Value(run));
}

/// <summary><c>&amp;&amp;</c> and <c>||</c></summary>
internal sealed class LogicTerm(Term left, Term right, bool and) : Term
{
    public override object? Value(ProgramRun run) =>
        and ? IsTrue(left.Value(run)) && IsTrue(right.Value(run)) : IsTrue(left.Value(run)) || IsTrue(right.Value(run));
}

internal sealed class EqualTerm(Term left, Term right, bool equal) : Term
{
    public override object? Value(ProgramRun run) => (left.Value(run), right.Value(run)) switch
    {
        (string a, string b) => a == b == equal,
        (int a, int b) => a == b == equal,
        _ => throw new NotInProgramException(),
    };
}

internal sealed class GreaterTerm(Term left, Term right) : Term
{
    public override object? Value(ProgramRun run) =>
        left.Value(run) is int a && right.Value(run) is int b ? a > b : throw new NotInProgramException();
}

/// <summary><c>"paper.why." + field</c></summary>
internal sealed class JoinTerm(Term left, Term right) : Term
{
    public override object? Value(ProgramRun run) =>
        left.Value(run) is string a && right.Value(run) is string b ? a + b : throw new NotInProgramException();
}

/// <summary><c>value | string.pad_left width</c></summary>
internal sealed class PadTerm(Term term, int width) : Term
{
    public override object? Value(ProgramRun run) => term.Value(run) is string text ? text.PadLeft(width) : throw new NotInProgramException();
}

/// <summary><c>say "key" value…</c></summary>
internal sealed class SayTerm(Term key, Term[] values) : Term
{
    public override object? Value(ProgramRun run) => run.Context.Say(Key(run), Values(run));

    public void Write(ProgramRun run) => run.Context.WriteSentence(Key(run), Values(run));

    private string Key(ProgramRun run) =>
        key.Value(run) is string name && run.Context.Words.Has(name) ? name : throw new NotInProgramException();

    private object?[] Values(ProgramRun run)
    {
        if (values.Length == 0)
            return [];
        var filled = new object?[values.Length];
        for (var i = 0; i < values.Length; i++)
            filled[i] = values[i].Value(run);
        return filled;
    }
}

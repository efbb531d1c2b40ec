using System.Collections;
using Scriban.Parsing;

namespace Digest.Templates.Programs;

/// <summary>Something that a template does.</summary>
internal abstract class Step
{
    public abstract void Run(ProgramRun run);

    public static void RunAll(Step[] steps, ProgramRun run)
    {
        foreach (var step in steps)
            step.Run(run);
    }
}

/// <summary>The template's own text.</summary>
internal sealed class RawStep(string text) : Step
{
    public override void Run(ProgramRun run) => run.Context.WriteRaw(text);
}

/// <summary><c>{{ value }}</c></summary>
internal sealed class ValueStep(SourceSpan span, Term value) : Step
{
    public override void Run(ProgramRun run) => run.Context.Write(span, value.Value(run));
}

/// <summary><c>{{ say "key" value… }}</c>, without a detour.</summary>
internal sealed class SayStep(SayTerm said) : Step
{
    public override void Run(ProgramRun run) => said.Write(run);
}

/// <summary><c>{{ if condition }} … {{ else }} … {{ end }}</c></summary>
internal sealed class IfStep(Term condition, Step[] then, Step[] otherwise) : Step
{
    public override void Run(ProgramRun run) => RunAll(Term.IsTrue(condition.Value(run)) ? then : otherwise, run);
}

/// <summary><c>{{ for element in list }} … {{ end }}</c></summary>
internal sealed class ForStep(int depth, Term list, Step[] body) : Step
{
    public override void Run(ProgramRun run)
    {
        if (list.Value(run) is not IList elements)
            throw new NotInProgramException();
        for (var i = 0; i < elements.Count; i++)
        {
            run.Loops[depth] = (elements[i], i, elements.Count);
            RunAll(body, run);
        }
    }
}

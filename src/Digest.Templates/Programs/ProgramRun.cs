using Digest.Templates.Output;
using Scriban.Runtime;

namespace Digest.Templates.Programs;

/// <summary>One run of a program: where it writes, what it reads, and where its loops are.</summary>
internal sealed class ProgramRun(MailContext context, ScriptObject model)
{
    public const int MostLoops = 8;

    public MailContext Context { get; } = context;

    public ScriptObject Model { get; } = model;

    /// <summary>The element, index and count of each loop around the step, by depth.</summary>
    public (object? Element, int Index, int Count)[] Loops { get; } = new (object?, int, int)[MostLoops];
}

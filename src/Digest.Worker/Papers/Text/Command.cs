namespace Digest.Worker.Papers.Text;

/// <summary>When a bare word, without its backslash, is still the command: some sources strip the backslashes of a whole text.</summary>
internal enum Bare
{
    Never,
    Always,
    Brace,
    Script,
    Number,
    Gap,
    Bracket,
}

/// <summary>One line of <c>Tables/commands.txt</c>.</summary>
internal sealed record Command(string Name, CommandKind Kind, string Value, Bare Bare);

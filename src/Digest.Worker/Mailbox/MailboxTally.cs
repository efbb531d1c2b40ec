using Digest.Worker.Mailbox.Handling;

namespace Digest.Worker.Mailbox;

/// <summary>Counts what a run does.</summary>
internal sealed class MailboxTally
{
    private readonly Dictionary<string, int> effects = new(StringComparer.Ordinal);
    private int read;
    private int known;
    private int setAside;

    /// <param name="effect">Null: the mail had been handled before.</param>
    public void Count(MailEffect? effect)
    {
        read++;
        if (effect is null)
            known++;
        else
            effects[effect.Name] = effects.GetValueOrDefault(effect.Name) + 1;
    }

    public void SetAside() => setAside++;

    public MailboxReport Report(string? trouble) => new() { Read = read, Known = known, SetAside = setAside, Effects = effects, Trouble = trouble };
}

using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Understanding.Machines;

/// <summary>
/// An absence notice that no header and no subject gives away: somebody says that they are away, and a time of return or what becomes of the
/// mail meanwhile. A human who writes of a holiday asks or wishes something beside it.
/// </summary>
internal static class AbsenceText
{
    private static readonly WordTable Signs = WordTable.Load("machine-signs");
    private static readonly PhraseList Absence = new(Signs.Section("absence"));
    private static readonly PhraseList Until = new(Signs.Section("absence until"));
    private static readonly PhraseList Told = new(Signs.Section("absence told"));
    private static readonly PhraseList Mail = new(Signs.Section("absence mail"));
    private static readonly PhraseList Human = new(Signs.Section("absence human"));

    /// <param name="flattened">The opening of the writer's own words.</param>
    public static bool Is(string flattened) =>
        !Human.IsIn(flattened) && ((Absence.IsIn(flattened) && Until.IsIn(flattened)) || (Told.IsIn(flattened) && Mail.IsIn(flattened)));
}

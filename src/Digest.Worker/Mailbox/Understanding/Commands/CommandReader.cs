namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>
/// Reads what a human asks for. The whole new text must be commands, or a fresh subject must be one; anything else is unclear and asks back.
/// </summary>
internal static class CommandReader
{
    private const int ShortBody = 60;
    private const int Most = 20;

    /// <param name="own">The writer's own words, without anything quoted and without our footer.</param>
    /// <param name="from">The writer's address: an unsubscribe that names another one is not acted on.</param>
    public static IReadOnlyList<MailCommand> Read(string subject, string own, string? from)
    {
        if (NamesSomebodyElse(own, from))
            return [];
        // "unsubscribe me@example.org" from that very address.
        if (from is not null && own.Length < 1000)
            own = own.Replace(from, "", StringComparison.OrdinalIgnoreCase);
        if (StopWish.Find(own) is { } language && !own.Split('\n').Any(IsErasure))
            return [new MailCommand(CommandVerb.Unsubscribe) { Language = language, Text = own }];
        if (Lines(own) is { Count: > 0 } commands)
            return commands;
        return SubjectLine.Own(subject) is { } fresh ? FromSubject(fresh, own) : [];
    }

    private static IReadOnlyList<MailCommand> FromSubject(string subject, string own)
    {
        if (StopWish.Find(subject) is { } language && (own.Length == 0 || (StopWish.IsExplicit(subject) && FoldedText.Words(own).Count <= ShortBody)))
            return [new MailCommand(CommandVerb.Unsubscribe) { Language = language, Text = subject }];
        if (own.Length > 0 && !own.Split('\n').All(line => string.IsNullOrWhiteSpace(line) || CommandGrammar.IsCourtesy(line)))
            return [];
        return CommandGrammar.Find(subject) is { } command ? [command] : [];
    }

    /// <summary>Every line a command or a courtesy; after the last command up to four short lines may be a signature.</summary>
    private static List<MailCommand> Lines(string own)
    {
        var found = new List<MailCommand>();
        var rest = 0;
        foreach (var line in own.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).SelectMany(Pieces))
        {
            if (!IsErasure(line) && StopWish.Find(line) is { } language)
                Take(new MailCommand(CommandVerb.Unsubscribe) { Language = language, Text = line.Trim() });
            else if (CommandGrammar.Find(line) is { } command)
                Take(command);
            else if (!CommandGrammar.IsCourtesy(line) && ++rest > 0 && (found.Count == 0 || line.Length > 60))
                return [];
            if (rest > 4 || found.Count > Most)
                return [];
        }
        return found;

        void Take(MailCommand command)
        {
            // Words between two commands are no signature.
            if (rest > 0)
                rest = 100;
            found.Add(command);
        }
    }

    /// <summary>"Delete my data" is more than "delete me".</summary>
    private static bool IsErasure(string line) => CommandGrammar.Find(line) is { Verb: CommandVerb.Erase };

    /// <summary>"more like 3, 5 no" is two commands in one line.</summary>
    private static IEnumerable<string> Pieces(string line)
    {
        if (CommandGrammar.Find(line) is not null)
            return [line];
        var pieces = line.Split([',', ';', '，', '；', '、']);
        return pieces.Length is > 1 and <= 10 && pieces.All(piece => CommandGrammar.Find(piece) is not null || CommandGrammar.IsCourtesy(piece)) ? pieces : [line];
    }

    private static bool NamesSomebodyElse(string own, string? from) =>
        own.Length < 1000 && StopWordsNear(own) && Mail.AddressText.FindAll(own).Any(address => !address.Equals(from, StringComparison.OrdinalIgnoreCase)) && !own.Contains("-- ", StringComparison.Ordinal);

    private static bool StopWordsNear(string own) => own.Split('\n').Any(line => line.Contains('@', StringComparison.Ordinal) && FoldedText.Words(line).Any(word => Vocabulary.All.Any(vocabulary => vocabulary.IsVerb(word))));
}

using System.CommandLine;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Operations;

/// <summary>The options that <c>subscriber add</c> and <c>subscriber edit</c> share.</summary>
internal sealed class SubscriberArguments
{
    private readonly Option<string> name = new("--name") { Description = "The reader's name." };
    private readonly Option<string> language = new("--language") { Description = "Language of our own sentences: en, de, fr, es, zh, ja." };
    private readonly Option<string> timezone = new("--timezone") { Description = "IANA time zone, such as Europe/Berlin." };
    private readonly Option<string> cadence = new("--cadence") { Description = "daily, weekdays or weekly:DAY." };
    private readonly Option<string> hour = new("--hour") { Description = "The hour of the day an issue is due, 0 to 23, in the reader's zone." };
    private readonly Option<string> cap = new("--cap") { Description = "The most papers in one issue, 1 to 100." };
    private readonly Option<bool?> nothingToday = new("--nothing-today") { Description = "Mail on an empty day too." };
    private readonly Option<string[]> interests = new("--interest") { Description = "One interest; give it once for each. One empty value means: trending.", AllowMultipleArgumentsPerToken = false };
    private readonly Option<FileInfo> profile = new("--profile") { Description = "A text file with one interest a line." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { name, language, timezone, cadence, hour, cap, nothingToday, interests, profile })
            command.Options.Add(option);
    }

    public async Task<SubscriberDraft> ReadAsync(ParseResult parsed, CancellationToken cancellationToken) => new()
    {
        Name = parsed.GetValue(name),
        Language = parsed.GetValue(language),
        Timezone = parsed.GetValue(timezone),
        Cadence = parsed.GetValue(cadence),
        Hour = parsed.GetValue(hour),
        Cap = parsed.GetValue(cap),
        NothingToday = parsed.GetValue(nothingToday),
        Interests = parsed.GetValue(profile) is { } file ? await File.ReadAllTextAsync(file.FullName, cancellationToken)
            : parsed.GetValue(interests) is { Length: > 0 } lines ? string.Join('\n', lines)
            : null,
    };
}

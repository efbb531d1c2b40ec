using Digest.Worker.Papers.Formats;
using Digest.Worker.Papers.Wire;

namespace Digest.Worker.Papers.Sources;

/// <summary>Any RSS or Atom feed, asked for only when it changed.</summary>
internal sealed class FeedSource(SourceContext context) : IPaperSource
{
    private readonly Uri address = new(context.Options.Url!);

    public string Name => context.Options.Name;

    public async Task<Fetched> FetchAsync(string? cursor, CancellationToken cancellationToken)
    {
        var known = Remembered.Parse(cursor);
        var question = new Question(Name, address) { Known = known.GetValueOrDefault(address.AbsoluteUri, Validators.None) };
        var (reading, validators) = await context.Fetcher.ReadIfChangedAsync(question, FeedFormat.Read, cancellationToken);
        if (reading is null)
            return new Fetched([], [], cursor);
        // An answer that broke off must be asked for again.
        known[address.AbsoluteUri] = reading.CutOff ? Validators.None : validators;
        return new Fetched(reading.Entries, reading.SetAside, Remembered.Text(known)) { Complete = !reading.CutOff };
    }
}

using System.Globalization;
using System.Text.Json;

namespace Digest.Worker.Subscribers;

/// <summary>
/// Says in a reader's language what could not be done or taken as written. In the code such sentences are English with their values; the
/// table <c>wording.json</c> has them in the others, found by the English one. What only operators read stands not in it.
/// </summary>
internal static class Wording
{
    private static readonly Dictionary<string, Dictionary<string, string>> Table = Read().ToDictionary(row => row["en"], StringComparer.Ordinal);

    /// <summary>Each sentence, by language.</summary>
    public static IReadOnlyCollection<IReadOnlyDictionary<string, string>> Rows => Table.Values;

    /// <summary>With a capital and a full stop, for a line of its own.</summary>
    /// <param name="language">BCP 47; English where we have no other.</param>
    public static string Sentence(string language, FormattableString said)
    {
        var text = In(language, said);
        var stop = char.IsPunctuation(text[^1]) && text[^1] is not (')' or '»' or '“' or '"' or '\'' or '*') ? "" : Tag(language) is "zh" or "ja" ? "。" : ".";
        return char.ToUpperInvariant(text[0]) + text[1..] + stop;
    }

    /// <summary>As a part of a sentence.</summary>
    public static string In(string language, FormattableString said) =>
        Table.TryGetValue(said.Format, out var row) && row.TryGetValue(Tag(language), out var own) ? string.Format(CultureInfo.InvariantCulture, own, said.GetArguments()) : FormattableString.Invariant(said);

    private static string Tag(string language) => language.Split('-')[0].ToLowerInvariant();

    private static List<Dictionary<string, string>> Read()
    {
        using var file = typeof(Wording).Assembly.GetManifestResourceStream("wording.json")!;
        return JsonSerializer.Deserialize<List<Dictionary<string, string>>>(file)!;
    }
}

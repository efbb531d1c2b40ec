using System.Globalization;
using Digest.Worker.Mailbox.Understanding.Tables;

namespace Digest.Worker.Mailbox.Answering;

/// <summary>Our sentences in the reader's language; English where we have no other.</summary>
internal sealed class Sentences
{
    private static readonly Dictionary<string, Sentences> Languages = Read();
    private readonly Dictionary<string, string> texts;

    private Sentences(Dictionary<string, string> texts) => this.texts = texts;

    /// <summary>The languages that the table has, and the keys of each.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyCollection<string>> Keys => Languages.ToDictionary(pair => pair.Key, pair => (IReadOnlyCollection<string>)pair.Value.texts.Keys);

    /// <param name="language">BCP 47.</param>
    public static Sentences For(string language) => Languages.GetValueOrDefault(language.Split('-')[0].ToLowerInvariant(), Languages["en"]);

    public string Say(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, texts[key], values);

    private static Dictionary<string, Sentences> Read()
    {
        var table = WordTable.Load("answers");
        return table.Names.Where(name => name.Length > 0).ToDictionary(name => name, name => new Sentences(
            table.Section(name).Select(line => line.Split(": ", 2)).ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal)), StringComparer.Ordinal);
    }
}

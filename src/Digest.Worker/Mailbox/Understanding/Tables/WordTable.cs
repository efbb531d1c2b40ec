using System.Collections.Concurrent;
using System.Reflection;

namespace Digest.Worker.Mailbox.Understanding.Tables;

/// <summary>
/// An embedded table of words: one entry a line, <c>#</c> begins a comment line, <c>[name]</c> begins a section, a backslash an entry that would else be one of these. The tables grow without a change of code.
/// </summary>
internal sealed class WordTable
{
    private static readonly ConcurrentDictionary<string, WordTable> Loaded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> sections;

    private WordTable(Dictionary<string, IReadOnlyList<string>> sections) => this.sections = sections;

    /// <summary>Section names in the order of the file.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>The entries before the first section.</summary>
    public IReadOnlyList<string> Entries => Section("");

    public IReadOnlyList<string> Section(string name) => sections.GetValueOrDefault(name, []);

    /// <summary>The table of this name.</summary>
    public static WordTable Load(string name) => Loaded.GetOrAdd(name, Read);

    private static WordTable Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"mailbox/{name}.txt")
            ?? throw new InvalidOperationException($"The table {name}.txt is not in the program.");
        using var reader = new StreamReader(stream);
        var sections = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var names = new List<string> { "" };
        var entries = new List<string>();
        sections[""] = entries;
        while (reader.ReadLine() is { } line)
        {
            var entry = line.Trim();
            if (entry.Length == 0 || entry[0] == '#')
                continue;
            if (entry[0] == '[' && entry[^1] == ']')
            {
                names.Add(entry[1..^1]);
                sections[names[^1]] = entries = [];
            }
            else
            {
                entries.Add(entry[0] == '\\' ? entry[1..] : entry);
            }
        }
        return new WordTable(sections) { Names = names };
    }
}

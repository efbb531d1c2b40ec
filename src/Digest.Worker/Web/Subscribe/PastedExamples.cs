using System.Text;
using System.Text.RegularExpressions;
using Digest.Worker.Papers;

namespace Digest.Worker.Web.Subscribe;

/// <summary>
/// Reads what somebody pasted to say what they like: links, ids and DOIs of papers that are stored here, entries of BibTeX by their titles
/// and abstracts, else the text as it is. Nothing is fetched for it.
/// </summary>
internal sealed partial class PastedExamples(PaperStore papers)
{
    public const int Longest = 50_000;
    private const int MostNamed = 30;
    private const int MostTexts = 60;

    public async Task<PastedTexts> ReadAsync(string pasted, CancellationToken cancellationToken)
    {
        var text = pasted.Length > Longest ? pasted[..Longest] : pasted;
        var (texts, unknown) = (new List<string>(), new List<string>());
        foreach (var name in Names().Matches(text).Select(match => match.Value.TrimEnd('.', ',', ';', ')', '}', '"')).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostNamed))
            if (await papers.FindNamedAsync(name, cancellationToken) is { } paper)
                texts.Add($"{paper.Title}. {paper.Abstract}");
            else
                unknown.Add(name);
        var fields = Fields().Matches(text).Select(match => Value(text, match.Index + match.Length - 1)).Where(value => value.Length > 0).Take(MostTexts - MostNamed).ToList();
        texts.AddRange(fields);
        if (fields.Count == 0)
            texts.AddRange(Names().Replace(text, " ").Split('\n').Where(line => line.Count(char.IsWhiteSpace) > 2).Take(MostTexts - MostNamed));
        return new PastedTexts(texts, fields.Count > 0 ? [] : unknown);
    }

    /// <summary>The value of a BibTeX field that begins at an opening brace or quote, without the braces within.</summary>
    private static string Value(string text, int start)
    {
        var value = new StringBuilder();
        var quoted = text[start] == '"';
        for (var (at, depth) = (start, 0); at < text.Length; at++)
        {
            var c = text[at];
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            if (at > start && (quoted ? c == '"' && depth == 0 : depth == 0))
                break;
            if (c is not ('{' or '}') && at > start)
                value.Append(c);
        }
        return value.ToString().Trim();
    }

    [GeneratedRegex(@"\b\d{4}\.\d{4,5}(?:v\d{1,2})?\b|\b[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7}\b|\b10\.\d{4,9}/[^\s""<>{}]{1,150}", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Names();

    [GeneratedRegex(@"\b(?:title|abstract|keywords)\s{0,5}=\s{0,5}[{""]", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Fields();
}

/// <param name="Unknown">Papers that were named and are not stored here.</param>
internal sealed record PastedTexts(IReadOnlyList<string> Texts, IReadOnlyList<string> Unknown);

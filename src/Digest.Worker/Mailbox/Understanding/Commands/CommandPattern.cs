using System.Text;
using System.Text.RegularExpressions;

namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>One line of the table of commands, ready to be held against a line of a mail. <c>(a|b|)</c> is one of several, or nothing.</summary>
internal sealed class CommandPattern
{
    private readonly Regex pattern;

    public CommandPattern(CommandVerb verb, string language, string line)
    {
        (Verb, Language) = (verb, language);
        pattern = new Regex($"^{Translate(line)}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(3));
    }

    public CommandVerb Verb { get; }

    public string Language { get; }

    /// <summary>Holds the pattern against a folded line.</summary>
    public Match Match(string folded) => pattern.Match(folded);

    private static string Translate(string line)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '{' && line.IndexOf('}', i) is > 0 and var end)
            {
                regex.Append(Place(line[(i + 1)..end]));
                i = end;
            }
            else if (line[i] is '(' or '|' or ')')
            {
                regex.Append(line[i] == '(' ? "(?:" : line[i].ToString());
            }
            else if (line[i] is '：' or ':')
            {
                regex.Append(@"\s*:\s*");
            }
            else
            {
                regex.Append(line[i] == ' ' ? @"\s+" : Regex.Escape(FoldedText.Fold(line[i].ToString())));
            }
        }
        return regex.Replace(@"\s+\s*:\s*", @"\s*:\s*").Replace(@":\s*\s+", @":\s*").ToString();
    }

    private static string Place(string name) => name switch
    {
        "n" => $@"(?<n>\d{{1,4}}|{string.Join('|', NumberWords.AllNumbers.Select(Regex.Escape))})",
        "span" => $@"(?<n>\d{{1,4}}|{string.Join('|', NumberWords.AllNumbers.Select(Regex.Escape))})\s*(?<span>{string.Join('|', NumberWords.AllSpans.Select(Regex.Escape))})",
        "numbers" => @"(?:(?:papers?|numbers?|nos?|nr|num|nummern?|artikel|articles?|articulos?|numeros?|les?|los|el|der|die|das|l'article|第)\.?\s*)*#?(?<numbers>\d{1,3}(?:[\s,;#、和及]+(?:(?:and|und|et|y)\s+#?)?\d{1,3}){0,50})\s?(?:番|号|篇|本|件)?",
        "text" => @"\s*(?<text>\S.*)",
        "date" => @"\s*(?<date>\S.*?)",
        "day" => $@"(?<day>{string.Join('|', WeekdayNames.All.Select(Regex.Escape))})s?",
        "hour" => @"(?<hour>\d{1,2})(?::?(?<minute>00))?\s*(?<half>am|pm|uhr|h|点|時|heures?|horas?)?",
        _ => throw new InvalidOperationException($"The table of commands has an unknown place {{{name}}}."),
    };
}

using System.Buffers;
using System.Diagnostics;
using System.Text;
using Digest.Worker.Papers.Text;

namespace Digest.Bench;

/// <summary>
/// <c>text [PAIRS-FILE]</c>: runs the text module over every real text and tells, per construct, how many texts had it before and have it
/// after, how many texts without any marker were changed, and the processor time per abstract. With a file name, every changed
/// pair is written there for reading.
/// </summary>
internal static class TextBench
{
    private static readonly SearchValues<char> Markers = SearchValues.Create("\\$^_{}~`<>&%|'-\"");

    public static int Run(string[] arguments)
    {
        var texts = RealTexts.All().ToList();
        if (texts.Count == 0)
        {
            Console.WriteLine($"no real texts in {RealTexts.Folder}: nothing measured");
            return 0;
        }

        var cleaned = new string[texts.Count];
        for (var i = 0; i < texts.Count; i++)
            cleaned[i] = ReadableText.Abstract(texts[i].Source == "preprints" ? PreprintMarks.Remove(texts[i].Text) : texts[i].Text);
        Time(texts);
        foreach (var source in texts.GroupBy(text => text.Source).Select(group => group.Key).Append("all"))
            Table(source, [.. Enumerable.Range(0, texts.Count).Where(i => source == "all" || texts[i].Source == source)], texts, cleaned);
        if (arguments.Length > 0)
            WritePairs(arguments[0], texts, cleaned);
        return 0;
    }

    private static void Table(string source, List<int> rows, List<RealText> texts, string[] cleaned)
    {
        Console.WriteLine($"\n{source}: {rows.Count:N0} texts");
        Console.WriteLine($"  {"construct",-24}{"before",10}{"after",8}");
        foreach (var (name, pattern) in LeftOvers.Constructs)
        {
            var before = rows.Count(i => pattern.IsMatch(texts[i].Text));
            Console.WriteLine($"  {name,-24}{before,10:N0}{rows.Count(i => pattern.IsMatch(cleaned[i])),8:N0}");
        }

        var left = rows.Count(i => LeftOvers.In(cleaned[i]).Any());
        Console.WriteLine($"  {"texts with any",-24}{rows.Count(i => LeftOvers.In(texts[i].Text).Any()),10:N0}{left,8:N0}  = {100.0 * left / rows.Count:F2} % left");
        var plain = rows.Where(i => texts[i].Text.AsSpan().IndexOfAny(Markers) < 0).ToList();
        var changed = plain.Where(i => Folded(texts[i].Text) != cleaned[i]).ToList();
        Console.WriteLine($"  changed {rows.Count(i => Folded(texts[i].Text) != cleaned[i]):N0}; of {plain.Count:N0} without any marker {changed.Count:N0} were changed");
        var restless = rows.Where(i => ReadableText.Abstract(cleaned[i]) != cleaned[i]).ToList();
        Console.WriteLine($"  not the same when cleaned twice: {restless.Count:N0}");
        foreach (var i in restless.Take(source == "all" ? 10 : 0))
            Console.WriteLine($"    {texts[i].Source} {texts[i].Id}: {Difference(cleaned[i], ReadableText.Abstract(cleaned[i]))}");
    }

    private static void Time(List<RealText> texts)
    {
        var abstracts = texts.Where(text => text.Kind == "abstract").ToList();
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var text in abstracts)
            ReadableText.Abstract(text.Text);
        var spent = Process.GetCurrentProcess().TotalProcessorTime - before;
        Console.WriteLine($"{abstracts.Count:N0} abstracts, {spent.TotalMicroseconds / abstracts.Count:F1} µs of processor time each");
    }

    private static void WritePairs(string file, List<RealText> texts, string[] cleaned)
    {
        var pairs = new StringBuilder();
        for (var i = 0; i < texts.Count; i++)
            if (Folded(texts[i].Text) != cleaned[i])
                pairs.Append(texts[i].Source).Append('\t').Append(texts[i].Id).Append('\t').Append(texts[i].Kind).Append('\t')
                    .Append(Folded(texts[i].Text)).Append('\t').Append(cleaned[i]).Append('\n');
        File.WriteAllText(file, pairs.ToString());
    }

    private static string Difference(string once, string twice)
    {
        var at = once.Zip(twice).TakeWhile(pair => pair.First == pair.Second).Count();
        string Near(string text) => text[Math.Max(0, at - 40)..Math.Min(text.Length, at + 40)];
        return $"{Near(once)} | {Near(twice)}";
    }

    private static string Folded(string text) => WhiteSpace.Fold(text).Normalize();
}

using System.Text.Json;

namespace Digest.Worker.Tests.Support;

/// <summary>Turns real profiles into subscribers: their keywords, negatives and authors as written, one interest a line; their categories where they have nothing else.</summary>
internal static class RealProfiles
{
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Kiritimati", "America/St_Johns", "Pacific/Pago_Pago"];
    private static readonly string[] Languages = ["en", "de", "fr", "es", "zh", "ja"];

    /// <summary>The first <paramref name="count"/> of them as the CSV that <c>subscriber import</c> reads; zone and hour vary, every one is daily.</summary>
    public static string Csv(int count)
    {
        var lines = File.ReadLines(RealData.Path("profiles.jsonl")).Select(Interests).Where(interests => interests.Count > 0).Take(count)
            .Select((interests, index) => $"reader{index}@example.org,,{Languages[index % Languages.Length]},{Zones[index % Zones.Length]},daily,{index % 24},{3 + (index % 10)},{Cell(interests)}");
        return string.Join('\n', lines.Prepend("email,name,language,timezone,cadence,hour,cap,interests")) + "\n";
    }

    /// <summary>All of them, one interest a line.</summary>
    public static IReadOnlyList<string> Texts() =>
        [.. File.ReadLines(RealData.Path("profiles.jsonl")).Select(line => string.Join('\n', Interests(line)))];

    private static IReadOnlyList<string> Interests(string line)
    {
        using var document = JsonDocument.Parse(line);
        var profile = document.RootElement;
        List<string> wanted = [.. Words(profile, "keywords"), .. Words(profile, "authors").Select(author => $"author:{author}")];
        if (wanted.Count == 0)
            wanted = [.. Words(profile, "free_text"), .. Words(profile, "categories").Select(code => $"cat:{code}")];
        return [.. wanted.Concat(Words(profile, "negatives").Select(word => $"-{word}")).Take(200)];
    }

    private static IEnumerable<string> Words(JsonElement profile, string name) => profile.GetProperty(name).EnumerateArray()
        .Select(word => string.Join(' ', word.GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        .Where(word => word.Length is > 0 and <= 400);

    private static string Cell(IEnumerable<string> interests) =>
        $"\"{string.Join(';', interests.Select(interest => interest.Replace(";", "\\;", StringComparison.Ordinal))).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

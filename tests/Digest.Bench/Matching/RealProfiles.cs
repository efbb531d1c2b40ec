using System.Text.Json;
using Digest.Worker.Matching;

namespace Digest.Bench.Matching;

/// <summary>
/// The real profiles beside the repository as their owners would type them here: the keywords, or the free text where there are none; what they
/// do not want; whom they follow. Their categories say where they look, not what for, and are left out.
/// </summary>
internal static class RealProfiles
{
    public static List<(string Name, Profile Profile)> All() =>
        [.. File.ReadLines(SharedData.Path("profiles.jsonl")).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return (json.RootElement.GetProperty("profile_id").GetString()!, Profile.Parse(string.Join('\n', Lines(json.RootElement))));
        })];

    private static IEnumerable<string> Lines(JsonElement profile)
    {
        var keywords = Of(profile, "keywords").ToList();
        var wanted = keywords.Count > 0 ? keywords : [.. Of(profile, "free_text")];
        return wanted
            .Concat(Of(profile, "negatives").Select(line => "-" + (line.Contains(' ', StringComparison.Ordinal) ? $"\"{line}\"" : line)))
            .Concat(Of(profile, "authors").Select(line => "author: " + line));
    }

    private static IEnumerable<string> Of(JsonElement profile, string name) => profile.GetProperty(name).EnumerateArray().Select(value => value.GetString() ?? "");
}

namespace Digest.Worker.Papers.Formats;

/// <summary>The ids of an entry, those that it has.</summary>
internal static class EntryIds
{
    public static IReadOnlyDictionary<string, string> Of(params (string Scheme, string? Id)[] ids) =>
        ids.Where(id => !string.IsNullOrEmpty(id.Id)).ToDictionary(id => id.Scheme, id => id.Id!);
}

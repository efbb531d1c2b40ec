using System.Collections;
using System.Text.RegularExpressions;

namespace Digest.Worker.Settings;

/// <summary>Every setting that the program knows: the properties of the rooms' <c>*Options</c> records, under the section of that name.</summary>
internal static partial class SettingKeys
{
    /// <summary>In the order of sections and of their properties; an element of a list has <c>N</c> for its number.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        .. from type in typeof(SettingKeys).Assembly.GetTypes()
           where type.Name.EndsWith("Options", StringComparison.Ordinal) && !type.IsNested && type.GetConstructor(Type.EmptyTypes) is not null
           let section = type.Name == "SourceOptions" ? "Papers:Sources:N" : type.Name[..^"Options".Length]
           let defaults = Activator.CreateInstance(type)
           from property in type.GetProperties()
           where property.CanWrite
           let value = property.GetValue(defaults)
           orderby section
           select new SettingKey($"{section}:{property.Name}", value, value is IEnumerable and not string),
        new("Web:PublicUrl", null, false),
    ];

    public static IReadOnlySet<string> Sections { get; } = All.Select(key => key.Key.Split(':')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A value that is never shown: passwords, and what may hold one.</summary>
    public static bool IsSecret(string key) => Secret().IsMatch(key);

    /// <summary>The key with <c>N</c> for the numbers of list elements; one of several relays is called like the only one.</summary>
    public static string Normal(string key) => Number().Replace(Relay().Replace(key, "Smtp:"), ":N");

    public static bool IsKnown(string key)
    {
        var normal = Normal(key);
        return All.Any(known => normal.Equals(known.Key, StringComparison.OrdinalIgnoreCase) || known.IsList && normal.StartsWith($"{known.Key}:N", StringComparison.OrdinalIgnoreCase) && known.Key != "Papers:Sources");
    }

    [GeneratedRegex("(Password|Secret|Token)$", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex("^Smtp:[0-9]+:", RegexOptions.IgnoreCase)]
    private static partial Regex Relay();

    [GeneratedRegex(":[0-9]+(?=:|$)")]
    private static partial Regex Number();
}

/// <param name="Default">Null where it depends on something else, or there is none.</param>
internal sealed record SettingKey(string Key, object? Default, bool IsList);

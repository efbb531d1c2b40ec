using System.Text.RegularExpressions;

namespace Digest.Worker.Settings;

/// <summary>Binds a section of the settings to a room's options.</summary>
internal static partial class SettingBinding
{
    /// <exception cref="SettingException">A value does not have the setting's type.</exception>
    public static T Bind<T>(this IConfiguration configuration, string section) where T : new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException e) when (Failure().Match(e.Message) is { Success: true } failure)
        {
            var key = failure.Groups["key"].Value;
            throw new SettingException(key, configuration[key], Wanted(failure.Groups["type"].Value));
        }
    }

    private static string Wanted(string type) => type switch
    {
        "Int32" or "Int64" => "a whole number",
        "Boolean" => "true or false",
        "TimeSpan" => "a time such as 06:00:00",
        "DateOnly" => "a date such as 2026-12-25",
        _ => $"a value of type {type}",
    };

    /// <summary>Reads a word of a closed list, in any case.</summary>
    /// <exception cref="SettingException">The word is not on the list.</exception>
    public static TEnum OneOf<TEnum>(string key, string value) where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(value, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) && !char.IsAsciiDigit(value[0])
            ? parsed
            : throw new SettingException(key, value, "one of " + string.Join(", ", Enum.GetNames<TEnum>().Select(name => name.ToLowerInvariant())));

    // The binder's own wording: "Failed to convert configuration value 'x' at 'Smtp:Port' to type 'System.Int32'."
    [GeneratedRegex("at '(?<key>[^']+)' to type '(System\\.)?(?<type>[^']+)'", RegexOptions.NonBacktracking)]
    private static partial Regex Failure();
}

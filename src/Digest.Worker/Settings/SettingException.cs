namespace Digest.Worker.Settings;

/// <summary>A setting has a value that cannot be used; the message is one line that names the key, the value and what is allowed.</summary>
internal sealed class SettingException(string key, string? value, string allowed)
    : Exception(value is null ? $"{key} is missing: {allowed}" : $"{key} is '{value}': {allowed}")
{
    /// <summary>The key with colons, as in appsettings.json; the environment form has <c>__</c> for <c>:</c>.</summary>
    public string Key { get; } = key;
}

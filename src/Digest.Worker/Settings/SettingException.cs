namespace Digest.Worker.Settings;

/// <summary>Settings that cannot be used; the message has one line each that names the key, the value and what is allowed.</summary>
internal sealed class SettingException : Exception
{
    public SettingException(string key, string? value, string allowed) : base(Line(key, value, allowed)) => Faults = [new(key, Message)];

    public SettingException(IReadOnlyList<SettingFault> faults) : base(string.Join('\n', faults.Select(fault => fault.Line))) => Faults = faults;

    public IReadOnlyList<SettingFault> Faults { get; }

    private static string Line(string key, string? value, string allowed) => value switch
    {
        null => $"{key} is missing: {allowed}",
        _ when SettingKeys.IsSecret(key) => $"{key} cannot be used: {allowed}",
        _ => $"{key} is '{InnerSecrets.Mask(value)}': {allowed}",
    };
}

/// <param name="Key">With colons, as in appsettings.json; the environment form has <c>__</c> for <c>:</c>.</param>
internal sealed record SettingFault(string Key, string Line);

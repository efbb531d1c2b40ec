namespace Digest.Worker.Settings;

/// <summary>
/// Settings that stand in files, as container secrets do: <c>Smtp__Password_FILE=/run/secrets/smtp</c> in the environment. Any key may
/// have <c>_FILE</c> behind it. A password's file is handed on as <c>PasswordFile</c>, which is read again at each connection.
/// </summary>
internal sealed class SecretFiles : ConfigurationProvider, IConfigurationSource
{
    private const string Ending = "_FILE";

    public SecretFiles(IConfiguration configuration) => Faults = SettingFaults.Collect(configuration.AsEnumerable()
        .Where(pair => pair.Value is { Length: > 0 } && Target(pair.Key) != pair.Key && SettingKeys.IsKnown(Target(pair.Key)))
        .Select(pair => (Action)(() => Take(pair.Key, pair.Value!))));

    /// <summary>Files that cannot be read: told with all other faults, not before them.</summary>
    public IReadOnlyList<SettingFault> Faults { get; }

    /// <summary>Those of all files that these settings name.</summary>
    public static IReadOnlyList<SettingFault> FaultsOf(IConfiguration configuration) =>
        configuration is IConfigurationRoot root ? [.. root.Providers.OfType<SecretFiles>().SelectMany(files => files.Faults)] : [];

    /// <summary>The key that a file stands for; the key itself where it names none.</summary>
    public static string Target(string key) => key.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? key[..^Ending.Length] : key;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    private void Take(string key, string path)
    {
        var target = Target(key);
        try
        {
            var content = File.ReadAllText(path).TrimEnd('\r', '\n');
            if (target.EndsWith(":Password", StringComparison.OrdinalIgnoreCase))
                Set($"{target}File", path);
            else
                Set(target, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(key, path, $"a file that can be read ({e.Message})");
        }
    }
}

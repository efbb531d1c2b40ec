using System.Collections;
using System.Globalization;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Digest.Worker.Settings;

/// <summary>The settings as they hold, each with where it comes from; nothing secret in them.</summary>
internal static class EffectiveSettings
{
    public static IReadOnlyList<EffectiveSetting> All(IConfigurationRoot configuration)
    {
        var given = configuration.AsEnumerable().Where(pair => pair.Value is not null && SettingKeys.IsKnown(pair.Key)).ToLookup(pair => SettingKeys.Normal(pair.Key), StringComparer.OrdinalIgnoreCase);
        return [.. SettingKeys.All.SelectMany(key =>
        {
            var found = given.Where(group => group.Key.Equals(key.Key, StringComparison.OrdinalIgnoreCase) || key.IsList && group.Key.Equals($"{key.Key}:N", StringComparison.OrdinalIgnoreCase))
                .SelectMany(group => group).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
            // What a source does not say is not worth a line; everything else has its default.
            return found.Count > 0 ? found.Select(pair => new EffectiveSetting(pair.Key, Shown(pair.Key, pair.Value!), Origin(configuration, pair.Key)))
                : key.Key.Contains(":N:", StringComparison.Ordinal) || key.Key == "Papers:Sources" ? []
                : [new EffectiveSetting(key.Key, Text(key.Default), "default")];
        })];
    }

    private static string Shown(string key, string value) => SettingKeys.IsSecret(key) ? InnerSecrets.Masked : InnerSecrets.Mask(value);

    private static string Origin(IConfigurationRoot configuration, string key) => configuration.Providers.Reverse().FirstOrDefault(provider => provider.TryGet(key, out _)) switch
    {
        EnvironmentVariablesConfigurationProvider => $"environment {key.Replace(":", "__", StringComparison.Ordinal)}",
        JsonConfigurationProvider json => json.Source.Path ?? "file",
        SecretFiles => $"the file of {key}_FILE".Replace("PasswordFile_FILE", "Password_FILE", StringComparison.Ordinal),
        null => "default",
        _ => "program",
    };

    private static string Text(object? value) => value switch
    {
        null or "" or IEnumerable and not string => "-",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };
}

/// <param name="Origin"><c>default</c>, or the file or variable that says it.</param>
internal sealed record EffectiveSetting(string Key, string Value, string Origin);

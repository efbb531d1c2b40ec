using Digest.Templates;
using Digest.Worker.Settings;

namespace Digest.Worker.Delivery;

/// <summary>The templates as the settings want them.</summary>
internal static class TemplatesSetup
{
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    /// <exception cref="TemplateException">A template cannot be used.</exception>
    public static MailTemplates Load(IConfiguration configuration) => MailTemplates.Load(Folder(configuration), Theme(configuration));

    /// <summary>Where the operator's own files are; null: nowhere.</summary>
    /// <exception cref="SettingException">It is not there.</exception>
    public static string? Folder(IConfiguration configuration) => configuration.Bind<TemplatesOptions>("Templates").Folder switch
    {
        null or "" => null,
        var folder when Directory.Exists(folder) => folder,
        var folder => throw new SettingException("Templates:Folder", folder, "a folder that is there"),
    };

    /// <exception cref="SettingException">A colour cannot be used.</exception>
    public static MailTheme Theme(IConfiguration configuration)
    {
        var options = configuration.Bind<TemplatesOptions>("Templates");
        return new MailTheme
        {
            Accent = Colour("Templates:Accent", options.Accent, MailTheme.LightGrounds),
            AccentDark = Colour("Templates:AccentDark", options.AccentDark, MailTheme.DarkGrounds),
            LogoText = string.IsNullOrWhiteSpace(options.LogoText) ? null : options.LogoText.Trim(),
        };
    }

    private static string Colour(string key, string value, IReadOnlyList<string> grounds) =>
        !Contrast.IsColour(value) ? throw new SettingException(key, value, "a colour such as #1a5fb4")
        : grounds.Any(ground => Contrast.Of(value, ground) < Contrast.Least)
            ? throw new SettingException(key, value, $"a colour that can be read on {string.Join(" and ", grounds)}: a contrast of at least 4.5 to 1 (WCAG AA)")
            : value;
}

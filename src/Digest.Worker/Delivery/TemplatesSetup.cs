using Digest.Templates;
using Digest.Worker.Settings;

namespace Digest.Worker.Delivery;

/// <summary>The templates as the settings want them.</summary>
internal static class TemplatesSetup
{
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    /// <exception cref="TemplateException">A template cannot be used.</exception>
    public static MailTemplates Load(IConfiguration configuration)
    {
        var options = configuration.Bind<TemplatesOptions>("Templates");
        if (options.Folder is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new SettingException("Templates:Folder", folder, "a folder that is there");
        return MailTemplates.Load(options.Folder is { Length: > 0 } ? options.Folder : null, new MailTheme
        {
            Accent = Colour("Templates:Accent", options.Accent, MailTheme.LightGrounds),
            AccentDark = Colour("Templates:AccentDark", options.AccentDark, MailTheme.DarkGrounds),
            LogoText = string.IsNullOrWhiteSpace(options.LogoText) ? null : options.LogoText.Trim(),
        });
    }

    private static string Colour(string key, string value, IReadOnlyList<string> grounds) =>
        !Contrast.IsColour(value) ? throw new SettingException(key, value, "a colour such as #1a5fb4")
        : grounds.Any(ground => Contrast.Of(value, ground) < Contrast.Least)
            ? throw new SettingException(key, value, $"a colour that can be read on {string.Join(" and ", grounds)}: a contrast of at least 4.5 to 1 (WCAG AA)")
            : value;
}

namespace Digest.Templates;

/// <summary>What an operator may change without touching a template.</summary>
public sealed record MailTheme
{
    public static readonly MailTheme BuiltIn = new();

    /// <summary>What links stand on: the page.</summary>
    public static readonly IReadOnlyList<string> LightGrounds = ["#ffffff"];

    public static readonly IReadOnlyList<string> DarkGrounds = ["#15181c"];

    /// <summary>Links and marks on a light ground, <c>#rrggbb</c>.</summary>
    public string Accent { get; init; } = "#1a5fb4";

    /// <summary>The same on a dark ground.</summary>
    public string AccentDark { get; init; } = "#8cb9f5";

    /// <summary>The word at the top of each mail; null for the name of the service.</summary>
    public string? LogoText { get; init; }
}

using Digest.Templates;

namespace Digest.Worker.Delivery;

/// <summary>The settings under <c>Templates</c>: what an operator may change of the mails' looks.</summary>
internal sealed record TemplatesOptions
{
    /// <summary>A folder whose files replace the built-in templates and language tables of the same name.</summary>
    public string? Folder { get; init; }

    /// <summary>The colour of links on a light ground.</summary>
    public string Accent { get; init; } = MailTheme.BuiltIn.Accent;

    /// <summary>The colour of links on a dark ground.</summary>
    public string AccentDark { get; init; } = MailTheme.BuiltIn.AccentDark;

    /// <summary>The word at the top of each mail; null: <c>Sender:Name</c>.</summary>
    public string? LogoText { get; init; }
}

using Scriban.Runtime;

namespace Digest.Templates.Site;

/// <summary>What stands between the head and the foot of a page.</summary>
/// <param name="Template">The file that writes it.</param>
/// <param name="Title">Of the window.</param>
/// <param name="Entries">Papers, each written by the template of an entry.</param>
internal sealed record SiteContent(string Template, string Title, ScriptObject Model, IReadOnlyList<ScriptObject>? Entries = null)
{
    /// <summary>The fields of a form for what and when; null where the page has none.</summary>
    public WishModel? Wish { get; init; }

    /// <summary>Beside these fields; null where nothing was asked.</summary>
    public PreviewModel? Preview { get; init; }

    /// <summary>Below these fields; null where nothing was asked.</summary>
    public ProposalsModel? Proposals { get; init; }
}

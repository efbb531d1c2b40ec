using System.Globalization;
using Digest.Templates.Languages;
using Scriban.Runtime;

namespace Digest.Templates.Site;

/// <summary>The preview beside a form, and what is proposed from examples, as their template sees them.</summary>
internal static class PreviewView
{
    public static ScriptObject Of(PreviewModel? preview, ProposalsModel? proposals, SiteFrame frame, Language language) => new()
    {
        ["preview"] = preview is null ? null : Of(preview, frame, language),
        ["proposals"] = proposals is null ? null : new ScriptObject
        {
            ["interests"] = new ScriptArray(proposals.Interests.Select(one => new ScriptObject { ["text"] = one.Text, ["papers"] = language.Plain("issue.papers", one.Papers) })),
            ["unknown"] = string.Join(", ", proposals.Unknown),
            ["days"] = proposals.Days,
            ["is_busy"] = proposals.Busy,
        },
        ["pasted"] = Paragraphs.Of(proposals?.Pasted ?? ""),
    };

    private static ScriptObject Of(PreviewModel preview, SiteFrame frame, Language language) => new()
    {
        ["days"] = preview.Days,
        ["is_busy"] = preview.Busy,
        ["rate"] = Rate(preview.PerDay, language),
        ["found"] = preview.PerDay > 0,
        ["trending"] = preview.Trending,
        ["day"] = preview.Day is { } day ? language.LongDate(day) : null,
        ["best"] = new ScriptArray(preview.Best.Select(listed => new ScriptObject { ["title"] = listed.Paper.Title, ["language"] = listed.Paper.Language, ["url"] = LocalLink.Of(listed.Url, frame), ["interest"] = listed.Paper.Reason?.Interest })),
        ["lines"] = new ScriptArray(preview.Lines.Select(line => new ScriptObject
        {
            ["text"] = line.Text,
            ["papers"] = language.Plain("issue.papers", line.Papers),
            ["fault"] = line.Fault == PreviewFault.None ? null : line.Fault.ToString().ToLowerInvariant(),
            ["tone"] = line.Fault switch { PreviewFault.Wide => "wide-line", PreviewFault.Silent => "silent", _ => "excludes" },
            ["words"] = line.Fault is PreviewFault.Wide or PreviewFault.Silent ? string.Join(", ", line.Words.Select(word => $"{word.Word} {language.Number(word.Papers)}")) : "",
        })),
        ["companions"] = new ScriptArray(preview.Companions),
        ["problems"] = new ScriptArray(preview.Problems),
    };

    /// <summary>Whole papers from two on; below, a tenth says more.</summary>
    private static string Rate(double perDay, Language language) =>
        perDay >= 1.95 ? language.Number((long)Math.Round(perDay)) : perDay.ToString("0.#", CultureInfo.GetCultureInfo(language.Tag));
}

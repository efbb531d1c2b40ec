using System.Globalization;
using Digest.Templates;

namespace Digest.Worker.Issues;

/// <summary>What an operator may want beside the two parts of an issue's mail; off unless the settings say so.</summary>
internal sealed class IssueExtras(IssuesOptions options)
{
    public RenderedMail Add(Issue issue, RenderedMail mail)
    {
        if (!options.AttachBib && !options.PickupJson)
            return mail;
        var shown = issue.Choices.Where((_, i) => mail.Shown[i] != ShownAs.Not).Select(choice => choice.Paper).ToList();
        return mail with
        {
            Attachment = options.AttachBib && shown.Count > 0
                ? new MailAttachment(string.Create(CultureInfo.InvariantCulture, $"papers-{issue.LocalDate:yyyy-MM-dd}.bib"), "x-bibtex", MailPart.Of(Bibliography.Of(shown)))
                : null,
            Data = options.PickupJson ? IssueJson.Of(issue, mail) : null,
        };
    }
}

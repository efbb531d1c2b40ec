using Digest.Templates.Site;

namespace Digest.Worker.Web.Subscribe;

/// <summary>What a form shows beside its fields where its reader asked for it: a preview, and interests proposed from examples.</summary>
internal sealed class FormHelp(ProfilePreview preview, InterestProposals proposals, DoorGuard guard)
{
    /// <summary>Whether the form came back to ask, not to be taken.</summary>
    public static bool Asks(IFormCollection sent) => sent["do"].ToString() is "preview" or "examples";

    /// <summary>Nothing for a network that asks too much.</summary>
    public async Task<(PreviewModel? Preview, ProposalsModel? Proposals)> OfAsync(HttpContext http, IFormCollection sent, string interests)
    {
        if (!guard.Allows(http.Connection.RemoteIpAddress))
            return (null, null);
        var examples = sent["examples"].ToString();
        return (await preview.OfAsync(interests), sent["do"] == "examples" && examples.Length > 0 ? await proposals.OfAsync(examples, http.RequestAborted) : null);
    }

    /// <summary>For a form that opens with interests in it.</summary>
    public async Task<PreviewModel?> OfAsync(HttpContext http, string interests) =>
        interests.Length > 0 && guard.Allows(http.Connection.RemoteIpAddress) ? await preview.OfAsync(interests) : null;
}

using Digest.Templates.Site;

namespace Digest.Worker.Web.Subscribe;

/// <summary>What a form shows beside its fields where its reader asked for it: a preview, and interests proposed from examples.</summary>
internal sealed class FormHelp(ProfilePreview preview, InterestProposals proposals, DoorGuard guard)
{
    /// <summary>Whether the form came back to ask, not to be taken.</summary>
    public static bool Asks(IFormCollection sent) => sent["do"].ToString() is "preview" or "examples";

    /// <summary>A network that asks too much is told to ask later.</summary>
    public async Task<(PreviewModel? Preview, ProposalsModel? Proposals)> OfAsync(HttpContext http, IFormCollection sent, string interests, string language)
    {
        if (!guard.Allows(http.Connection.RemoteIpAddress))
            return (ProfilePreview.NotNow, null);
        var examples = sent["examples"].ToString();
        return (await preview.OfAsync(interests, language), sent["do"] == "examples" && examples.Length > 0 ? await proposals.OfAsync(examples, http.RequestAborted) : null);
    }

    /// <summary>For a form that opens with interests in it.</summary>
    public async Task<PreviewModel?> OfAsync(HttpContext http, string interests, string language) =>
        interests.Length == 0 ? null : guard.Allows(http.Connection.RemoteIpAddress) ? await preview.OfAsync(interests, language) : ProfilePreview.NotNow;
}

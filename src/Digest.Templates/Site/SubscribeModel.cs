namespace Digest.Templates.Site;

/// <summary>The form that asks for a subscription, as filled in so far.</summary>
public sealed record SubscribeModel
{
    public string Address { get; init; } = "";

    public required WishModel Wish { get; init; }

    /// <summary>What the interests would bring; null where it was not asked.</summary>
    public PreviewModel? Preview { get; init; }

    /// <summary>What examples propose; null where none were given.</summary>
    public ProposalsModel? Proposals { get; init; }

    /// <summary>Proves that the form is ours and how old it is.</summary>
    public required string Proof { get; init; }

    /// <summary>What keeps it from being taken.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

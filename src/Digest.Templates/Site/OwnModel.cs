namespace Digest.Templates.Site;

/// <summary>A reader's own page: all of the subscription, and what can be done with it.</summary>
public sealed record OwnModel
{
    /// <summary>The page's own address, with the reader's token; what is done is posted to addresses below it.</summary>
    public required string Url { get; init; }

    public required string Address { get; init; }

    /// <summary><c>pending</c>, <c>active</c>, <c>paused</c> or <c>unsubscribed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why no mail goes to the address, whatever the state; null: mails go.</summary>
    public string? Stopped { get; init; }

    /// <summary>In the reader's own zone; null where none comes.</summary>
    public DateTime? NextIssue { get; init; }

    public required WishModel Wish { get; init; }

    public IReadOnlyList<OwnIssueLink> Issues { get; init; } = [];

    /// <summary>Papers that matched and wait for the next issue.</summary>
    public IReadOnlyList<ListedPaper> Waiting { get; init; } = [];

    /// <summary>What thumbs taught, the heaviest first.</summary>
    public IReadOnlyList<OwnLearned> Learned { get; init; } = [];

    public required string FeedUrl { get; init; }

    /// <summary>There is a change to take back.</summary>
    public bool CanUndo { get; init; }

    /// <summary>What the interests would bring; null where it was not asked.</summary>
    public PreviewModel? Preview { get; init; }

    /// <summary>What examples propose; null where none were given.</summary>
    public ProposalsModel? Proposals { get; init; }

    /// <summary>Proves that a form is ours.</summary>
    public required string Proof { get; init; }

    /// <summary>What was just done, a word of ours; null: nothing.</summary>
    public string? Done { get; init; }

    /// <summary>Why something could not be done.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>An issue in a list of a reader's own.</summary>
public sealed record OwnIssueLink(DateOnly Date, int Papers, string Url);

/// <summary>All issues of a reader, newest first.</summary>
/// <param name="OwnUrl">The reader's own page.</param>
public sealed record OwnIssuesModel(string OwnUrl, IReadOnlyList<OwnIssueLink> Issues);

/// <summary>One issue of a reader: its papers, and why each was in it.</summary>
/// <param name="OwnUrl">The reader's own page.</param>
public sealed record OwnIssueModel(string OwnUrl, DateOnly Date, IReadOnlyList<ListedPaper> Papers)
{
    /// <summary>The issue's, in its address.</summary>
    public long Number { get; init; }

    /// <summary>Proves that a form is ours.</summary>
    public string Proof { get; init; } = "";

    /// <summary>One for each of the papers; empty: they cannot be given.</summary>
    public IReadOnlyList<OwnThumb> Thumbs { get; init; } = [];
}

/// <summary>Whether a reader wants more like a paper.</summary>
/// <param name="Given">Null: they did not say.</param>
public sealed record OwnThumb(long PaperId, bool? Given);

/// <summary>A word that was learned from thumbs.</summary>
/// <param name="Weight">-3 to 3.</param>
public sealed record OwnLearned(string Term, int Weight);

/// <summary>A page that asks, with a button: opening it does nothing.</summary>
/// <param name="Key">Of the sentences <c>site.KEY</c> and <c>site.KEY.text</c>.</param>
/// <param name="Button">The key of the button's word.</param>
/// <param name="Action">Where the button posts to.</param>
public sealed record AskModel(string Key, string Button, string Action);

namespace Digest.Templates.Site.Admin;

/// <summary>A page for the operator, in English as the command line is: a heading, and below it what there is to see.</summary>
/// <param name="Here">Which of <see cref="Places"/> it belongs to; null: the door before them.</param>
public sealed record AdminPage(string Title, AdminPlace? Here, IReadOnlyList<AdminBlock> Blocks)
{
    public static IReadOnlyList<AdminPlace> Places { get; } = Enum.GetValues<AdminPlace>();
}

public enum AdminPlace
{
    Month,
    Subscribers,
    Deliveries,
    Mailbox,
    Sources,
}

public abstract record AdminBlock;

/// <summary>A sentence that stands out.</summary>
public sealed record AdminNote(string Text, bool Bad) : AdminBlock;

public sealed record AdminHeading(string Text, string? Hint = null) : AdminBlock;

/// <summary>Names and values; the large ones are the few figures that one looks for first.</summary>
public sealed record AdminFacts(IReadOnlyList<AdminFact> Facts, bool Large = false) : AdminBlock;

public sealed record AdminFact(string Name, string Value, bool Bad = false);

/// <param name="Caption">For who cannot see it.</param>
/// <param name="Empty">Stands there where there is no row.</param>
public sealed record AdminTable(string Caption, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<AdminCell>> Rows, string Empty) : AdminBlock;

/// <param name="Url">A page of ours that it leads to.</param>
public sealed record AdminCell(string Text, string? Url = null, bool Bad = false)
{
    public static implicit operator AdminCell(string text) => new(text);

    public static AdminCell FromString(string text) => new(text);
}

/// <summary>One value a day as bars.</summary>
public sealed record AdminPlot(string Title, string Summary, DateOnly First, IReadOnlyList<double> Values, bool Bad) : AdminBlock;

/// <summary>One state a day as squares.</summary>
public sealed record AdminStrip(string Title, string Summary, DateOnly First, int Days, IReadOnlyList<AdminDay> States) : AdminBlock;

public sealed record AdminDay(DateOnly Day, string State, DayKind Kind);

public enum DayKind
{
    Good,
    Half,
    Bad,
}

/// <summary>Looks for readers; posted, because what is looked for may be an address.</summary>
public sealed record AdminSearch(string Action, string Text, string? State, IReadOnlyList<string> States) : AdminBlock;

/// <summary>A button that asks for the next page of the same search.</summary>
public sealed record AdminMore(string Action, string Text, string? State, string Cursor) : AdminBlock;

public sealed record AdminLinks(IReadOnlyList<AdminCell> Links) : AdminBlock;

/// <summary>Text of several lines, as it is.</summary>
public sealed record AdminText(string Text) : AdminBlock;

/// <summary>Another page of ours, shown in this one, where nothing of it may act.</summary>
public sealed record AdminInset(string Url, string Title) : AdminBlock;

/// <summary>Asks for a key.</summary>
public sealed record AdminLogin(string Action) : AdminBlock;

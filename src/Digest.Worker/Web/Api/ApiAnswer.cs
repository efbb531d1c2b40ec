using System.ComponentModel;

namespace Digest.Worker.Web.Api;

/// <summary>What is answered.</summary>
/// <param name="Body">Written as JSON; null: nothing.</param>
internal sealed record ApiAnswer(int Status, object? Body)
{
    public string? Location { get; init; }

    /// <summary>Whom it tells of.</summary>
    public long? SubscriberId { get; init; }

    /// <summary>The next page of a list, without the host.</summary>
    public string? Next => (Body as IApiPage)?.Next;

    public bool IsDone => Status < StatusCodes.Status400BadRequest;

    public static ApiAnswer Of(object body) => new(StatusCodes.Status200OK, body);

    public static ApiAnswer Nothing { get; } = new(StatusCodes.Status204NoContent, null);

    public static ApiAnswer Of(Problem problem) => new(problem.Status, problem);
}

internal interface IApiPage
{
    string? Next { get; }
}

/// <summary>A part of a list.</summary>
internal sealed record ApiPage<T>(
    IReadOnlyList<T> Items,
    [property: Description("The cursor of the next page; null: this is the last.")] string? Next) : IApiPage
{
    /// <param name="found">One more than was asked for, where there is more.</param>
    /// <param name="cursor">Where the list goes on after an item; its place is that of the item in the page, from 1.</param>
    public static ApiAnswer Of<TFound>(IReadOnlyList<TFound> found, int limit, Func<TFound, T> show, Func<TFound, int, long> cursor) =>
        ApiAnswer.Of(new ApiPage<T>([.. found.Take(limit).Select(show)], found.Count > limit ? cursor(found[limit - 1], limit).ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
}

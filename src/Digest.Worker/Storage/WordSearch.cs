namespace Digest.Worker.Storage;

/// <summary>How an engine finds papers by their words: its statements, and how it writes what is looked for.</summary>
internal abstract class WordSearch
{
    /// <summary>Writes the words of one paper (<c>@id</c>, <c>@words</c>), after <see cref="Forget"/>.</summary>
    public abstract string Write { get; }

    /// <summary>Forgets the words of one paper (<c>@id</c>).</summary>
    public abstract string Forget { get; }

    /// <summary>Goes on putting the parts of the index together, so many pages of it (<c>@pages</c>; negative: begins with all of them). Null: the engine does so by itself.</summary>
    public virtual string? Merge => null;

    /// <summary>How many rows were changed on this connection; by fewer than two where there was nothing more to put together.</summary>
    public virtual string? Changes => null;

    /// <summary>The newest papers that fit (<c>@wanted</c>, <c>@most</c>), their ids.</summary>
    public abstract string Newest { get; }

    /// <summary>All papers that fit (<c>@wanted</c>), their ids in ascending order.</summary>
    public abstract string All { get; }

    /// <summary>Words from <c>@from</c> up to but without <c>@to</c> that stand in at least <c>@least</c> papers, with the number of them.</summary>
    public abstract string Vocabulary { get; }

    /// <param name="word">Letters and digits only.</param>
    public abstract string Word(string word, bool isPrefix);

    public abstract string AllOf(IReadOnlyList<string> parts);

    public abstract string AnyOf(IReadOnlyList<string> parts);
}

using Digest.Worker.Matching.Language;

namespace Digest.Worker.Matching.Reading;

/// <summary>What a paper's score depends on besides the places of terms: how long its texts are, where their sentences end, its authors and categories.</summary>
internal abstract class PaperShape
{
    private int[]? _titleSentences;
    private int[]? _abstractSentences;

    /// <summary>How many words the title has.</summary>
    public abstract int TitleWords { get; }

    public abstract int AbstractWords { get; }

    public abstract IReadOnlyList<string> Categories { get; }

    /// <summary>One for each of the paper's authors; null where there is no letter in a name.</summary>
    public abstract IReadOnlyList<AuthorName?> Authors { get; }

    /// <summary>Whether no sentence ends between two words of a field.</summary>
    public bool InOneSentence(Fields field, int first, int last)
    {
        var sentences = field == Fields.Title ? _titleSentences ??= Sentences(field) : _abstractSentences ??= Sentences(field);
        return sentences[first] == sentences[last];
    }

    /// <summary>The number of the sentence of each word of a field.</summary>
    protected abstract int[] Sentences(Fields field);

    /// <summary>It is another paper's now.</summary>
    protected void Forget() => (_titleSentences, _abstractSentences) = (null, null);
}

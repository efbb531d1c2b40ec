using Digest.Worker.Matching.Language;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Reading;

/// <summary>A paper cut into words, once.</summary>
internal sealed class PaperReading(Paper paper)
{
    private AuthorName?[]? _authors;
    private string[]? _titleStems;
    private string[]? _abstractStems;
    private int[]? _titleSentences;
    private int[]? _abstractSentences;

    public Paper Paper { get; } = paper;

    public List<Word> Title { get; } = WordReader.Read(paper.Title);

    public List<Word> Abstract { get; } = WordReader.Read(paper.Abstract);

    /// <summary>One for each of the paper's authors; null where there is no letter in a name.</summary>
    public IReadOnlyList<AuthorName?> Authors => _authors ??= [.. Paper.Authors.Select(AuthorName.Parse)];

    public List<Word> Words(Fields field) => field == Fields.Title ? Title : Abstract;

    /// <summary>Whether no sentence ends between two of the <see cref="Words"/>.</summary>
    public bool InOneSentence(Fields field, int first, int last)
    {
        var sentences = field == Fields.Title ? _titleSentences ??= Sentences(Title) : _abstractSentences ??= Sentences(Abstract);
        return sentences[first] == sentences[last];
    }

    /// <summary>The stem of one of the <see cref="Words"/>.</summary>
    public string Stem(Fields field, int index) => field == Fields.Title
        ? (_titleStems ??= [.. Title.Select(word => PorterStemmer.Stem(word.Folded))])[index]
        : (_abstractStems ??= [.. Abstract.Select(word => PorterStemmer.Stem(word.Folded))])[index];

    private static int[] Sentences(List<Word> words)
    {
        var sentences = new int[words.Count];
        for (var i = 1; i < sentences.Length; i++)
        {
            sentences[i] = sentences[i - 1] + (words[i].Gap == Gap.Sentence ? 1 : 0);
        }

        return sentences;
    }
}

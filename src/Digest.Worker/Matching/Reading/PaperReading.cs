using Digest.Worker.Matching.Language;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Reading;

/// <summary>A paper cut into words, once.</summary>
internal sealed class PaperReading
{
    private AuthorName?[]? _authors;
    private List<string>? _titleStems;
    private List<string>? _abstractStems;
    private int[]? _titleSentences;
    private int[]? _abstractSentences;

    public PaperReading(Paper paper) => (Paper, Title, Abstract) = (paper, WordReader.Read(paper.Title), WordReader.Read(paper.Abstract));

    /// <summary>One that was read before: its words and their stems.</summary>
    public PaperReading(Paper paper, WordBuffer title, WordBuffer text) =>
        (Paper, Title, _titleStems, Abstract, _abstractStems) = (paper, title.Words, title.Stems, text.Words, text.Stems);

    public Paper Paper { get; }

    public List<Word> Title { get; }

    public List<Word> Abstract { get; }

    /// <summary>One for each of the paper's authors; null where there is no letter in a name.</summary>
    public IReadOnlyList<AuthorName?> Authors => _authors ??= [.. Paper.Authors.Select(AuthorName.Parse)];

    public List<Word> Words(Fields field) => field == Fields.Title ? Title : Abstract;

    /// <summary>Whether no sentence ends between two of the <see cref="Words"/>.</summary>
    public bool InOneSentence(Fields field, int first, int last)
    {
        var sentences = field == Fields.Title ? _titleSentences ??= Sentences(Title) : _abstractSentences ??= Sentences(Abstract);
        return sentences[first] == sentences[last];
    }

    /// <summary>The stem of each of the <see cref="Words"/>.</summary>
    public List<string> Stems(Fields field) => field == Fields.Title
        ? _titleStems ??= Title.ConvertAll(word => PorterStemmer.Stem(word.Folded))
        : _abstractStems ??= Abstract.ConvertAll(word => PorterStemmer.Stem(word.Folded));

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

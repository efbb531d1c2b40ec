using Digest.Worker.Matching.Language;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Reading;

/// <summary>A paper cut into words, once.</summary>
internal sealed class PaperReading : PaperShape
{
    private AuthorName?[]? _authors;
    private List<string>? _titleStems;
    private List<string>? _abstractStems;

    public PaperReading(Paper paper) => (Paper, Title, Abstract) = (paper, WordReader.Read(paper.Title), WordReader.Read(paper.Abstract));

    public Paper Paper { get; }

    public List<Word> Title { get; }

    public List<Word> Abstract { get; }

    public override int TitleWords => Title.Count;

    public override int AbstractWords => Abstract.Count;

    public override IReadOnlyList<string> Categories => Paper.Categories;

    public override IReadOnlyList<AuthorName?> Authors => _authors ??= [.. Paper.Authors.Select(AuthorName.Parse)];

    public List<Word> Words(Fields field) => field == Fields.Title ? Title : Abstract;

    /// <summary>The stem of each of the <see cref="Words"/>.</summary>
    public List<string> Stems(Fields field) => field == Fields.Title
        ? _titleStems ??= Title.ConvertAll(word => PorterStemmer.Stem(word.Folded))
        : _abstractStems ??= Abstract.ConvertAll(word => PorterStemmer.Stem(word.Folded));

    protected override int[] Sentences(Fields field)
    {
        var words = Words(field);
        var sentences = new int[words.Count];
        for (var i = 1; i < sentences.Length; i++)
        {
            sentences[i] = sentences[i - 1] + (words[i].Gap == Gap.Sentence ? 1 : 0);
        }

        return sentences;
    }
}

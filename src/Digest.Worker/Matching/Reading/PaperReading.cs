using Digest.Worker.Matching.Language;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching.Reading;

/// <summary>A paper cut into words, once.</summary>
internal sealed class PaperReading(Paper paper)
{
    private AuthorName?[]? _authors;
    private string[]? _titleStems;
    private string[]? _abstractStems;

    public Paper Paper { get; } = paper;

    public List<Word> Title { get; } = WordReader.Read(paper.Title);

    public List<Word> Abstract { get; } = WordReader.Read(paper.Abstract);

    /// <summary>One for each of the paper's authors; null where there is no letter in a name.</summary>
    public IReadOnlyList<AuthorName?> Authors => _authors ??= [.. Paper.Authors.Select(AuthorName.Parse)];

    public List<Word> Words(Fields field) => field == Fields.Title ? Title : Abstract;

    /// <summary>The stem of one of the <see cref="Words"/>.</summary>
    public string Stem(Fields field, int index) => field == Fields.Title
        ? (_titleStems ??= [.. Title.Select(word => PorterStemmer.Stem(word.Folded))])[index]
        : (_abstractStems ??= [.. Abstract.Select(word => PorterStemmer.Stem(word.Folded))])[index];
}

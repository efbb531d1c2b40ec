using System.Text;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Papers;

namespace Digest.Worker.Web.Search;

/// <summary>
/// The words under which a paper is found: those of title and abstract as the matcher folds them, their stems, compounds without their
/// hyphens, names and categories, each kind with a digit of its own before it. A word too many costs a look, one too few a paper.
/// </summary>
internal static class PaperWords
{
    public static string Of(Paper paper)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        Read(paper.Title, words);
        Read(paper.Abstract, words);
        foreach (var name in paper.Authors.Select(AuthorName.Parse).OfType<AuthorName>())
            foreach (var part in name.Given.Append(name.Family).Where(part => part.Length > 1))
                words.Add(Name(part));
        foreach (var category in paper.Categories)
            words.Add(Category(category));
        return string.Join(' ', words);
    }

    public static string Stem(string stem) => "0" + Plain(stem);

    public static string Name(string name) => "1" + Plain(name);

    public static string Category(string code) => "2" + Plain(code.ToLowerInvariant());

    /// <summary>Letters and digits only: the engine would cut at anything else.</summary>
    public static string Plain(string word)
    {
        foreach (var c in word)
            if (!char.IsLetterOrDigit(c))
                return string.Concat(word.Where(char.IsLetterOrDigit));
        return word;
    }

    private static void Read(string text, HashSet<string> words)
    {
        var compound = new StringBuilder();
        foreach (var word in WordReader.Read(text))
        {
            var plain = Plain(word.Folded);
            if (plain.Length == 0)
                continue;
            words.Add(plain);
            words.Add(Stem(PorterStemmer.Stem(word.Folded)));
            // "state-of-the-art" is found as the whole, and each two neighbours of it.
            if (word.Gap == Gap.Hyphen && compound.Length > 0)
            {
                compound.Append(plain);
                words.Add(compound.ToString());
            }
            else
            {
                compound.Clear().Append(plain);
            }
        }
    }
}

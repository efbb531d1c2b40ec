using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Matching.Scoring;

/// <summary>BM25 of one term over title and abstract as one text, the title counting more.</summary>
internal sealed class Bm25(IPlaces places)
{
    private double _titleDilution;
    private double _abstractDilution;

    public void On(PaperShape paper, Corpus corpus)
    {
        _titleDilution = Dilution(Weights.LengthOfTitle, paper.TitleWords, corpus.TitleLength);
        _abstractDilution = Dilution(Weights.LengthOfAbstract, paper.AbstractWords, corpus.AbstractLength);
    }

    /// <param name="found">The places that count, the title's first.</param>
    public Score Of(Term term, ReadOnlySpan<Occurrence> found)
    {
        if (found.IsEmpty)
        {
            return default;
        }

        var inTitle = Titles(found);
        var title = Weights.Title * inTitle / _titleDilution;
        var text = (found.Length - inTitle) / _abstractDilution;
        var score = places.Rarity(term) * (Weights.K1 + 1) / (Weights.K1 + title + text);
        return new Score { Title = score * title, Abstract = score * text };
    }

    /// <summary>How many of the places are in the title.</summary>
    public static int Titles(ReadOnlySpan<Occurrence> found)
    {
        var titles = 0;
        while (titles < found.Length && found[titles].Field == Fields.Title)
        {
            titles++;
        }

        return titles;
    }

    private static double Dilution(double share, int length, double mean) => 1 - share + (share * length / mean);
}

namespace Digest.Worker.Matching.Scoring;

/// <summary>The arithmetic of one query on one paper.</summary>
internal struct Score
{
    public double Title;
    public double Abstract;
    public double Phrase;
    public double Author;
    public double Category;

    public readonly double Total => Title + Abstract + Phrase + Author + Category;

    public void Add(in Score other)
    {
        Title += other.Title;
        Abstract += other.Abstract;
        Phrase += other.Phrase;
        Author += other.Author;
        Category += other.Category;
    }

    public void Multiply(double weight)
    {
        Title *= weight;
        Abstract *= weight;
        Phrase *= weight;
        Author *= weight;
        Category *= weight;
    }
}

namespace Digest.Worker.Matching.Language;

/// <summary>A line that could not be taken as written. Nothing is lost: what was done instead is said in the text.</summary>
/// <param name="Line">1-based line of the profile.</param>
/// <param name="Column">1-based UTF-16 column.</param>
/// <param name="Sentences">What is wrong, and the remedy, in English; each with its values, for those who say it in another language.</param>
internal sealed record ProfileProblem(int Line, int Column, IReadOnlyList<FormattableString> Sentences)
{
    public string Text => string.Join(' ', Sentences.Select(FormattableString.Invariant));

    public override string ToString() => FormattableString.Invariant($"line {Line}, column {Column}: {Text}");
}

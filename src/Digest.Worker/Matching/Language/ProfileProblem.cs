namespace Digest.Worker.Matching.Language;

/// <summary>A line that could not be taken as written. Nothing is lost: what was done instead is said in the text.</summary>
/// <param name="Line">1-based line of the profile.</param>
/// <param name="Column">1-based UTF-16 column.</param>
/// <param name="Text">One sentence: what is wrong, and the remedy.</param>
internal sealed record ProfileProblem(int Line, int Column, string Text);

using Digest.Templates.Issues;

namespace Digest.Templates.Tests;

public sealed class MarkingTests
{
    [Theory]
    [InlineData("graph neural networks", "*graph neural networks*", 0, 5, 6, 6, 13, 7)]
    [InlineData("graph neural networks", "*graph neural networks*", 0, 12, 6, 15)]
    [InlineData("graph neural networks", "*graph* neural *networks*", 13, 8, 0, 5)]
    [InlineData("a loco-manipulation task", "a *loco-manipulation* task", 2, 4, 7, 12)]
    [InlineData("models, modelling", "*models*, *modelling*", 0, 5, 8, 5)]
    [InlineData("two  spaces", "*two*  *spaces*", 0, 3, 5, 6)]
    public void Words_that_hit_side_by_side_are_one_mark(string text, string expected, params int[] hits)
    {
        TextRange[] ranges = [.. hits.Chunk(2).Select(hit => new TextRange("abstract", hit[0], hit[1]))];
        Assert.Equal(expected, string.Concat(Marking.Mark(text, .., "abstract", ranges).Select(run => run.Marked ? $"*{run.Text}*" : run.Text)));
    }
}

using Digest.Worker.Papers.Formats;

namespace Digest.Worker.Tests.Papers.Formats;

/// <summary>What arXiv's authors write when they withdraw, and what only speaks of it.</summary>
public sealed class WithdrawalTests
{
    [Theory]
    [InlineData("This paper has been withdrawn by the author due to a crucial sign error in equation 1")]
    [InlineData("Withdrawn")]
    [InlineData("withdrawn; superseded by arXiv:2601.00001")]
    [InlineData("Paper withdrawn due to an error in Lemma 3")]
    [InlineData("12 pages; this submission is withdrawn")]
    [InlineData("This version is withdrawn because of a gap in the proof")]
    [InlineData("arXiv admin note: This submission has been withdrawn by arXiv administrators due to inappropriate text")]
    [InlineData("The paper was withdrawn from arXiv by the authors")]
    [InlineData("The manuscript had been withdrawn at the wish of the authors")]
    [InlineData("We found an error; the article has now been withdrawn")]
    public void Comments_that_withdraw(string comment) => Assert.True(Withdrawal.Says(null, comment));

    [Theory]
    [InlineData("10 pages, 3 figures. This paper was withdrawn from ICLR 2024 and resubmitted to TMLR")]
    [InlineData("Withdrawn from ICML, accepted at NeurIPS 2025")]
    [InlineData("Replaces arXiv:0801.1234, which has been withdrawn")]
    [InlineData("Corrects the withdrawn arXiv:0801.1234")]
    [InlineData("arXiv admin note: substantial text overlap with arXiv:2601.00001")]
    [InlineData("v2: a wrong remark on cash withdrawn due to fees was removed. 12 pages")]
    public void Comments_that_only_speak_of_it(string comment) => Assert.False(Withdrawal.Says("We study bank runs, where money is withdrawn.", comment));

    [Theory]
    [InlineData("This paper has been withdrawn by the author.", true)]
    [InlineData("  The article was withdrawn.", true)]
    [InlineData("Withdrawn by the authors", true)]
    [InlineData("The authors have withdrawn their manuscript owing to a mistake in the code. They do not wish it to be cited.", true)]
    [InlineData("The author has withdrawn this paper.", true)]
    [InlineData("The authors have withdrawn blood samples from 20 patients.", false)]
    [InlineData("We ask why papers are withdrawn and find that this paper has been withdrawn rarely.", false)]
    public void Abstracts(string text, bool withdrawn) => Assert.Equal(withdrawn, Withdrawal.Says(text, null));
}

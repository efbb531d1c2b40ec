using Digest.Worker.Papers.Text;

namespace Digest.Worker.Tests.Papers.Text;

/// <summary>Marks and lost breaks in the abstracts of bioRxiv and medRxiv, each modelled on a real one.</summary>
public sealed class PreprintMarksTests
{
    [Theory]
    [InlineData("AbstractThe major facilitator superfamily contains three classes.", "The major facilitator superfamily contains three classes.")]
    [InlineData("SummaryAn enzyme folds.", "An enzyme folds.")]
    [InlineData("It ends. Key PointsO_LIOne is so. C_LIO_LITwo is so. C_LI", "It ends. Key Points: One is so. Two is so.")]
    [InlineData("software named PO_SCPLOWEAFOWLC_SCPLOW, which is", "software named PEAFOWL, which is")]
    [InlineData("O_ST_ABSBackgroundC_ST_ABSMalaria kills. O_ST_ABSMethodsC_ST_ABSWe counted.", "Background: Malaria kills. Methods: We counted.")]
    [InlineData("O_ST_ABSAbstractC_ST_ABSMalaria kills.", "Malaria kills.")]
    [InlineData("BackgroundMalaria kills. MethodsWe counted. Results12 of 20 lived. ConclusionsA cure is near.", "Background: Malaria kills. Methods: We counted. Results: 12 of 20 lived. Conclusions: A cure is near.")]
    [InlineData("BACKGROUNDMalaria kills. CONCLUSIONSWe must act.", "BACKGROUND: Malaria kills. CONCLUSIONS: We must act.")]
    [InlineData("in principal neurons. New & NoteworthyOdor evokes oscillations.", "in principal neurons. New & Noteworthy: Odor evokes oscillations.")]
    [InlineData("to vesicles. Graphical abstract O_FIG O_LINKSMALLFIG WIDTH=200 HEIGHT=70 SRC=\"FIGDIR/small/7.gif\" ALT=\"Figure 1\"> View larger version (18K): org.highwire.dtl.DTLVardef@5e41c0org.highwire.dtl.DTLVardef@2ed9c8_HPS_FORMAT_FIGEXP M_FIG C_FIG", "to vesicles.")]
    [InlineData("We map O_LIat once", "We map at once")]
    public void Marks_go_and_headings_get_their_colon(string raw, string wanted) => Assert.Equal(wanted, Read(raw));

    [Theory]
    [InlineData("Alu_Ins in the 3-UTR of SPINK1. Results are shown for C_max.")]
    [InlineData("Methods We used are new. CONCLUSIONS are drawn. The BackgroundMatting tool works.")]
    [InlineData("Summary statistics suffice. ContactMap and DesignBench are tools.")]
    [InlineData("")]
    public void What_only_looks_alike_stays(string raw) => Assert.Equal(raw, Read(raw));

    [Fact]
    public void Marks_without_end_cost_no_more_than_their_length()
    {
        var hostile = string.Concat(Enumerable.Repeat("O_FIG O_ST_ABS Background. Graphical abstract ", 20_000));
        Assert.DoesNotContain("O_FIG", PreprintMarks.Remove(hostile), StringComparison.Ordinal);
    }

    private static string Read(string raw) => ReadableText.Abstract(PreprintMarks.Remove(raw));
}

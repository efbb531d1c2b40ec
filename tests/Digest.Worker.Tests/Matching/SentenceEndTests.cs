using Digest.Worker.Matching.Reading;

namespace Digest.Worker.Tests.Matching;

public sealed class SentenceEndTests
{
    [Theory]
    [InlineData("We study diffusion. Models are slow.", 1)]
    [InlineData("Is it diffusion? Models know! Yes.", 2)]
    [InlineData("By Sohl-Dickstein et al. Models of this kind, e.g. DDPM, vs. J. Ho.", 0)]
    [InlineData("At 3.5 GeV and GPT-4.1 it is diffusion.", 0)]
    [InlineData("the end. of a list. of small letters", 0)]
    [InlineData("We use C. elegans and E. coli.", 0)]
    [InlineData("(It ends.) Then it begins.", 1)]
    [InlineData("扩散模型。大模型", 1)]
    [InlineData("", 0)]
    public void Sentences_end(string text, int ends) => Assert.Equal(ends, WordReader.Read(text).Count(word => word.Gap == Gap.Sentence));
}

using System.Collections.Frozen;

namespace Digest.Worker.Matching.Reading;

/// <summary>
/// English plurals to singulars, and no further: "recruits" is "recruit", "recruiting" is not. A table for the words of science
/// whose plural is Greek or Latin, a few rules for the rest; a word that the rules get wrong is wrong on both sides alike.
/// </summary>
internal static class Plurals
{
    private static readonly FrozenDictionary<string, string> Irregular = (
        "matrices matrix,vertices vertex,indices index,appendices appendix,simplices simplex,vortices vortex,cortices cortex,"
        + "criteria criterion,phenomena phenomenon,automata automaton,polyhedra polyhedron,taxa taxon,hadra hadron,"
        + "spectra spectrum,bacteria bacterium,quanta quantum,strata stratum,momenta momentum,maxima maximum,minima minimum,"
        + "optima optimum,extrema extremum,equilibria equilibrium,continua continuum,"
        + "nuclei nucleus,stimuli stimulus,radii radius,foci focus,loci locus,fungi fungus,hippocampi hippocampus,tori torus,moduli modulus,"
        + "algae alga,formulae formula,antennae antenna,nebulae nebula,supernovae supernova,novae nova,larvae larva,"
        + "corpora corpus,genera genus,schemata schema,stomata stoma,mice mouse,children child,women woman,men man,feet foot,teeth tooth,"
        + "analyses analysis,hypotheses hypothesis,syntheses synthesis,theses thesis,diagnoses diagnosis,prognoses prognosis,"
        + "metastases metastasis,parentheses parenthesis,crises crisis,axes axis,oases oasis,"
        + "biases bias,lenses lens,gases gas,viruses virus,buses bus,campuses campus,focuses focus,statuses status,atlases atlas,"
        + "canvases canvas,consensuses consensus,apparatuses apparatus,hypothalami hypothalamus,"
        + "caches cache,niches niche,headaches headache,avalanches avalanche,aches ache,psyches psyche,"
        + "movies movie,cookies cookie,calories calorie,zombies zombie,ties tie,dies die,lies lie,"
        + "leaves leaf,halves half,shelves shelf,wolves wolf,quizzes quiz,"
        + "lens lens,gas gas,bias bias,atlas atlas,canvas canvas,chaos chaos,cosmos cosmos,pancreas pancreas,texas texas,kansas kansas,"
        + "series series,species species,always always,perhaps perhaps,towards towards,sometimes sometimes,whereas whereas,besides besides,"
        + "news news,aids aids,diabetes diabetes,rabies rabies,herpes herpes,hermes hermes,"
        + "metrics metric,topics topic,heuristics heuristic,characteristics characteristic,diagnostics diagnostic,antibiotics antibiotic,"
        + "logics logic,critics critic,basics basic,analytics analytics,generics generic,picnics picnic,clinics clinic,fabrics fabric,"
        + "ceramics ceramic,plastics plastic,cosmetics cosmetic,probiotics probiotic,prosthetics prosthetic,comics comic,"
        + "mechanics mechanics")
        .Split(',').Select(pair => pair.Split(' ')).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Irregular.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The singular of a folded word; the word itself where it is none.</summary>
    public static string Singular(string word)
    {
        if (word.Length < 4 || !EndsLikeAPlural(word[^1]))
        {
            return word;
        }

        return Lookup.TryGetValue(word, out var singular) ? singular : word[^1] == 's' ? WithoutS(word) : word;
    }

    private static bool EndsLikeAPlural(char last) => last is 's' or 'a' or 'i' or 'e' or 'n' or 't' or 'h';

    private static string WithoutS(string word)
    {
        var before = word[^2];
        if (before is 's' or 'u' or 'i' || !char.IsAsciiLetter(before) || word.EndsWith("ics", StringComparison.Ordinal))
        {
            return word;
        }

        if (before != 'e')
        {
            return word[..^1];
        }

        if (word.EndsWith("ies", StringComparison.Ordinal))
        {
            return word.Length > 4 ? word[..^3] + "y" : word[..^1];
        }

        var stem = word.AsSpan(0, word.Length - 2);
        var withoutEs = stem.EndsWith("x") || stem.EndsWith("ss") || stem.EndsWith("sh") || stem.EndsWith("ch")
            || (stem.EndsWith("o") && word.Length > 5);
        return withoutEs ? word[..^2] : word[..^1];
    }
}

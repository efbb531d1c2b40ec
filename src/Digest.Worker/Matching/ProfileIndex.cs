using System.Runtime.InteropServices;
using Digest.Worker.Matching.Index;
using Digest.Worker.Matching.Language;
using Digest.Worker.Matching.Reading;
using Digest.Worker.Matching.Scoring;
using Digest.Worker.Papers;

namespace Digest.Worker.Matching;

/// <summary>
/// All profiles as one index: papers are read once, each distinct interest is asked once, and a profile adds up what its interests found.
/// It keeps no text: a profile is known by the hash of its own, and reasons are worked out from the text that the caller has. Not thread-safe.
/// </summary>
internal sealed class ProfileIndex
{
    /// <summary>Counts up when the language or the form changes, so that a form of an older program is not taken for one of this.</summary>
    private const ulong Form = 0x4449_4753_0000_0003;

    private readonly QueryTable _queries;
    private readonly LineTable _lines;
    private readonly ProfileTable _profiles = new();
    private readonly List<int> _collected = [];

    public ProfileIndex()
        : this(new KnownLines())
    {
    }

    /// <param name="known">Lines of other profiles; those of this index become known.</param>
    public ProfileIndex(KnownLines known) => (_queries, _lines) = (known.Queries, known.Lines);

    public int Count => _profiles.Count;

    /// <summary>How many distinct interests all profiles have.</summary>
    public int Interests => _queries.Count;

    /// <summary>The keys of all profiles, ascending.</summary>
    public ReadOnlySpan<long> Keys => _profiles.Keys;

    /// <summary>Adds a profile, or replaces the one with that key.</summary>
    public void Add(long key, Profile profile)
    {
        _collected.Clear();
        foreach (var interest in profile.Interests)
        {
            Collect(_lines.Query(interest));
        }

        _profiles.Put(key, 0, CollectionsMarshal.AsSpan(_collected));
    }

    /// <summary>The same from a profile's text: lines that are known from other profiles are not parsed again.</summary>
    /// <returns>False where the profile with that key has this very text already.</returns>
    public bool Add(long key, ReadOnlySpan<char> text)
    {
        var print = LetterHash.Key(text, KeyFamily.Text);
        var place = _profiles.Find(key);
        if (place >= 0 && _profiles.Print(place) == print)
        {
            return false;
        }

        _collected.Clear();
        var reader = new ProfileReader(text);
        while (reader.Next(null))
        {
            Collect(_lines.Query(reader.Line));
        }

        _profiles.Put(key, print, CollectionsMarshal.AsSpan(_collected));
        return true;
    }

    /// <summary>Whether the profile with this key looks for anything; exclusions alone look for nothing.</summary>
    public bool LooksForAny(long key)
    {
        if (_profiles.Find(key) is var place and >= 0)
        {
            foreach (var query in _profiles.Queries(place))
            {
                if (!_queries.Excludes(query))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The categories that the interests of the profile with this key name, as <see cref="Profile.Categories"/>.</summary>
    public IReadOnlyList<string> Categories(long key)
    {
        List<string>? all = null;
        if (_profiles.Find(key) is var place and >= 0)
        {
            foreach (var query in _profiles.Queries(place))
            {
                if (_queries.Categories(query) is { Count: > 0 } some)
                {
                    (all ??= []).AddRange(some);
                }
            }
        }

        return all is null ? [] : [.. all.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <returns>False where there was none.</returns>
    public bool Remove(long key) => _profiles.Remove(key);

    /// <summary>Matches every profile against the papers. Empty profiles are left out: see <see cref="Trending"/>.</summary>
    /// <param name="best">How many papers the profile with this key wants to see.</param>
    /// <param name="offered">
    /// Whether a paper may be offered to the profile with this key (newer than its watermark, never sent); asked only for papers that fit. Null: all.
    /// </param>
    /// <param name="corpus">Recent papers, for what is common and what is rare; the papers themselves where it is left out.</param>
    /// <param name="keys">The profiles to match; null: all.</param>
    /// <returns>One for each profile that found something, by ascending key; the same inputs give the same answer.</returns>
    public IEnumerable<Found> Run(
        IReadOnlyList<Paper> papers, Func<long, int> best, Func<long, Paper, bool>? offered, Corpus? corpus = null, IReadOnlyCollection<long>? keys = null) =>
        Run([.. papers.Select(paper => new PaperReading(paper))], best, offered, corpus, keys);

    /// <summary>The same over papers that were read already.</summary>
    public IEnumerable<Found> Run(
        IReadOnlyList<PaperReading> papers, Func<long, int> best, Func<long, Paper, bool>? offered, Corpus? corpus = null, IReadOnlyCollection<long>? keys = null)
    {
        var run = Over(papers, corpus);
        if (keys is not null)
        {
            foreach (var key in keys.Order())
            {
                if (Match(run, key, best(key), offered) is { } found)
                {
                    yield return found;
                }
            }

            yield break;
        }

        // By place, without looking a million keys up.
        for (var place = 0; place < _profiles.Count; place++)
        {
            if (LookAt(run, place, best(_profiles.Keys[place]), offered)?.Keep() is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>Reads the papers for every profile that is here now: a run to ask with <see cref="Match"/>.</summary>
    /// <param name="findings">Of runs with the same <see cref="KnownLines"/>, corpus and papers, each known by its id; null: none.</param>
    public MatchRun Over(IReadOnlyList<PaperReading> papers, Corpus? corpus, KnownFindings? findings = null) => new(_queries, _lines, Asked(), papers, corpus, findings);

    /// <summary>Lets a run that was made for other profiles answer for these too, without reading its papers again.</summary>
    /// <returns>False where it cannot: it is over other papers, or some line became known since.</returns>
    public bool Join(MatchRun run, IReadOnlyList<PaperReading> papers)
    {
        if (!run.Has(papers, _queries.Count))
        {
            return false;
        }

        run.Look(Asked());
        return true;
    }

    /// <summary>What one profile finds in a run. Asked again, with other papers offered, it has the same scores.</summary>
    /// <returns>Null where there is no such profile, or nothing fits it.</returns>
    public Found? Match(MatchRun run, long key, int best, Func<long, Paper, bool>? offered) =>
        Look(run, key, best, offered)?.Keep();

    /// <summary>The same for whoever is done with it before the run is asked again: then it no longer holds.</summary>
    public Found? Look(MatchRun run, long key, int best, Func<long, Paper, bool>? offered) =>
        _profiles.Find(key) is var place and >= 0 ? LookAt(run, place, best, offered) : null;

    /// <summary>Writes the compiled form of all that is here.</summary>
    public void Write(Stream to)
    {
        var writer = new CompiledWriter(to);
        writer.Write(Form);
        _queries.Write(writer);
        _lines.Write(writer);
        _profiles.Write(writer);
        writer.Close();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is of another version, cut off or damaged.</exception>
    public static ProfileIndex Read(Stream from)
    {
        var reader = new CompiledReader(from);
        if (reader.Long() != Form)
        {
            throw new InvalidDataException("It was written by another version.");
        }

        var index = new ProfileIndex();
        index._queries.Read(reader);
        index._lines.Read(reader);
        index._profiles.Read(reader);
        reader.Close();
        return index;
    }

    /// <summary>Which queries the profiles have: of those that are only known nothing is asked.</summary>
    private bool[] Asked()
    {
        var asked = new bool[_queries.Count];
        for (var place = 0; place < _profiles.Count; place++)
        {
            foreach (var query in _profiles.Queries(place))
            {
                asked[query] = true;
            }
        }

        return asked;
    }

    private Found? LookAt(MatchRun run, int place, int best, Func<long, Paper, bool>? offered)
    {
        var key = _profiles.Keys[place];
        var matched = run.Sums.Add(key, _profiles.Queries(place), best, offered);
        return matched == 0 ? null : new Found(run, key, run.Sums.Best, matched);
    }

    /// <summary>Two lines that ask for the same count once: the first.</summary>
    private void Collect(int query)
    {
        if (query >= 0 && !_collected.Contains(query))
        {
            _collected.Add(query);
        }
    }
}

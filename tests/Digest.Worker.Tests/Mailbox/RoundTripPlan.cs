using Digest.Worker.Subscribers;

namespace Digest.Worker.Tests.Mailbox;

/// <summary>Who does what in the round trip: of a thousand readers 300 answer, 100 bounce late, 50 are absent, 20 complain, and so on.</summary>
internal sealed class RoundTripPlan
{
    private static readonly (string Language, string Stop, string Pause, string Weekly, string Cap, string Add, string Why, string Chat)[] Words =
    [
        ("en", "unsubscribe", "Pause for 2 weeks, please", "weekly on Friday", "at most 5", "add topic {0}", "why 1", "What a lovely day it is over here."),
        ("de", "Abmelden", "2 Wochen Pause", "wöchentlich am Freitag", "höchstens 5", "hinzufügen topic {0}", "warum 1", "Das Wetter ist heute schön hier."),
        ("fr", "désabonner", "pause de 2 semaines", "hebdomadaire le vendredi", "au plus 5", "ajouter topic {0}", "pourquoi 1", "Il fait beau aujourd'hui chez nous."),
        ("es", "darme de baja", "pausa de 2 semanas", "semanal el viernes", "máximo 5", "añadir topic {0}", "por qué 1", "Hoy hace muy buen tiempo por aquí."),
        ("zh", "退订", "暂停2周", "每周五", "最多5篇", "添加 topic {0}", "为什么1", "今天这里天气很好。"),
        ("ja", "配信停止をお願いします", "2週間休止", "毎週金曜日", "最大5件", "追加：topic {0}", "なぜ1", "今日はこちらは良い天気です。"),
    ];

    public RoundTripPlan(int readers)
    {
        int Part(int ofThousand) => Math.Max(2, readers * ofThousand / 1000);
        var all = new List<RoundTripReader>();
        for (var i = 0; i < Math.Max(14, Part(300)); i++)
            all.Add(Human(i));
        Add(Part(100), i => new RoundTripReader($"late{i}", "en", "late", "", Ended, 0));
        Add(Part(50), i => new RoundTripReader($"away{i}", "en", i % 2 == 0 ? "absent" : "absent until", "", i % 2 == 0 ? Unchanged : Paused, 0));
        Add(Part(20), i => new RoundTripReader($"angry{i}", "en", "complaint", "", Ended, 0));
        // One who is asked whether it was them gets one letter; nothing changes.
        Add(Part(20), i => new RoundTripReader($"forged{i}", "en", "forged", "unsubscribe", Unchanged, 1));
        Add(Part(20), i => new RoundTripReader($"sharing{i}", "en", "forwarded", "unsubscribe", Unchanged, 1));
        for (var i = 0; all.Count < readers; i++)
            all.Add(new RoundTripReader($"quiet{i}", "en", "quiet", "", Unchanged, 0));
        Readers = [.. all.Select((reader, index) => reader with { Number = index })];
        Kills = Part(20);

        void Add(int count, Func<int, RoundTripReader> make) => all.AddRange(Enumerable.Range(0, count).Select(make));
    }

    public IReadOnlyList<RoundTripReader> Readers { get; }

    /// <summary>How often the program is killed.</summary>
    public int Kills { get; }

    /// <summary>Mails that come back.</summary>
    public int Mails => Readers.Count(reader => reader.Kind != "quiet");

    private static RoundTripReader Human(int i)
    {
        var words = Words[i % Words.Length];
        (string Text, Action<Subscriber> Check) asked = (i / Words.Length % 7) switch
        {
            0 => (words.Stop, Ended),
            1 => (words.Add, reader => Assert.Equal($"graph neural networks\ntopic {i}", reader.Profile)),
            2 => (words.Weekly, reader => Assert.Equal("weekly:friday", reader.Cadence.ToString())),
            3 => (words.Pause, Paused),
            4 => (words.Cap, reader => Assert.Equal((reader.Email, 5), (reader.Email, reader.Cap))),
            5 => (words.Why, Unchanged),
            _ => (words.Chat, Unchanged),
        };
        return new RoundTripReader($"human{i}", words.Language, "human", string.Format(System.Globalization.CultureInfo.InvariantCulture, asked.Text, i), asked.Check, 1);
    }

    private static void Ended(Subscriber reader) => Assert.Equal((reader.Email, SubscriberState.Unsubscribed), (reader.Email, reader.State));

    private static void Paused(Subscriber reader) => Assert.Equal((reader.Email, SubscriberState.Paused), (reader.Email, reader.State));

    private static void Unchanged(Subscriber reader) => Assert.Equal((reader.Email, SubscriberState.Active, "graph neural networks", 8, "daily"), (reader.Email, reader.State, reader.Profile, reader.Cap, reader.Cadence.ToString()));
}

/// <param name="Check">What must hold of the subscription in the end.</param>
/// <param name="Letters">How many letters they get.</param>
internal sealed record RoundTripReader(string User, string Language, string Kind, string Text, Action<Subscriber> Check, long Letters)
{
    public int Number { get; init; }

    public bool IsLate => Kind == "late";

    public bool Answers => Kind is not ("quiet" or "late");
}

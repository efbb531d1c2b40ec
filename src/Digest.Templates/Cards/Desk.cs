using System.Collections.Concurrent;
using Digest.Templates.Languages;
using Digest.Templates.Output;

namespace Digest.Templates.Cards;

/// <summary>What is needed to write one mail at a time, kept from mail to mail.</summary>
internal sealed class Desk(Language language)
{
    public HtmlContext Html { get; } = new(language);

    public TextContext Text { get; } = new(language);

    public OctetBuffer Octets { get; } = new();

    public OutputBuffer Scratch { get; } = new();

    public Dictionary<string, (ReaderValue Html, ReaderValue Text)> Interests { get; } = [];
}

/// <summary>Desks that are free, by language. One that a fault happened at is not put back.</summary>
internal sealed class Desks
{
    private readonly ConcurrentDictionary<Language, ConcurrentBag<Desk>> _free = [];

    public Desk Take(Language language) => Free(language).TryTake(out var desk) ? desk : new Desk(language);

    public void PutBack(Desk desk) => Free(desk.Html.Words).Add(desk);

    private ConcurrentBag<Desk> Free(Language language) => _free.GetOrAdd(language, static _ => []);
}

namespace Digest.Worker.Subscribers;

/// <summary>A place in the order of those who are due: by their slots, those of one slot as they came. The default is before all.</summary>
internal readonly record struct DuePlace(DateTimeOffset Slot, long Id)
{
    public static DuePlace Of(Subscriber due) => new(due.NextDueAt!.Value, due.Id);

    /// <summary>The place after which somebody is the next.</summary>
    public static DuePlace Before(Subscriber due) => new(due.NextDueAt!.Value, due.Id - 1);

    public bool IsBehind(DuePlace other) => (Slot, Id).CompareTo((other.Slot, other.Id)) > 0;
}

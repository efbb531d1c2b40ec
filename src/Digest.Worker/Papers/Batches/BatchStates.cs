namespace Digest.Worker.Papers.Batches;

/// <summary>How a state is written, in the database and in tables.</summary>
internal static class BatchStates
{
    public static string ToText(BatchState state) => state switch
    {
        BatchState.NotYet => "not yet",
        BatchState.Partial => "partial",
        BatchState.Whole => "whole",
        BatchState.Holiday => "holiday",
        BatchState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static BatchState Parse(string text) => Enum.GetValues<BatchState>().First(state => ToText(state) == text);

    /// <summary>Nothing more will come.</summary>
    public static bool IsSettled(BatchState state) => state is BatchState.Whole or BatchState.Holiday;
}

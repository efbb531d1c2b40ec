namespace Digest.Worker.Mailbox.Understanding.Commands;

/// <summary>What a reader can ask for by mail. The names in the tables and in <c>explain-mail</c> are these in lower case.</summary>
internal enum CommandVerb
{
    Unsubscribe,
    Erase,
    Pause,
    Resume,
    Daily,
    Weekdays,
    Weekly,
    Hour,
    Cap,
    Add,
    Drop,
    Show,
    Why,
    WhyNot,
    More,
    Less,
    Resend,
    Undo,
    Help,
    Subscribe,
    Confirm,
}

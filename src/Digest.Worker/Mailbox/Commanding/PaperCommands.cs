using Digest.Worker.Issues;
using Digest.Worker.Mailbox.Understanding.Commands;
using Digest.Worker.Subscribers;

namespace Digest.Worker.Mailbox.Commanding;

/// <summary>
/// Commands about the numbered papers of the issue that is answered: why one is there, and more or less like it. "More like" adds
/// an interest that the reader sees and can take back. "Less like" only tells how: what to leave out is the reader's to say, and
/// a guess could hide what they asked for.
/// </summary>
internal sealed class PaperCommands(IssueStore issues, Subscriptions subscriptions) : ICommandEffect
{
    public bool Does(CommandVerb verb) => verb is CommandVerb.Why or CommandVerb.More or CommandVerb.Less;

    public async Task<CommandResult> ActAsync(CommandContext context, MailCommand command)
    {
        if (await PapersAsync(context) is not { } papers)
            return CommandResult.Told(context.Say.Say("which-issue"));
        var numbers = command.Numbers.Distinct().ToList();
        var named = numbers.SelectMany(number => papers.Where(paper => paper.Number == number)).ToList();
        var unknown = numbers.Except(named.Select(paper => paper.Number)).Select(number => context.Say.Say("no-paper", number));
        var result = command.Verb switch
        {
            CommandVerb.More => await MoreAsync(context, named),
            CommandVerb.Less => CommandResult.Told([.. named.SelectMany(paper => Less(context, paper))]),
            _ => CommandResult.Told([.. named.Select(paper => Why(context, paper))]),
        };
        return result with { Lines = [.. result.Lines, .. unknown] };
    }

    /// <summary>Null where the mail answers no issue of this reader: numbers mean nothing then.</summary>
    private async Task<IReadOnlyList<NumberedPaper>?> PapersAsync(CommandContext context) =>
        context.Mail.About is { IssueId: > 0 and var id } && await issues.FindAsync(id, CancellationToken.None) is { } issue && issue.SubscriberId == context.Subscriber.Id
            ? NumberedPaper.Of(issue)
            : null;

    private static string Why(CommandContext context, NumberedPaper paper) => paper.Interest.Length == 0
        ? context.Say.Say("why-trending", paper.Number, paper.Title)
        : context.Say.Say("why", paper.Number, paper.Title, paper.Interest);

    private static IEnumerable<string> Less(CommandContext context, NumberedPaper paper) => [Why(context, paper), context.Say.Say("less")];

    private async Task<CommandResult> MoreAsync(CommandContext context, IReadOnlyList<NumberedPaper> named)
    {
        var interests = context.Subscriber.Interests;
        var likenesses = named.Select(paper => paper.Likeness).Where(likeness => likeness.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var wanted = likenesses.Except(interests, StringComparer.OrdinalIgnoreCase).ToList();
        var known = likenesses.Except(wanted).Select(likeness => context.Say.Say("known", likeness));
        if (wanted.Count == 0)
            return CommandResult.Told([.. known]);
        var outcome = await subscriptions.EditAsync(context.Mail.Transaction, context.Subscriber.Id, new SubscriberDraft { Interests = string.Join('\n', interests.Concat(wanted)) });
        if (!outcome.Done)
            return context.Refused(outcome);
        IEnumerable<string> added = [.. wanted.Select(likeness => context.Say.Say("added", likeness)), .. interests.Count == 0 ? [context.Say.Say("no-trending")] : Array.Empty<string>()];
        return CommandResult.Done([.. added, .. known, context.Say.Say("interests", string.Join(" · ", outcome.Subscriber!.Interests))]);
    }
}

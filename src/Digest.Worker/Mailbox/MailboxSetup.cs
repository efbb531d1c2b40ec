using Digest.Worker.Mailbox.Answering;
using Digest.Worker.Mailbox.Commanding;
using Digest.Worker.Mailbox.Handling;
using Digest.Worker.Mailbox.Reading;
using Digest.Worker.Settings;

namespace Digest.Worker.Mailbox;

internal static class MailboxSetup
{
    /// <exception cref="SettingException">A setting under <c>Mailbox</c> cannot be used.</exception>
    public static IServiceCollection AddMailbox(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.Bind<MailboxOptions>("Mailbox");
        services
            .AddSingleton(options)
            .AddSingleton<InboundStore>()
            .AddSingleton<CorrespondentFinder>()
            .AddSingleton<BounceEffect>()
            .AddSingleton<ComplaintEffect>()
            .AddSingleton<AutoReplyEffect>()
            .AddSingleton<AnswerDesk>()
            .AddSingleton<ICommandEffect, CalendarCommands>()
            .AddSingleton<ICommandEffect, ProfileCommands>()
            .AddSingleton<ICommandEffect, StateCommands>()
            .AddSingleton<ICommandEffect, TellCommands>()
            .AddSingleton<ICommandEffect, PaperCommands>()
            .AddSingleton<ICommandEffect, ArchiveCommands>()
            .AddSingleton<ICommandEffect, UndoCommand>()
            .AddSingleton<CommandDesk>()
            .AddSingleton<SubscribeByMail>()
            .AddSingleton<ReplyEffect>()
            .AddSingleton<MailHandler>()
            .AddSingleton<MailboxStatusStore>()
            .AddSingleton<MailboxAlarms>()
            .AddSingleton<MailboxProbe>()
            .AddSingleton<ReceivedMail>()
            .AddSingleton<MailboxRun>();
        return MailboxSettings.Check(options) switch
        {
            MailboxKind.Maildir => services.AddSingleton<IMailboxSource, MaildirSource>(),
            MailboxKind.Imap => services.AddSingleton(MailboxSettings.Imap(options)).AddSingleton<CursorStore>().AddSingleton<IMailboxSource, ImapSource>().AddHostedService<MailboxWatch>(),
            _ => services.AddSingleton<IMailboxSource, NoMailbox>(),
        };
    }
}

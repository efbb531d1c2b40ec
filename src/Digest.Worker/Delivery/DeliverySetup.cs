using Digest.Worker.Delivery.Dkim;
using Digest.Worker.Delivery.Limits;
using Digest.Worker.Delivery.Relays;
using Digest.Worker.Outbox;
using Digest.Worker.Settings;
using Digest.Worker.Subscribers;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Digest.Worker.Delivery;

internal static class DeliverySetup
{
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        var sender = DeliverySettings.Sender(configuration);
        var smtp = DeliverySettings.Smtp(configuration);
        var options = DeliverySettings.Delivery(configuration);
        var dkim = configuration.Bind<DkimOptions>("Dkim");
        var policy = SettingBinding.OneOf<InDoubtPolicy>("Delivery:InDoubt", options.InDoubt);
        services
            .AddSingleton(sender)
            .AddSingleton(options)
            .AddSingleton<ReaderDoors>()
            .AddSingleton<MessageId>()
            .AddSingleton(dkim)
            .AddSingleton(DkimKeys.Load(dkim, sender))
            .AddSingleton<MessageBuilder>()
            .AddSingleton<IMailContent, LetterContent>()
            .AddSingleton<IMailContent, IssueContent>()
            .AddSingleton<MailComposition>()
            .AddSingleton<Preview>()
            .AddSingleton<LimitPlan>()
            .AddSingleton<Lanes>()
            .AddSingleton<HostWatch>()
            .AddSingleton<AddressRecord>()
            .AddSingleton<Pauses>()
            .AddSingleton<Replay>()
            .AddSingleton<RelayProbe>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<Marking>(provider, policy))
            .AddSingleton<UntakenResults>()
            .AddSingleton<MailDelivery>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<DeliveryRecovery>(provider, policy))
            .AddSingleton<DeliveryRun>();
        services.TryAddSingleton(PublicAddress.From(configuration));
        services.TryAddSingleton<ReaderToken>();
        services.TryAddSingleton(_ => TemplatesSetup.Load(configuration));
        if (!UsesSmtp(options, smtp))
            return services.AddSingleton<ITransport, PickupTransport>();
        foreach (var relay in smtp)
            services.AddSingleton<ITransport>(provider => ActivatorUtilities.CreateInstance<SmtpTransport>(provider, DeliverySettings.Relay(relay), relay.Smtp));
        return services;
    }

    public static bool UsesSmtp(DeliveryOptions options, IReadOnlyList<RelaySetting> smtp) => SettingBinding.OneOf<TransportKind>("Delivery:Transport", options.Transport) switch
    {
        TransportKind.Smtp when string.IsNullOrWhiteSpace(smtp[0].Smtp.Host) => throw new SettingException("Smtp:Host", null, "Delivery:Transport is smtp, so the relay must be named"),
        TransportKind.Smtp => true,
        TransportKind.Auto => !string.IsNullOrWhiteSpace(smtp[0].Smtp.Host),
        _ => false,
    };
}

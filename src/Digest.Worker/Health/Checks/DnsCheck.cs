using System.Net;
using Digest.Worker.Delivery;
using Digest.Worker.Delivery.Dkim;
using Digest.Worker.Health.Dns;

namespace Digest.Worker.Health.Checks;

/// <summary>What receivers ask the DNS about our sender: SPF, DKIM, DMARC, MX; and the relay's own name.</summary>
internal sealed class DnsCheck(SenderDns dns, SenderOptions sender, DkimOptions dkim, DeliveryOptions delivery, IConfiguration configuration) : ICheck
{
    public bool IsVital => false;

    public bool IsRare => true;

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var domain = MailDomain.ToAscii(sender.Domain);
        if (domain.EndsWith("localdomain", StringComparison.Ordinal) && DeliverySetup.UsesSmtp(delivery, DeliverySettings.Smtp(configuration)))
            return [new CheckResult("dns", CheckState.Warning, $"Mails go out as from {sender.From}: nobody can answer, and most servers refuse it.") { Remedy = "Set Sender:From to an address in a domain of yours.", ToldAfter = null }];
        if (domain.EndsWith("localdomain", StringComparison.Ordinal) || !domain.Contains('.', StringComparison.Ordinal))
            return [CheckResult.Skipped("dns", $"Sender:From is {domain}, which has no place in the DNS.")];
        var found = new List<CheckResult>
        {
            await SpfAsync(domain, cancellationToken),
            await DmarcAsync(domain, cancellationToken),
            await MxAsync(MailDomain.ToAscii(sender.ReplyMailbox[(sender.ReplyMailbox.LastIndexOf('@') + 1)..]), cancellationToken),
        };
        var keys = PublicKeys.Of(dkim);
        if (keys.Count == 0)
            found.Add(CheckResult.Skipped("dns/dkim", "No key of ours signs (Dkim:KeyFile): the relay must."));
        foreach (var key in keys)
            found.Add(await DkimAsync($"{key.Selector}._domainkey.{MailDomain.ToAscii(dkim.Domain ?? sender.Domain)}", key.PublicKey, cancellationToken));
        foreach (var host in DeliverySettings.Smtp(configuration).Select(relay => relay.Smtp.Host).OfType<string>().Where(host => host.Contains('.', StringComparison.Ordinal) && !IPAddress.TryParse(host, out _)))
            found.Add(await PtrAsync(host, cancellationToken));
        return found;
    }

    private async Task<CheckResult> SpfAsync(string domain, CancellationToken cancellationToken)
    {
        var answer = await dns.TxtAsync(domain, cancellationToken);
        var records = answer.Values.Where(text => text.Equals("v=spf1", StringComparison.OrdinalIgnoreCase) || text.StartsWith("v=spf1 ", StringComparison.OrdinalIgnoreCase)).ToList();
        return Unanswered("dns/spf", domain, answer) ?? records.Count switch
        {
            0 => Wrong("dns/spf", $"{domain} has no SPF record.", $"Add a TXT record at {domain} that allows the relay, such as \"v=spf1 mx include:RELAY ~all\"."),
            1 when records[0].Contains("+all", StringComparison.OrdinalIgnoreCase) => Wrong("dns/spf", $"The SPF record of {domain} allows everybody (+all).", "Let it end with ~all or -all.") with { Detail = records[0] },
            1 => CheckResult.Ok("dns/spf", $"{domain} has an SPF record.") with { Detail = records[0] },
            _ => Wrong("dns/spf", $"{domain} has {records.Count} SPF records, which is an error (RFC 7208, 3.2).", "Make one of them."),
        };
    }

    private async Task<CheckResult> DmarcAsync(string domain, CancellationToken cancellationToken)
    {
        // A domain without a record of its own has that of its organisation; without the list of public suffixes we try each parent.
        for (var at = domain; at.Contains('.', StringComparison.Ordinal); at = at[(at.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            var answer = await dns.TxtAsync($"_dmarc.{at}", cancellationToken);
            if (Unanswered("dns/dmarc", domain, answer) is { } trouble)
                return trouble;
            if (answer.Values.FirstOrDefault(text => text.StartsWith("v=DMARC1", StringComparison.OrdinalIgnoreCase)) is { } record)
                return CheckResult.Ok("dns/dmarc", $"{domain} has a DMARC record at _dmarc.{at}.") with { Detail = record };
        }
        return Wrong("dns/dmarc", $"{domain} has no DMARC record.", $"Large providers want one from who sends much: add a TXT record at _dmarc.{domain}, to begin with \"v=DMARC1; p=none\".");
    }

    private async Task<CheckResult> MxAsync(string domain, CancellationToken cancellationToken)
    {
        var answer = await dns.MxAsync(domain, cancellationToken);
        if (Unanswered("dns/mx", domain, answer) is { } trouble)
            return trouble;
        var host = answer.Values.Count > 0 ? answer : await dns.AddressesAsync(domain, cancellationToken);
        return host.Values.Count > 0
            ? CheckResult.Ok("dns/mx", $"Replies to {domain} find a server: {string.Join(", ", host.Values.Take(3))}.")
            : Wrong("dns/mx", $"{domain} has no MX record: replies and bounces cannot come back.", $"Add an MX record at {domain}, or set Sender:ReplyTo to a mailbox that can be reached.");
    }

    private async Task<CheckResult> DkimAsync(string name, string ours, CancellationToken cancellationToken)
    {
        var key = $"dns/dkim/{name}";
        var answer = await dns.TxtAsync(name, cancellationToken);
        if (Unanswered(key, name, answer) is { } trouble)
            return trouble;
        var published = answer.Values.Select(DkimRecord.PublicKey).OfType<string>().ToList();
        if (published.Count == 0)
            return Wrong(key, $"There is no DKIM record at {name}, and we sign with its key.", "Publish the record that 'dkim record' prints; until then our signatures fail.");
        return published.Contains(ours)
            ? CheckResult.Ok(key, $"The DKIM record at {name} is that of our key.")
            : Wrong(key, $"The DKIM record at {name} is not that of our key.", "Publish the record that 'dkim record' prints, or put the key back that the record belongs to; until then our signatures fail.");
    }

    private async Task<CheckResult> PtrAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await dns.AddressesAsync(host, cancellationToken);
        if (Unanswered("dns/ptr", host, addresses) is { } trouble)
            return trouble;
        if (addresses.Values.Count == 0)
            return new CheckResult("dns/ptr", CheckState.Warning, $"The relay's name {host} has no address in the DNS.") { Remedy = "Correct Smtp:Host, unless the name is known to this machine alone (/etc/hosts, the container's network).", ToldAfter = null };
        foreach (var address in addresses.Values.Take(2))
            if ((await dns.NamesAsync(IPAddress.Parse(address), cancellationToken)).Values.Count == 0)
                return new CheckResult("dns/ptr", CheckState.Warning, $"The relay's address {address} has no name (PTR).") { Remedy = "If it sends to the world itself, its provider must set one; a relay that hands on to another needs none.", ToldAfter = null };
        return CheckResult.Ok("dns/ptr", $"The address of {host} has a name.");
    }

    private static CheckResult? Unanswered(string key, string name, DnsAnswer answer) => answer.Trouble is not { } trouble
        ? null
        : new CheckResult(key, CheckState.Warning, $"The DNS could not be asked about {name}.") { Detail = trouble, Remedy = "Look at /etc/resolv.conf and the name server.", ToldAfter = null };

    // Told once it has stood for an hour: records are changed in steps.
    private static CheckResult Wrong(string key, string said, string remedy) => new(key, CheckState.Warning, said) { Remedy = remedy, ToldAfter = TimeSpan.FromMinutes(50) };
}

namespace Digest.Worker.Web.Subscribe;

/// <summary>The zones that a form offers, and the likeliest one for a browser's language.</summary>
internal static class ZoneGuess
{
    private static readonly string[] Regions = ["Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"];

    /// <summary>IANA names, UTC first.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["UTC", .. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId && Regions.Any(region => zone.Id.StartsWith(region, StringComparison.Ordinal))).Select(zone => zone.Id).Order(StringComparer.Ordinal)];

    /// <param name="accepted">The header Accept-Language.</param>
    public static string Of(string accepted) => accepted.Split([',', ';'], StringSplitOptions.TrimEntries)[0].ToLowerInvariant() switch
    {
        "en-us" => "America/New_York",
        "en-gb" => "Europe/London",
        "en-in" or "hi" => "Asia/Kolkata",
        "en-au" => "Australia/Sydney",
        "fr-ca" or "en-ca" => "America/Toronto",
        "es-mx" => "America/Mexico_City",
        "pt-br" => "America/Sao_Paulo",
        "zh-tw" => "Asia/Taipei",
        var tag => tag.Split('-')[0] switch
        {
            "de" => "Europe/Berlin",
            "fr" => "Europe/Paris",
            "es" => "Europe/Madrid",
            "it" => "Europe/Rome",
            "nl" => "Europe/Amsterdam",
            "pl" => "Europe/Warsaw",
            "pt" => "Europe/Lisbon",
            "zh" => "Asia/Shanghai",
            "ja" => "Asia/Tokyo",
            "ko" => "Asia/Seoul",
            _ => "UTC",
        },
    };
}

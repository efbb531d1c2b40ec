namespace Digest.Worker.Settings;

/// <summary>Finds every fault of the settings, where each room stops at its first one: what is faulty is taken away, and the room asked again.</summary>
internal static class SettingFaults
{
    /// <param name="rooms">Each binds and checks its own settings.</param>
    public static IReadOnlyList<SettingFault> Find(IConfiguration configuration, IEnumerable<Action<IServiceCollection, IConfiguration>> rooms) =>
        [.. rooms.SelectMany(room => Find(configuration, room)).DistinctBy(fault => fault.Line)];

    /// <summary>Runs all checks, one after the other, and throws one exception for all that fail.</summary>
    /// <exception cref="SettingException">At least one check failed.</exception>
    public static void CheckAll(IEnumerable<Action> checks)
    {
        if (Collect(checks) is { Count: > 0 } faults)
            throw new SettingException(faults);
    }

    /// <summary>Runs all checks, one after the other; what they found.</summary>
    public static IReadOnlyList<SettingFault> Collect(IEnumerable<Action> checks)
    {
        var faults = new List<SettingFault>();
        foreach (var check in checks)
        {
            try
            {
                check();
            }
            catch (SettingException e)
            {
                faults.AddRange(e.Faults);
            }
        }
        return faults;
    }

    private static List<SettingFault> Find(IConfiguration configuration, Action<IServiceCollection, IConfiguration> room)
    {
        var values = configuration.AsEnumerable().Where(pair => pair.Value is not null).ToList();
        var faults = new List<SettingFault>();
        while (true)
        {
            try
            {
                room(new ServiceCollection(), new ConfigurationBuilder().AddInMemoryCollection(values).Build());
                return faults;
            }
            catch (SettingException e)
            {
                var fresh = e.Faults.Where(fault => !faults.Any(known => known.Key == fault.Key)).ToList();
                faults.AddRange(fresh);
                // Elements of a list stay, or those behind them would be counted anew: their room names all of their faults at once.
                if (values.RemoveAll(pair => fresh.Any(fault => SettingKeys.Normal(fault.Key) == fault.Key && IsIn(pair.Key, fault.Key))) == 0)
                    return faults;
            }
        }
    }

    private static bool IsIn(string key, string place) =>
        key.Equals(place, StringComparison.OrdinalIgnoreCase) || key.StartsWith(place + ":", StringComparison.OrdinalIgnoreCase);
}

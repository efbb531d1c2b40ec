namespace Digest.Worker.Tests.Support;

/// <summary>A test that needs something which a machine may lack: there it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithAttribute<T> : FactAttribute
    where T : INeeded
{
    public FactWithAttribute() => Skip = Needed.Missing<T>();
}

/// <summary>A test that needs two such things.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithAttribute<TOne, TOther> : FactAttribute
    where TOne : INeeded
    where TOther : INeeded
{
    public FactWithAttribute() => Skip = Needed.Missing<TOne>() ?? Needed.Missing<TOther>();
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithAttribute<T> : TheoryAttribute
    where T : INeeded
{
    public TheoryWithAttribute() => Skip = Needed.Missing<T>();
}

internal static class Needed
{
    /// <summary>What is thrown while tests are found makes all tests of their class vanish, and nobody is told.</summary>
    public static string? Missing<T>()
        where T : INeeded
    {
        try
        {
            return T.Missing;
        }
        catch (Exception e)
        {
            return $"Whether {typeof(T).Name} is to be had could not be found out: {e.Message}";
        }
    }
}

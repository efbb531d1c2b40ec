namespace Digest.Worker.Tests.Support;

/// <summary>A test that needs something which a machine may lack: there it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithAttribute<T> : FactAttribute
    where T : INeeded
{
    public FactWithAttribute() => Skip = T.Missing;
}

/// <summary>A test that needs two such things.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithAttribute<TOne, TOther> : FactAttribute
    where TOne : INeeded
    where TOther : INeeded
{
    public FactWithAttribute() => Skip = TOne.Missing ?? TOther.Missing;
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithAttribute<T> : TheoryAttribute
    where T : INeeded
{
    public TheoryWithAttribute() => Skip = T.Missing;
}

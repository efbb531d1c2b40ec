namespace Digest.Worker.Tests.Container;

/// <summary>A test on the built image. Skipped, and said so, where <c>tests/container</c> could not build it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContainerFactAttribute : FactAttribute
{
    public ContainerFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DIGEST_PODMAN")))
            Skip = "The image was not built: tests/run does it as root where podman works.";
    }
}

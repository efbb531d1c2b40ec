namespace Digest.Worker.Tests.Container;

/// <summary>A test on the built image. Skipped, and said so, where <c>tests/container</c> could not build it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContainerFactAttribute : FactAttribute
{
    /// <param name="needs">A variable that must be set beside that of the image itself.</param>
    public ContainerFactAttribute(string needs = "DIGEST_PODMAN")
    {
        if (new[] { "DIGEST_PODMAN", needs }.Any(name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))))
            Skip = "The image was not built: tests/run does it as root where podman works.";
    }
}

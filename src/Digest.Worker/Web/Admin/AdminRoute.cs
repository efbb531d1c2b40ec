namespace Digest.Worker.Web.Admin;

/// <param name="Path">Below <see cref="AdminDoors.Root"/>.</param>
/// <param name="Read">An <see cref="Digest.Templates.Site.Admin.AdminPage"/>, a mail as HTML, or null where there is no such thing.</param>
/// <param name="Posts">What is asked for does not stand in the address.</param>
internal sealed record AdminRoute(string Path, Func<HttpContext, CancellationToken, Task<object?>> Read, bool Posts = false);

/// <summary>The pages about one kind of thing.</summary>
internal interface IAdminPages
{
    IEnumerable<AdminRoute> Pages { get; }
}

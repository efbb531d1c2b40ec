namespace Digest.Worker.Web.Site;

internal static class Reading
{
    /// <summary>What changes nothing.</summary>
    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
}

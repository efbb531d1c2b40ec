using System.Data.Common;

namespace Digest.Worker.Storage;

/// <summary>Asks whether a lease is still held under the same number. Nobody takes one while somebody writes alone, so the answer holds until the commit.</summary>
internal static class FenceStore
{
    /// <exception cref="FencedException">It is not.</exception>
    public static async Task RequireAsync(DbTransaction transaction, Fence fence)
    {
        if (await transaction.ScalarAsync<long>("select count(*) from lease where name = @Lease and token = @Token", fence) == 0)
            throw new FencedException(fence.Lease);
    }
}

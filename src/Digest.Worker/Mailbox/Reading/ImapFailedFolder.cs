using MailKit;

namespace Digest.Worker.Mailbox.Reading;

/// <summary>The folder for mails that fail each time, beside the one that is read.</summary>
internal static class ImapFailedFolder
{
    private const string Name = "Failed";

    public static async Task MoveAsync(IMailFolder folder, UniqueId uid, CancellationToken cancellationToken)
    {
        var parent = folder.ParentFolder ?? folder;
        IMailFolder failed;
        try
        {
            failed = await parent.GetSubfolderAsync(Name, cancellationToken);
        }
        catch (FolderNotFoundException)
        {
            failed = await parent.CreateAsync(Name, isMessageFolder: true, cancellationToken) ?? throw new MailboxException("The folder Failed cannot be made.");
        }
        await folder.MoveToAsync(uid, failed, cancellationToken);
    }
}

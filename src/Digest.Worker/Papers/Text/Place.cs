namespace Digest.Worker.Papers.Text;

/// <summary>Where a command stands: its backslash, the end of its name, the end of the piece that it belongs to.</summary>
internal readonly record struct Place(int At, int Next, int End, Setting Setting)
{
    public bool InProse => Setting == Setting.Prose;
}

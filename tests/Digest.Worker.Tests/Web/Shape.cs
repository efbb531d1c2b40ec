namespace Digest.Worker.Tests.Web;

/// <summary>How somebody looks at a page.</summary>
/// <param name="Width">Pixels: a telephone's or a desk's.</param>
/// <param name="Scripts">Whether their browser runs scripts.</param>
internal sealed record Shape(int Width, bool Dark, bool Scripts)
{
    /// <summary>Each two of width, colours and scripts in every combination.</summary>
    public static readonly Shape[] All = [new(1280, false, true), new(375, false, false), new(375, true, true), new(1280, true, false)];

    /// <summary>Each width, colours and scripts once on and once off: for what takes long.</summary>
    public static readonly Shape[] Two = [new(1280, true, true), new(375, false, false)];

    public override string ToString() => $"{Width}{(Dark ? " dark" : "")}{(Scripts ? "" : " without scripts")}";
}

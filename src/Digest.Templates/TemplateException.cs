namespace Digest.Templates;

/// <summary>A template or language file that cannot be used. Line and column count from 1; 0 where the fault has no place.</summary>
public sealed class TemplateException(string file, int line, int column, string fault)
    : Exception(line > 0 ? $"{file}:{line}:{column}: {fault}" : $"{file}: {fault}")
{
    public string File { get; } = file;

    public int Line { get; } = line;

    public int Column { get; } = column;

    public string Fault { get; } = fault;
}

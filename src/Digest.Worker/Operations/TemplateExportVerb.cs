using System.CommandLine;
using Digest.Templates;

namespace Digest.Worker.Operations;

/// <summary><c>template export [NAME...] --out FOLDER</c>: built-in files to make one's own, also where there is no clone of the source.</summary>
internal static class TemplateExportVerb
{
    public static Command Create(Option<DirectoryInfo> output)
    {
        var names = new Argument<string[]>("NAME") { Description = "Files such as card.html.sbn or de.json; without one: all of them.", Arity = ArgumentArity.ZeroOrMore };
        var export = new Command("export", "Write built-in templates and language tables into a folder, to change them there. A file that is there already stays.") { names, output };
        export.SetAction(parsed => Export(parsed.GetValue(names) ?? [], parsed.GetRequiredValue(output)));
        return export;
    }

    private static int Export(string[] names, DirectoryInfo output)
    {
        if (names.Except(TemplateFiles.Names).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"There is no built-in file {unknown}. There are: {string.Join(", ", TemplateFiles.Names)}.");
            return ExitCode.Failed;
        }

        output.Create();
        foreach (var name in names.Length > 0 ? names : TemplateFiles.Names)
        {
            var path = Path.Combine(output.FullName, name);
            if (File.Exists(path))
            {
                Console.WriteLine($"{path} is there already and stays as it is");
                continue;
            }

            File.WriteAllText(path, TemplateFiles.Read(name));
            Console.WriteLine($"{path} written");
        }

        return ExitCode.Ok;
    }
}

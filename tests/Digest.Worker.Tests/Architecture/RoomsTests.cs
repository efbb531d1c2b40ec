using Digest.Worker.Tests.Support;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Digest.Worker.Tests.Architecture;

/// <summary>Holds every type of the worker, with its members and the bodies of its methods, to the table of rooms.</summary>
public sealed class RoomsTests
{
    private const string Root = "Digest.Worker.";

    // Scriban stands in no line of the table: no room may use it.
    private static readonly IReadOnlyList<string> Guarded = [.. Room.All.Values.SelectMany(room => room.Packages).Distinct(), "Scriban"];

    [Fact]
    public void Every_room_knows_only_what_the_table_lets_it_know()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(DigestHost).Assembly.Location);
        var faults = new SortedSet<string>();
        var seen = 0;
        foreach (var type in assembly.MainModule.Types.Where(type => RoomOf(type.FullName) is not null))
        {
            seen++;
            var room = RoomOf(type.FullName)!;
            Assert.True(Room.All.ContainsKey(room), $"{type.FullName} stands in a room that the table does not name");
            foreach (var used in References(type).Select(Outermost).Distinct())
                if (Fault(room, used) is { } fault)
                    faults.Add($"{type.FullName}: {fault}");
        }
        Assert.True(seen > 20, "the walk over the types found too few: it is broken");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void The_table_names_every_folder_and_no_other()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Folder, "src", "Digest.Worker")).Select(Path.GetFileName).Except(["bin", "obj"]);
        Assert.Equal(folders.Order(), Room.All.Keys.Order());
    }

    private static string? Fault(string room, string used)
    {
        if (used.StartsWith(Root, StringComparison.Ordinal) || used.StartsWith("Digest.Templates.", StringComparison.Ordinal))
        {
            var name = used.StartsWith(Root, StringComparison.Ordinal) ? used[Root.Length..] : "Templates." + used["Digest.Templates.".Length..];
            var other = name.Split('.')[0];
            return other == room || Room.All[room].MayUse.Any(allowed => allowed == other || allowed == name) ? null : $"{room} must not know {name}";
        }
        var package = Guarded.FirstOrDefault(name => used.StartsWith(name + ".", StringComparison.Ordinal));
        return package is null || Room.All[room].Packages.Contains(package) ? null : $"{room} must not use {package} ({used})";
    }

    private static string? RoomOf(string fullName)
    {
        if (!fullName.StartsWith(Root, StringComparison.Ordinal))
            return null;
        var parts = fullName[Root.Length..].Split('.');
        return parts.Length > 1 ? parts[0] : null;
    }

    private static string Outermost(TypeReference type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        return type.FullName.Split('`', '<')[0];
    }

    private static IEnumerable<TypeReference> References(TypeDefinition type)
    {
        IEnumerable<TypeReference?> own =
        [
            type.BaseType,
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. type.CustomAttributes.Select(a => a.AttributeType),
            .. type.Fields.Select(f => f.FieldType),
            .. type.Properties.Select(p => p.PropertyType),
            .. type.Methods.SelectMany(Of),
        ];
        return own.Concat(type.NestedTypes.SelectMany(References)).OfType<TypeReference>().SelectMany(Unwrap);
    }

    private static IEnumerable<TypeReference?> Of(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (var parameter in method.Parameters)
            yield return parameter.ParameterType;
        if (!method.HasBody)
            yield break;
        foreach (var variable in method.Body.Variables)
            yield return variable.VariableType;
        foreach (var operand in method.Body.Instructions.Select((Instruction instruction) => instruction.Operand))
            switch (operand)
            {
                case TypeReference reference:
                    yield return reference;
                    break;
                case MethodReference called:
                    yield return called.DeclaringType;
                    yield return called.ReturnType;
                    if (called is GenericInstanceMethod generic)
                        foreach (var argument in generic.GenericArguments)
                            yield return argument;
                    break;
                case FieldReference field:
                    yield return field.DeclaringType;
                    yield return field.FieldType;
                    break;
            }
    }

    private static IEnumerable<TypeReference> Unwrap(TypeReference type)
    {
        if (type is GenericInstanceType generic)
            foreach (var argument in generic.GenericArguments.SelectMany(Unwrap))
                yield return argument;
        if (type is not GenericParameter)
            yield return type.GetElementType();
    }
}

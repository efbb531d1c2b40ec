using System.Text.Json.Serialization;

namespace Digest.Worker.Issues;

/// <summary>What stands as JSON in a column of an issue, written by generated code: every issue writes one.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class IssueColumns : JsonSerializerContext;

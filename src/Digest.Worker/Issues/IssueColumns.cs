using System.Text.Json.Serialization;

namespace Digest.Worker.Issues;

/// <summary>What stands as JSON in the columns of an issue, written by generated code: every issue writes both.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(IssueReader))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class IssueColumns : JsonSerializerContext;

using Scriban;
using Scriban.Syntax;

namespace Digest.Templates.Cards;

/// <summary>
/// Tells whether a card's template only writes a paper's number and interest, and decides nothing by them: only then may they
/// come into a finished card later. An operator's template that does more is right too, and written anew for each reader.
/// </summary>
internal sealed class Cacheable : ScriptVisitor
{
    private ScriptNode? _obstacle;

    /// <summary>The place that forbids it; null where there is none.</summary>
    public static ScriptNode? Obstacle(Template template)
    {
        var visitor = new Cacheable();
        visitor.Visit(template.Page);
        return visitor._obstacle;
    }

    public override void Visit(ScriptThisExpression node) => _obstacle ??= node;

    public override void Visit(ScriptVariableGlobal node)
    {
        if (node.Name == "paper" && !IsAllowed(node))
            _obstacle ??= node;
    }

    private static bool IsAllowed(ScriptNode paper) => Member(paper) switch
    {
        (ScriptNode number, "number") => IsWritten(number) || IsPadded(number),
        (ScriptNode reason, "reason") => Member(reason) switch
        {
            (ScriptNode interest, "interest") => IsWritten(interest),
            (_, "field") => true,
            _ => reason.Parent is ScriptIfStatement,
        },
        (_, not null) => true,
        _ => false,
    };

    private static (ScriptNode? Access, string? Name) Member(ScriptNode target) =>
        target.Parent is ScriptMemberExpression access && ReferenceEquals(access.Target, target) ? (access, access.Member?.Name) : (null, null);

    // {{ x }} and {{ say "key" x }}.
    private static bool IsWritten(ScriptNode value) => value.Parent switch
    {
        ScriptExpressionStatement => true,
        ScriptFunctionCall call => IsSay(call),
        ScriptList { Parent: ScriptFunctionCall call } => IsSay(call),
        ScriptNestedExpression nested => IsWritten(nested),
        _ => false,
    };

    // {{ x | string.pad_left 2 }}
    private static bool IsPadded(ScriptNode value) =>
        value.Parent is ScriptPipeCall { Parent: ScriptExpressionStatement } pipe && ReferenceEquals(pipe.From, value) && IsPadding(pipe.To);

    private static bool IsSay(ScriptFunctionCall call) => call.Target is ScriptVariableGlobal { Name: "say" } && IsWritten(call);

    private static bool IsPadding(ScriptExpression? call) =>
        call is ScriptFunctionCall { Target: ScriptMemberExpression { Target: ScriptVariableGlobal { Name: "string" }, Member.Name: "pad_left" or "pad_right" } };
}

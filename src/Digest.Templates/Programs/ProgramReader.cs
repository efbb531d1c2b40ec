using Scriban.Syntax;

namespace Digest.Templates.Programs;

/// <summary>Reads a compiled template into steps.</summary>
internal sealed class ProgramReader
{
    private readonly List<string> _loops = [];

    /// <exception cref="NotInProgramException">It uses more than the steps can do.</exception>
    public Step[] Read(ScriptBlockStatement? block) => block is null ? [] : [.. block.Statements.SelectMany(Read)];

    private IEnumerable<Step> Read(ScriptStatement statement) => statement switch
    {
        ScriptRawStatement raw => raw.Text.Length == 0 ? [] : [new RawStep(raw.Text.ToString())],
        ScriptExpressionStatement written => [Read(written.Expression) is SayTerm said ? new SayStep(said) : new ValueStep(written.Span, Read(written.Expression))],
        ScriptIfStatement choice => [new IfStep(Read(choice.Condition), Read(choice.Then), Otherwise(choice.Else))],
        ScriptForStatement { Variable: ScriptVariableGlobal element, Else: null } loop when loop.NamedArguments is null or { Count: 0 } => [Loop(loop, element.Name)],
        ScriptEscapeStatement or ScriptEndStatement or ScriptNopStatement => [],
        _ => throw new NotInProgramException(),
    };

    private Step[] Otherwise(ScriptConditionStatement? otherwise) => otherwise switch
    {
        null => [],
        ScriptElseStatement last => Read(last.Body),
        _ => [.. Read((ScriptStatement)otherwise)],
    };

    private ForStep Loop(ScriptForStatement loop, string element)
    {
        var list = Read(loop.Iterator);
        if (_loops.Count == ProgramRun.MostLoops)
            throw new NotInProgramException();
        _loops.Add(element);
        var body = Read(loop.Body);
        _loops.RemoveAt(_loops.Count - 1);
        return new ForStep(_loops.Count, list, body);
    }

    private Term Read(ScriptExpression? expression) => expression switch
    {
        ScriptLiteral { Value: string or int or bool or null } literal => new LiteralTerm(literal.Value),
        ScriptNestedExpression nested => Read(nested.Expression),
        ScriptVariableGlobal name => Name(name.Name),
        ScriptMemberExpression { Target: ScriptVariableGlobal { Name: "for" }, Member.Name: "first" or "last" } end when _loops.Count > 0 =>
            new LoopEndTerm(_loops.Count - 1, end.Member.Name == "first"),
        ScriptMemberExpression { Member: { } member } access => new MemberTerm(Read(access.Target), member.Name),
        ScriptUnaryExpression { Operator: ScriptUnaryOperator.Not } not => new NotTerm(Read(not.Right)),
        ScriptBinaryExpression both => Both(both.Operator, Read(both.Left), Read(both.Right)),
        ScriptFunctionCall { Target: ScriptVariableGlobal { Name: "say" } } say when say.Arguments.Count > 0 =>
            new SayTerm(Read(say.Arguments[0]), [.. say.Arguments.Skip(1).Select(Read)]),
        ScriptPipeCall { To: ScriptFunctionCall { Target: ScriptMemberExpression { Target: ScriptVariableGlobal { Name: "string" }, Member.Name: "pad_left" } } pad } pipe
            when pad.Arguments is [ScriptLiteral { Value: int width }] => new PadTerm(Read(pipe.From), width),
        _ => throw new NotInProgramException(),
    };

    private Term Name(string name)
    {
        var depth = _loops.LastIndexOf(name);
        if (depth >= 0)
            return new ElementTerm(depth);
        return name is "for" or "say" or "string" or "array" or "math" or "empty" ? throw new NotInProgramException() : new NameTerm(name);
    }

    private static Term Both(ScriptBinaryOperator operation, Term left, Term right) => operation switch
    {
        ScriptBinaryOperator.And => new LogicTerm(left, right, and: true),
        ScriptBinaryOperator.Or => new LogicTerm(left, right, and: false),
        ScriptBinaryOperator.CompareEqual => new EqualTerm(left, right, equal: true),
        ScriptBinaryOperator.CompareNotEqual => new EqualTerm(left, right, equal: false),
        ScriptBinaryOperator.CompareGreater => new GreaterTerm(left, right),
        ScriptBinaryOperator.Add => new JoinTerm(left, right),
        _ => throw new NotInProgramException(),
    };
}

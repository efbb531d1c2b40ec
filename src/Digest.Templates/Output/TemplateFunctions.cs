using Scriban;
using Scriban.Functions;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Digest.Templates.Output;

/// <summary>
/// The functions that a template may call: <c>say</c> (a sentence of the language table) and Scriban's pure ones. Left out on
/// purpose: <c>include</c>, <c>object</c> (eval), <c>html</c> (it would escape twice), <c>regex</c>, <c>date</c> (the wall clock).
/// </summary>
internal static class TemplateFunctions
{
    public static ScriptObject Create()
    {
        var math = new MathFunctions();
        // The same model must give the same bytes.
        math.Remove("random");
        math.Remove("uuid");
        return new ScriptObject
        {
            ["say"] = new SayFunction(),
            ["array"] = new ArrayFunctions(),
            ["math"] = math,
            ["string"] = new StringFunctions(),
            ["empty"] = EmptyScriptObject.Default,
            IsReadOnly = true,
        };
    }

    /// <summary><c>say "key" value…</c>: where a value is a number, the first one chooses the plural.</summary>
    private sealed class SayFunction : IScriptCustomFunction
    {
        public int RequiredParameterCount => 1;

        public int ParameterCount => 1;

        public ScriptVarParamKind VarParamKind => ScriptVarParamKind.Direct;

        public Type ReturnType => typeof(Markup);

        public ScriptParameterInfo GetParameterInfo(int index) => new(typeof(object), index == 0 ? "key" : "value");

        public object? Invoke(
            TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
        {
            var key = arguments.Count > 0 ? arguments[0] as string : null;
            var mail = (MailContext)context;
            if (key is null || !mail.Words.Has(key))
                throw new ScriptRuntimeException(callerContext?.Span ?? default, $"There is no sentence '{key}'.");
            return mail.Say(key, arguments.Skip(1).ToArray());
        }

        public ValueTask<object?> InvokeAsync(
            TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
            ValueTask.FromResult(Invoke(context, callerContext, arguments, blockStatement));
    }
}

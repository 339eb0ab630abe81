using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Multitasking.Tests.Travel;

/// <summary>
/// Classes with lambdas that read and write random variables of random scopes, by all that C# makes closures of. Beside them, in each
/// scope, is an array that only another lambda captured.
/// </summary>
internal sealed class RandomLambdas(int seed)
{
    internal const int Ballast = 100_000;

    private const string Head = """
        using System; using System.Collections.Generic; using System.Linq; using System.Threading; using System.Threading.Tasks;
        public static class Other
        {
            public static void Keep(Delegate other) => GC.KeepAlive(other);
            public static int Ref(ref int number) => ++number;
            public static int Call(Func<Func<int>, int> outer, Func<int> inner) => outer(inner);
            public static int Run(Func<Task<int>> later) => Task.Run(later).Result;
        }
        """;

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private readonly List<string> _numbers = [], _functions = [];
    private int _names;

    /// <summary>
    /// Compiles classes <c>C0</c>, <c>C1</c> ..., each with a static method <c>Make</c> that gives a lambda, and loads them from a file,
    /// which a reader could find.
    /// </summary>
    internal static IEnumerable<Func<int>> Make(int seed, int count, OptimizationLevel level, string folder)
    {
        var text = new StringBuilder(Head);
        for (int i = 0; i < count; i++)
            text.Append(new RandomLambdas((seed * count) + i).Class($"C{i}"));
        string name = $"Lambdas{seed}{level}", path = Path.Combine(folder, $"{name}.dll");
        string[] assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':');
        var references = assemblies.Select(static assembly => MetadataReference.CreateFromFile(assembly));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: level, allowUnsafe: true);
        var compiled = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(text.ToString())], references, options).Emit(path);
        var errors = compiled.Diagnostics.Where(static said => said.Severity == DiagnosticSeverity.Error);
        if (!compiled.Success)
            throw new InvalidOperationException(string.Join('\n', errors));
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        for (int i = 0; i < count; i++)
            yield return (Func<int>)assembly.GetType($"C{i}")!.GetMethod("Make")!.Invoke(null, null)!;
    }

    private string Class(string name)
    {
        bool isGeneric = _random.Next(3) == 0;
        _text.Append($$"""public class {{name}} { int _member = 5; """);
        _text.Append($"public static Func<int> Make() => new {name}().{(isGeneric ? "Inner<string>" : "Inner")}(7);");
        _text.Append($$"""Func<int> {{(isGeneric ? "Inner<T>" : "Inner")}}(int parameter) {""");
        _numbers.AddRange(["parameter", "_member"]);
        Scope(_random.Next(4));
        return _text.Append("} }\n").ToString();
    }

    private void Scope(int inner)
    {
        for (int i = _random.Next(1, 4); i > 0; i--)
            Declare();
        string ballast = Name("ballast");
        _text.Append($"byte[] {ballast} = new byte[{Ballast}]; Other.Keep(() => {ballast});");
        if (inner == 0)
        {
            _text.Append($"return {Lambda()};");
            return;
        }
        string item = Name("item");
        int kind = _random.Next(3);
        _text.Append(kind switch
        {
            0 => "{",
            1 => $$"""foreach (var {{item}}Of in new[] { 3, 4 }) { int {{item}} = {{item}}Of;""",
            _ => $$"""for (int {{item}} = 1; {{item}} < 3; {{item}}++) {""",
        });
        if (kind != 0)
            _numbers.Add(item);
        Scope(inner - 1);
        _text.Append("} throw null;");
    }

    /// <summary>A variable, or a function over those that there are.</summary>
    private void Declare()
    {
        string name = Name("v");
        switch (_random.Next(6))
        {
            case 0 or 1:
                _text.Append($"int {name} = {Number(1)};");
                _numbers.Add(name);
                break;
            case 2:
                _text.Append($$"""int[] {{name}} = { {{Number(1)}}, 2 };""");
                _numbers.Add($"{name}[0]");
                break;
            case 3:
                _text.Append($"(int A, string B) {name} = ({Number(1)}, \"b\");");
                _numbers.Add($"{name}.A");
                break;
            case 4:
                _text.Append($"Func<int> {name} = () => {Number(1)};");
                _functions.Add($"{name}()");
                break;
            default:
                _text.Append($"int {name}() => {Number(1)};");
                _functions.Add($"{name}()");
                break;
        }
    }

    private string Lambda() => _random.Next(3) == 0
        ? $$"""() => new Func<Task<int>>(async () => { await Task.Yield(); {{Statements()}} return {{Number(3)}}; })().Result"""
        : $$"""() => { {{Statements()}} return {{Number(3)}}; }""";

    private string Statements()
    {
        var statements = new StringBuilder();
        for (int i = _random.Next(4); i > 0; i--)
        {
            string name = Name("w");
            statements.Append(_random.Next(9) switch
            {
                0 => $$"""int {{name}} = {{Number(2)}}; {{Return(name)}}""",
                1 => $$"""int {{name}}() { return {{Number(2)}}; } {{Return($"{name}()")}}""",
                2 => $$"""IEnumerable<int> {{name}}() { yield return {{Number(2)}}; } {{Return($"{name}().Sum()")}}""",
                3 => $$"""foreach (int {{name}} in new[] { {{Number(1)}}, 2 }) {{Return($"new Func<int>(() => {name} + {Number(2)})()")}}""",
                4 => $$"""try { throw new Exception(); } catch (Exception) when ({{Number(1)}} > 3) { {{Return(Number(1))}} } catch { }""",
                5 => $$"""int {{name}}(int x) { ref int y = ref x; int Inner() => {{Number(1)}} + 1; y += Inner(); return y; } {{Return($"{name}({Number(1)})")}}""",
                6 => $$"""T {{name}}<T>(T x) { Func<T> inner = () => {{Number(1)}} > 0 ? x : default; return inner(); } {{Return($"{name}({Number(1)})")}}""",
                7 => $$"""async IAsyncEnumerable<int> {{name}}() { await Task.Yield(); yield return {{Number(2)}}; } {{Return($"{name}().ToListAsync().AsTask().Result[0]")}}""",
                _ => $$"""T {{name}}<T>(T x) { return {{Number(1)}} == -1 ? default : x; } {{Return($"{name}({Number(1)})")}}""",
            });
        }
        return statements.ToString();
    }

    /// <summary>What uses a value, and the last value with it.</summary>
    private string Return(string value) => $"if ({value} % 5 == {_random.Next(5)}) return {_random.Next(100)};";

    private string Number(int depth)
    {
        string number = _numbers[_random.Next(_numbers.Count)];
        if (depth == 0 || _random.Next(4) == 0)
            return number;
        string inner = Number(depth - 1);
        string name = Name("q");
        return _random.Next(21) switch
        {
            0 => _random.Next(100).ToString(),
            1 => $"({inner} + {Number(depth - 1)})",
            2 => $"({inner} > 3 ? {Number(depth - 1)} : {Number(depth - 1)})",
            3 => $"new Func<int>(() => {inner} + 1)()",
            4 => $"new[] {{ 1, {inner} }}.Select(x => x * {Number(depth - 1)}).Sum()",
            5 => $"({number} = {inner})",
            6 => $"({number} += {inner})",
            7 => $"{number}++",
            8 => $"Other.Ref(ref {number})",
            9 => $"new {{ A = {inner} }}.A",
            10 => $"({inner} switch {{ 1 => {Number(depth - 1)}, _ => {Number(depth - 1)} }})",
            11 => $"Interlocked.Exchange(ref {number}, {inner})",
            12 or 13 when _functions.Count > 0 => _functions[_random.Next(_functions.Count)],
            14 => $"(from {name} in new[] {{ 1, {inner} }} let {name}b = {name} + {Number(depth - 1)} where {name}b > 1 select {name} * {name}b).Sum()",
            15 => $"new Dictionary<string, Func<int>> {{ [\"a\"] = () => {inner} }}[\"a\"]()",
            16 => $"((Func<int>)(() => {inner}) + (() => {Number(depth - 1)}))()",
            17 => $"Other.Call({name} => {name}() + {Number(depth - 1)}, () => {inner})",
            18 => $"new Lazy<int>(() => {inner}).Value",
            19 => $"Other.Run(async () => {{ {number} = await Task.FromResult({inner}) + {Number(depth - 1)}; return {number}; }})",
            _ => $"Task.Run(async () => {{ await Task.Yield(); return {inner}; }}).Result",
        };
    }

    private string Name(string kind) => $"{kind}{_names++}";
}

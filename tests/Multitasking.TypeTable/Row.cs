namespace Multitasking.TypeTable;

/// <summary>What became of a type: the column it stands in, and what contradicts that.</summary>
internal sealed class Row
{
    internal const string Travels = "travels", Refused = "refused", ByReference = "by reference", NoValue = "no value";

    private readonly Type _type;
    private bool? _travels;
    private string _reason = "";

    private Row(Type type) => _type = type;

    internal string Name => Surface.NameOf(_type);

    internal string Column => _travels is not { } travels ? NoValue : !travels ? Refused : IsByReference ? ByReference : Travels;

    /// <summary>What contradicts the column.</summary>
    internal List<string> Wrong { get; } = [];

    private bool IsByReference =>
        _type == typeof(CancellationToken) || (_type.IsConstructedGenericType && _type.GetGenericTypeDefinition() == typeof(Progress<>));

    internal void Print(TextWriter output, bool tellsReason)
    {
        output.WriteLine($"{Column,-12} {Name}{(tellsReason && _reason.Length > 0 ? $": {_reason}" : "")}");
        foreach (string wrong in Wrong)
            output.WriteLine($"WRONG {Name}, {wrong}");
    }

    internal static async Task<Row> OfAsync(Type type, Track track, int most, Func<string, bool> takes)
    {
        var row = new Row(type);
        var values = Maker.Make(type, most);
        // To compile everything for each of hundreds of structs and enumerations would take most of the time.
        var forms = values.Count > 0 ? Forms.Of(type.IsValueType && !takes(Forms.All[1]) ? typeof(object) : type) : null;
        for (int i = 0; i < values.Count; i++)
            await row.SendAsync(track, forms!, values[i], i, takes);
        return row;
    }

    private async Task SendAsync(Track track, Forms forms, object value, int number, Func<string, bool> takes)
    {
        string? meaning = null;
        bool? travels = null;
        foreach (string form in IsByReference ? Forms.All[..1] : Forms.All)
        {
            if (form != Forms.All[0] && !takes(form) || (form is "child" && travels is not true))
                continue;
            string outcome = await TryAsync(() => forms.SendAsync(track, form, value));
            // Not before: what is refused may wait for ever when it is asked.
            meaning ??= IsRefusal(outcome) ? "" : Meaning.Of(value);
            Judge(ref travels, form, number, outcome, meaning);
        }
        if (takes("answer") && !IsByReference)
            Judge(ref travels, "answer", number, await TryAsync(() => forms.AnswerAsync(track, _type, number)), meaning!);
    }

    private static bool IsRefusal(string outcome) => outcome.StartsWith("refused ", StringComparison.Ordinal);

    private void Judge(ref bool? travels, string form, int number, string outcome, string meaning)
    {
        bool isRefused = IsRefusal(outcome);
        // It becomes what stands for it there, and does not come back.
        if (IsByReference)
        {
            _travels ??= !isRefused;
            return;
        }
        if (travels is null)
        {
            travels = !isRefused;
            _travels ??= travels;
            if (isRefused && _reason.Length == 0)
                _reason = outcome;
        }
        if (isRefused != !travels.Value)
            Wrong.Add($"value {number}, {form}: {(isRefused ? outcome : "is taken, where it was refused as an argument: " + outcome)}");
        else if (!isRefused && outcome != meaning)
            Wrong.Add($"value {number}, {form}: {Difference(outcome, meaning)}");
    }

    private static async Task<string> TryAsync(Func<Task<string>> send)
    {
        try
        {
            return await send();
        }
        catch (TargetNotSupportedException refusal)
        {
            return $"refused {refusal.Path}: {refusal.Message}";
        }
        catch (RemoteException refusal) when (refusal.TypeName == typeof(TargetNotSupportedException).FullName)
        {
            return $"refused there: {refusal.Message}";
        }
        catch (Exception exception)
        {
            return $"{exception.GetType().Name}: {exception.Message} <- {exception.InnerException?.Message}";
        }
    }

    private static string Difference(string outcome, string meaning)
    {
        int at = 0;
        while (at < outcome.Length && at < meaning.Length && outcome[at] == meaning[at])
            at++;
        return $"...{Around(meaning, at)} became ...{Around(outcome, at)}";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 30)..Math.Min(text.Length, at + 160)];
}

using System.Globalization;

namespace Multitasking.Cultures;

internal sealed class Teller : ITeller
{
    public string Tell() => Name();

    public async Task<string> TellLaterAsync()
    {
        await Task.Yield();
        return Name();
    }

    public void Change() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ja-JP");

    public SortedDictionary<string, int> Sort(string[] keys) => new(keys.ToDictionary(static key => key, static key => key.Length));

    public async Task<SortedDictionary<string, int>> SortLaterAsync(string[] keys)
    {
        await Task.Yield();
        return Sort(keys);
    }

    internal static string Name() => CultureInfo.CurrentCulture.Name;
}

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

    internal static string Name() => CultureInfo.CurrentCulture.Name;
}

namespace Multitasking.Cultures;

/// <summary>Tells in which culture its members run.</summary>
public interface ITeller
{
    string Tell();

    Task<string> TellLaterAsync();

    void Change();

    SortedDictionary<string, int> Sort(string[] keys);

    Task<SortedDictionary<string, int>> SortLaterAsync(string[] keys);
}

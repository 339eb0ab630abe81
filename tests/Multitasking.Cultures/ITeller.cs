namespace Multitasking.Cultures;

/// <summary>Tells in which culture its members run.</summary>
public interface ITeller
{
    string Tell();

    Task<string> TellLaterAsync();
}

namespace Multitasking.TypeTable;

/// <summary>As native code the table has what its roots name; what else a value were made of would be kept for it.</summary>
internal static class Settings
{
    internal static IEnumerable<Type> Types => [];

    internal static IEnumerable<object> Of(Type type) => [];
}

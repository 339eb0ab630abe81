namespace Multitasking.Invocation;

/// <summary>The registered converters, as a call tells them to the child that it starts: what that answers is converted alike.</summary>
internal static class SharedConverters
{
    internal static void Write(GraphWriter writer)
    {
        var registered = TravelConverters.Registered;
        writer.Bytes.WriteNumber(registered.Length);
        foreach (var converter in registered)
            writer.WriteType(converter.GetType());
    }

    internal static void Read(GraphReader reader)
    {
        for (int left = reader.ReadCount(); left > 0; left--)
            TravelConverters.Learn(reader.ReadType());
    }
}

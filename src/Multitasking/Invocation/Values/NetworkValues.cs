using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Multitasking.Invocation.Shapes;

namespace Multitasking.Invocation.Values;

/// <summary>Addresses and the like.</summary>
internal static class NetworkValues
{
    internal static Shape? Address(Type type)
    {
        if (type == typeof(IPAddress))
            return new ValueShape(type, static (writer, value) => Write(writer, (IPAddress)value), static reader => ReadAddress(reader));
        return null;
    }

    internal static Shape? EndPoint(Type type)
    {
        if (type == typeof(IPEndPoint))
            return new ValueShape(
                type,
                static (writer, value) =>
                {
                    Write(writer, ((IPEndPoint)value).Address);
                    writer.Bytes.WriteNumber(((IPEndPoint)value).Port);
                },
                static reader => new IPEndPoint(ReadAddress(reader), reader.Bytes.ReadNumber()));
        return null;
    }

    internal static Shape? NamedEndPoint(Type type)
    {
        if (type == typeof(DnsEndPoint))
            return new ValueShape(
                type,
                static (writer, value) =>
                {
                    var point = (DnsEndPoint)value;
                    writer.Bytes.WriteText(point.Host);
                    writer.Bytes.WriteNumber(point.Port);
                    writer.Bytes.WriteNumber((int)point.AddressFamily);
                },
                static reader =>
                    new DnsEndPoint(reader.Bytes.ReadText(), reader.Bytes.ReadNumber(), (AddressFamily)reader.Bytes.ReadNumber()));
        return null;
    }

    internal static Shape? Network(Type type)
    {
        if (type == typeof(IPNetwork))
            return new ValueShape(
                type,
                static (writer, value) =>
                {
                    Write(writer, ((IPNetwork)value).BaseAddress);
                    writer.Bytes.WriteNumber(((IPNetwork)value).PrefixLength);
                },
                static reader => new IPNetwork(ReadAddress(reader), reader.Bytes.ReadNumber()));
        return null;
    }

    internal static Shape? Hardware(Type type)
    {
        if (type == typeof(PhysicalAddress))
            return new ValueShape(
                type,
                static (writer, value) =>
                {
                    byte[] bytes = ((PhysicalAddress)value).GetAddressBytes();
                    writer.Bytes.WriteNumber(bytes.Length);
                    writer.Bytes.WriteBlock(bytes);
                },
                static reader => new PhysicalAddress(reader.Bytes.Take(reader.Bytes.ReadCount()).ToArray()));
        return null;
    }

    internal static Shape? Method(Type type)
    {
        if (type == typeof(HttpMethod))
            return new ValueShape(
                type,
                static (writer, value) => writer.Bytes.WriteText(((HttpMethod)value).Method),
                static reader => HttpMethod.Parse(reader.Bytes.ReadText()));
        return null;
    }

    internal static Shape? Mail(Type type)
    {
        if (type == typeof(MailAddress))
            return new ValueShape(
                type,
                static (writer, value) =>
                {
                    writer.Bytes.WriteText(((MailAddress)value).Address);
                    writer.Bytes.WriteText(((MailAddress)value).DisplayName);
                },
                static reader => new MailAddress(reader.Bytes.ReadText(), reader.Bytes.ReadText()));
        return null;
    }

    private static void Write(GraphWriter writer, IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        writer.Bytes.WriteNumber(bytes.Length);
        writer.Bytes.WriteBlock(bytes);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            writer.Bytes.WriteText(address.ScopeId.ToString(CultureInfo.InvariantCulture));
    }

    private static IPAddress ReadAddress(GraphReader reader)
    {
        byte[] bytes = reader.Bytes.Take(reader.Bytes.ReadCount()).ToArray();
        var address = new IPAddress(bytes);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress(bytes, long.Parse(reader.Bytes.ReadText(), CultureInfo.InvariantCulture))
            : address;
    }
}

using System.Text;
using System.Xml;
using System.Xml.Linq;
using Multitasking.Invocation.Shapes;
using Multitasking.Transport;

namespace Multitasking.Invocation.Values;

/// <summary>
/// XML as XML, equal by <see cref="XNode.DeepEquals(XNode, XNode)"/>. An element arrives without the tree that it is a part of; a document
/// type, which can name files and double texts, is refused.
/// </summary>
internal static class XmlValues
{
    /// <summary>How deep it may nest, on either side: comparing it takes some stack for each level.</summary>
    private const int MostDeep = 1000;

    // Line ends and blanks arrive as they are.
    private static readonly XmlWriterSettings s_writing = new()
    {
        OmitXmlDeclaration = true,
        NewLineHandling = NewLineHandling.Entitize,
        ConformanceLevel = ConformanceLevel.Fragment,
    };

    private static readonly XmlReaderSettings s_reading = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    internal static Shape? Element(Type type)
    {
        if (type == typeof(XElement))
            return new ValueShape(
                type,
                static (writer, value) => Write(writer, value, ((XElement)value).CreateReader(), (XElement)value),
                static reader =>
                {
                    using var xml = Reader(reader);
                    return XElement.Load(xml, LoadOptions.PreserveWhitespace);
                });
        return null;
    }

    internal static Shape? Document(Type type)
    {
        if (type == typeof(XDocument))
            return new ValueShape(type, WriteDocument, ReadDocument);
        return null;
    }

    internal static Shape? Attribute(Type type)
    {
        if (type == typeof(XAttribute))
            return new ValueShape(
                type,
                static (writer, value) =>
                {
                    writer.Bytes.WriteText(((XAttribute)value).Name.ToString());
                    writer.Bytes.WriteText(((XAttribute)value).Value);
                },
                static reader => new XAttribute(XName.Get(reader.Bytes.ReadText()), reader.Bytes.ReadText()));
        return null;
    }

    internal static Shape? Name(Type type)
    {
        if (type == typeof(XName))
            return new ValueShape(
                type,
                static (writer, value) => writer.Bytes.WriteText(((XName)value).ToString()),
                static reader => XName.Get(reader.Bytes.ReadText()));
        return null;
    }

    internal static Shape? Namespace(Type type)
    {
        if (type == typeof(XNamespace))
            return new ValueShape(
                type,
                static (writer, value) => writer.Bytes.WriteText(((XNamespace)value).NamespaceName),
                static reader => XNamespace.Get(reader.Bytes.ReadText()));
        return null;
    }

    private static void WriteDocument(GraphWriter writer, object value)
    {
        var document = (XDocument)value;
        if (document.DocumentType is not null)
            throw writer.Refuse(value, "it has a document type (DTD); remove that (DocumentType.Remove()), or send its text");
        if (document.Root is null)
            throw writer.Refuse(value, "it has no element; add one, or send null");
        var declaration = document.Declaration;
        writer.Bytes.WriteByte(declaration is null ? (byte)0 : (byte)1);
        foreach (string? part in declaration is null ? [] : (string?[])[declaration.Version, declaration.Encoding, declaration.Standalone])
        {
            writer.Bytes.WriteByte(part is null ? (byte)0 : (byte)1);
            writer.Bytes.WriteText(part ?? "");
        }
        Write(writer, value, document.CreateReader(), [.. document.Nodes()]);
    }

    private static XDocument ReadDocument(GraphReader reader)
    {
        var declaration = reader.Bytes.ReadByte() == 0 ? null : new XDeclaration(ReadPart(reader), ReadPart(reader), ReadPart(reader));
        using var xml = Reader(reader);
        var document = XDocument.Load(xml, LoadOptions.PreserveWhitespace);
        document.Declaration = declaration;
        return document;
    }

    private static string? ReadPart(GraphReader reader)
    {
        bool isThere = reader.Bytes.ReadByte() != 0;
        string part = reader.Bytes.ReadText();
        return isThere ? part : null;
    }

    private static void Write(GraphWriter writer, object value, XmlReader levels, params XNode[] nodes)
    {
        if (!IsShallow(levels))
            throw writer.Refuse(value, $"its elements nest more than {MostDeep:N0} deep; send its text");
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, s_writing))
            foreach (var node in nodes)
                node.WriteTo(xml);
        writer.Bytes.WriteText(text.ToString());
    }

    private static XmlReader Reader(GraphReader reader)
    {
        string text = reader.Bytes.ReadText();
        using var levels = XmlReader.Create(new StringReader(text), s_reading);
        return IsShallow(levels)
            ? XmlReader.Create(new StringReader(text), s_reading)
            : throw ByteReader.Malformed($"elements nested more than {MostDeep:N0} deep");
    }

    private static bool IsShallow(XmlReader levels)
    {
        while (levels.Read())
            if (levels.Depth > MostDeep)
                return false;
        return true;
    }
}

using Mtcopy.CommandLine;
using Mtcopy.Interop;
using Multitasking.Copying;

namespace Mtcopy.View;

/// <summary>What the sources and the destination mean here: whether they become it or go into it, which a slash or an existing folder decides.</summary>
internal static class SourcesLine
{
    private const int MostNamed = 3;

    public static string Compose(CopyRequest request)
    {
        IReadOnlyList<FilePath> sources = request.Sources;
        FilePath destination = WithoutSlashes(request.Destination);
        if (sources.Count > 1)
        {
            string named = string.Join(", ", sources.Take(MostNamed));
            string more = sources.Count > MostNamed ? $" and {sources.Count - MostNamed} more" : "";
            return $"{named}{more} -> {destination} (each goes into it)";
        }

        return GoesInto(WithoutSlashes(sources[0]), request) ? $"{sources[0]} -> {destination} (goes into it)" : $"{sources[0]} -> {destination} (becomes it)";
    }

    private static bool GoesInto(FilePath source, CopyRequest request)
    {
        if (request.Destination.Bytes is [.., (byte)'/'])
            return true;
        bool follows = request.Options.SymbolicLinks != SymbolicLinkHandling.Keep;
        FilePath destination = WithoutSlashes(request.Destination);
        // A link that leads to a folder may be what this very copy made before.
        bool isLinkOntoLink = !follows && PathKind.IsLink(source) && PathKind.IsLink(destination);
        return !PathKind.IsFolder(source, follows) && PathKind.IsFolder(destination, follow: true) && !isLinkOntoLink;
    }

    private static FilePath WithoutSlashes(FilePath path)
    {
        ReadOnlySpan<byte> bytes = path.Bytes;
        while (bytes is [_, .., (byte)'/'])
            bytes = bytes[..^1];
        return new FilePath(bytes);
    }
}

using Multitasking.Fuse.Files;
using Multitasking.Fuse.Protocol;

namespace Multitasking.Fuse.Serving;

/// <summary>Answers requests from a tree in memory.</summary>
internal sealed class Answers(FileTree tree)
{
    internal const int LargestTransfer = 128 << 10;

    private const uint Major = 7;
    private const uint Minor = 31;
    private const uint BigWrites = 1 << 5;
    private const uint NoReplace = 1;
    private const uint ExchangeNames = 2;
    private const uint BlockSize = 4096;
    private const ulong Blocks = 1 << 20;
    private const int TypeShift = 12;
    private const uint FolderType = Node.FolderType >> TypeShift;

    /// <summary>Whether the kernel waits for an answer to this.</summary>
    internal static bool HasAnswer(FuseOperation operation) =>
        operation is not (FuseOperation.Forget or FuseOperation.ForgetMany or FuseOperation.Interrupt);

    /// <summary>Does what is asked for, and puts what is to be told of it into the reply.</summary>
    internal FuseError Answer(in Request request, Reply reply)
    {
        if (request.Header.Operation == FuseOperation.Initialize)
            return Initialize(request, reply);
        if (!tree.TryGet(request.Header.Node, out Node? node))
            return FuseError.Stale;
        return request.Header.Operation switch
        {
            FuseOperation.Lookup => Entry(FileTree.Find(node, request.Name, out Node? found), found, request.Name, reply),
            FuseOperation.GetAttributes => Attributes(node, reply),
            FuseOperation.SetAttributes => SetAttributes(node, request, reply),
            FuseOperation.ReadLink => Bytes(node.Contents.Bytes, reply),
            FuseOperation.SymbolicLink => MakeLink(node, request, reply),
            FuseOperation.MakeNode => MakeNode(node, request, reply),
            FuseOperation.MakeFolder => MakeFolder(node, request, reply),
            FuseOperation.Create => Create(node, request, reply),
            FuseOperation.Link => Link(node, request, reply),
            FuseOperation.Unlink or FuseOperation.RemoveFolder => tree.Remove(node, request.Name),
            FuseOperation.Rename => Rename(node, request),
            FuseOperation.RenameWithFlags => RenameWithFlags(node, request),
            FuseOperation.Open or FuseOperation.OpenFolder => Opened(reply),
            FuseOperation.Read => Read(node, request.Body<TransferBody>(), reply),
            FuseOperation.Write => Write(node, request, reply),
            FuseOperation.ReadFolder => ReadFolder(node, request.Body<TransferBody>(), reply),
            FuseOperation.FileSystemStatus => Status(reply),
            FuseOperation.Flush or FuseOperation.Synchronize or FuseOperation.SynchronizeFolder or FuseOperation.Release or FuseOperation.ReleaseFolder => FuseError.None,
            _ => FuseError.NotThere,
        };
    }

    /// <summary>Takes note of nodes that the kernel has forgotten.</summary>
    internal void Forget(in Request request)
    {
        if (request.Header.Operation == FuseOperation.Forget)
            tree.Forget(request.Header.Node, request.Body<ForgetBody>().Lookups);
        if (request.Header.Operation == FuseOperation.ForgetMany)
            foreach (ForgottenNode one in request.Parts<ForgetManyBody, ForgottenNode>(request.Body<ForgetManyBody>().Count))
                tree.Forget(one.Node, one.Lookups);
    }

    /// <remarks>
    /// Without asynchronous reading: then a reader waits for its own request, in which no signal ends it once the request was taken,
    /// and not for a page, from which SIGKILL frees it.
    /// </remarks>
    private static FuseError Initialize(in Request request, Reply reply)
    {
        reply.Add(new InitializeReply
        {
            Major = Major,
            Minor = Minor,
            ReadAhead = request.Body<InitializeBody>().ReadAhead,
            Flags = BigWrites,
            MaxWrite = LargestTransfer,
            TimeGranularity = 1,
        });
        return FuseError.None;
    }

    private static FuseError Entry(FuseError error, Node? node, ReadOnlySpan<byte> name, Reply reply)
    {
        if (error != FuseError.None)
            return error;
        node!.Lookups++;
        node.Name = System.Text.Encoding.UTF8.GetString(name);
        reply.Add(new EntryReply { Node = node.Id, Attributes = node.Attributes });
        return FuseError.None;
    }

    private static FuseError Attributes(Node node, Reply reply)
    {
        reply.Add(new AttributesReply { Attributes = node.Attributes });
        return FuseError.None;
    }

    private FuseError SetAttributes(Node node, in Request request, Reply reply)
    {
        FuseError error = tree.Set(node, request.Body<SetAttributesBody>());
        return error == FuseError.None ? Attributes(node, reply) : error;
    }

    private FuseError MakeLink(Node folder, in Request request, Reply reply)
    {
        request.TwoNames(out var name, out var target);
        FuseError error = tree.Make(folder, name, Node.LinkType | Node.PermissionMask & 0x1FF, request.Header, out Node? made);
        if (error == FuseError.None)
            error = made!.Contents.Write(0, target);
        return Entry(error, made, name, reply);
    }

    private FuseError MakeNode(Node folder, in Request request, Reply reply)
    {
        MakeNodeBody body = request.Body<MakeNodeBody>();
        var name = request.NameAfter<MakeNodeBody>();
        return Entry(tree.Make(folder, name, body.Mode, request.Header, out Node? made, body.Device), made, name, reply);
    }

    private FuseError MakeFolder(Node folder, in Request request, Reply reply)
    {
        uint mode = Node.FolderType | request.Body<MakeFolderBody>().Mode & Node.PermissionMask;
        var name = request.NameAfter<MakeFolderBody>();
        return Entry(tree.Make(folder, name, mode, request.Header, out Node? made), made, name, reply);
    }

    private FuseError Create(Node folder, in Request request, Reply reply)
    {
        uint mode = Node.FileType | request.Body<CreateBody>().Mode & Node.PermissionMask;
        var name = request.NameAfter<CreateBody>();
        FuseError error = Entry(tree.Make(folder, name, mode, request.Header, out Node? made), made, name, reply);
        return error == FuseError.None ? Opened(reply) : error;
    }

    private FuseError Link(Node folder, in Request request, Reply reply)
    {
        if (!tree.TryGet(request.Body<LinkBody>().OldNode, out Node? node))
            return FuseError.Stale;
        var name = request.NameAfter<LinkBody>();
        return Entry(tree.Link(folder, name, node), node, name, reply);
    }

    private FuseError Rename(Node folder, in Request request)
    {
        request.TwoNames<RenameBody>(out var from, out var to);
        return tree.TryGet(request.Body<RenameBody>().NewFolder, out Node? other)
            ? tree.Rename(folder, from, other, to, mayReplace: true)
            : FuseError.Stale;
    }

    private FuseError RenameWithFlags(Node folder, in Request request)
    {
        RenameWithFlagsBody body = request.Body<RenameWithFlagsBody>();
        request.TwoNames<RenameWithFlagsBody>(out var from, out var to);
        if (!tree.TryGet(body.NewFolder, out Node? other))
            return FuseError.Stale;
        return body.Flags switch
        {
            0 or NoReplace => tree.Rename(folder, from, other, to, mayReplace: body.Flags == 0),
            ExchangeNames => FileTree.Exchange(folder, from, other, to),
            _ => FuseError.Invalid,
        };
    }

    private static FuseError Opened(Reply reply)
    {
        reply.Add(new OpenReply());
        return FuseError.None;
    }

    private static FuseError Bytes(ReadOnlySpan<byte> bytes, Reply reply)
    {
        reply.Add(bytes);
        return FuseError.None;
    }

    private static FuseError Read(Node node, in TransferBody what, Reply reply) =>
        Bytes(node.Contents.Read(what.Offset, (int)Math.Min(what.Size, LargestTransfer)), reply);

    private FuseError Write(Node node, in Request request, Reply reply)
    {
        TransferBody body = request.Body<TransferBody>();
        FuseError error = tree.Write(node, body.Offset, request.After<TransferBody>()[..(int)body.Size]);
        if (error == FuseError.None)
            reply.Add(new WriteReply { Size = body.Size });
        return error;
    }

    private static FuseError ReadFolder(Node folder, in TransferBody what, Reply reply)
    {
        int room = (int)Math.Min(what.Size, LargestTransfer);
        bool fits = (what.Offset >= 1 || AddEntry(folder.Id, 1, FolderType, "."u8, room, reply))
            && (what.Offset >= 2 || AddEntry(folder.Id, 2, FolderType, ".."u8, room, reply));
        if (fits)
            foreach (Entry entry in folder.Entries!.After(what.Offset))
                if (!AddEntry(entry.Node.Id, entry.Offset, (entry.Node.Mode & Node.TypeMask) >> TypeShift, entry.Name, room, reply))
                    break;
        return FuseError.None;
    }

    private static bool AddEntry(ulong id, ulong offset, uint type, ReadOnlySpan<byte> name, int room, Reply reply)
    {
        var header = new FolderEntryHeader { Node = id, Offset = offset, NameLength = (uint)name.Length, Type = type };
        const int Alignment = 8;
        if (reply.BodyLength + System.Runtime.CompilerServices.Unsafe.SizeOf<FolderEntryHeader>() + name.Length + Alignment > room)
            return false;
        reply.Add(header);
        reply.Add(name);
        reply.Align();
        return true;
    }

    private FuseError Status(Reply reply)
    {
        reply.Add(new FileSystemStatusReply
        {
            Blocks = Blocks,
            FreeBlocks = Blocks,
            AvailableBlocks = Blocks,
            Files = Blocks,
            FreeFiles = Blocks - (ulong)tree.Count,
            BlockSize = BlockSize,
            FragmentSize = BlockSize,
            NameLength = 255,
        });
        return FuseError.None;
    }
}

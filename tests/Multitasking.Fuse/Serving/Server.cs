using System.Text;
using Multitasking.Fuse.Files;
using Multitasking.Fuse.Protocol;

namespace Multitasking.Fuse.Serving;

/// <summary>Takes requests one after the other, and answers them, or does what a rule says.</summary>
internal sealed class Server
{
    private readonly Connection _connection;
    private readonly Lock _lock = new();
    private readonly Rules _rules = new();
    private readonly List<byte[]> _held = [];
    private readonly Reply _reply = new(Answers.LargestTransfer);
    private readonly FileTree _tree;
    private readonly Answers _answers;

    internal Server(Connection connection, FuseKind kind)
    {
        _connection = connection;
        _tree = new FileTree(new Traits(kind));
        _answers = new Answers(_tree);
    }

    /// <summary>Hears of each request whose answer is held back: the process, what it asks for, and the name.</summary>
    internal Action<int, FuseOperation, string> Held { get; init; } = static (_, _, _) => { };

    /// <summary>Serves until the file system is unmounted.</summary>
    internal void Run()
    {
        while (_connection.TryRead(out var message))
            lock (_lock)
                Take(message);
    }

    internal void Hold(FuseOperation operation, string name)
    {
        lock (_lock)
            _rules.AddHold(operation, name);
    }

    internal void Fail(FuseOperation operation, int number, FuseError error, string name)
    {
        lock (_lock)
            _rules.AddFailure(operation, number, error, name);
    }

    /// <summary>Answers all that is held back, and holds nothing any more.</summary>
    internal void Release()
    {
        lock (_lock)
        {
            _rules.Release();
            foreach (byte[] message in _held)
                Take(message);
            _held.Clear();
        }
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        var request = new Request(message);
        FuseOperation operation = request.Header.Operation;
        if (!Answers.HasAnswer(operation))
        {
            // An interrupt stays without effect: who waits for an answer that is held back waits on, killed or not.
            _answers.Forget(request);
            return;
        }
        string name = NameOf(request);
        if (_rules.IsHeld(operation, name))
        {
            _held.Add(message.ToArray());
            Held(request.Header.Process, operation, name);
            return;
        }
        _reply.Clear();
        FuseError error = _rules.Count(operation, name);
        if (error == FuseError.None)
            error = _answers.Answer(request, _reply);
        _connection.Write(_reply.Finish(request.Header.Unique, error));
    }

    /// <summary>The name that a request is about: the one in it, or that of its node.</summary>
    private string NameOf(in Request request) => request.Header.Operation switch
    {
        FuseOperation.Lookup or FuseOperation.Unlink or FuseOperation.RemoveFolder or FuseOperation.SymbolicLink => Text(request.Name),
        FuseOperation.MakeNode => Text(request.NameAfter<MakeNodeBody>()),
        FuseOperation.MakeFolder => Text(request.NameAfter<MakeFolderBody>()),
        FuseOperation.Create => Text(request.NameAfter<CreateBody>()),
        FuseOperation.Link => Text(request.NameAfter<LinkBody>()),
        FuseOperation.Rename => Text(request.NameAfter<RenameBody>()),
        FuseOperation.RenameWithFlags => Text(request.NameAfter<RenameWithFlagsBody>()),
        _ => _tree.TryGet(request.Header.Node, out Node? node) ? node.Name : "",
    };

    private static string Text(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name);
}

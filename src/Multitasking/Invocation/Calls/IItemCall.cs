namespace Multitasking.Invocation.Calls;

/// <summary>A call with one argument, made for each item of a source.</summary>
internal interface IItemCall<TSelf, TItem> where TSelf : struct
{
    static abstract TSelf Of(TItem item);
}

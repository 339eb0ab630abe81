namespace Multitasking.Copying.Walking;

/// <summary>What becomes of an entry, as far as its name goes.</summary>
internal enum Judgement
{
    /// <summary>It is copied.</summary>
    Copy,

    /// <summary>A folder that is created only when something in it is copied.</summary>
    OnTheWay,

    /// <summary>It is left out.</summary>
    LeaveOut,
}

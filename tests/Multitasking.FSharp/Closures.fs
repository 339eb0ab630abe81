/// Functions that are handed on: as delegates, the way the library takes them, and as what F# has.
module Multitasking.FSharp.Closures

open System
open System.Threading.Tasks

let Adding (number: int) : Func<int> =
    let ten = 10
    Func<int>(fun () -> number + ten)

/// The other variable of the scope is nothing that the lambda reads.
let Reading (used: int) (unused: obj) : Func<int> =
    let other () = unused
    GC.KeepAlive(other)
    Func<int>(fun () -> used + 1)

let Holding (stream: obj) : Action =
    Action(fun () -> stream.ToString() |> ignore)

let Matching (shape: Shape) : Func<string> =
    Func<string>(fun () ->
        match shape with
        | Point -> "point"
        | Circle radius -> $"circle of {radius}"
        | Group shapes -> $"{shapes.Length} shapes")

let Mapping (table: Map<string, int>) (key: string) : Func<int> =
    Func<int>(fun () -> table[key] + table.Count)

/// A function of F#'s own in a delegate, and one in that.
let Composed (factor: int) : Func<int, int> =
    let times x = x * factor
    let twice f x = f (f x)
    Func<int, int>(fun x -> (times >> twice times) x)

/// A function that is applied to the first of its two arguments.
let Partial (first: int) : Func<int, int> =
    let add a b = a + b
    let added = add first
    Func<int, int>(fun x -> added x)

let Recursive (depth: int) : Func<int> =
    let rec count n = if n = 0 then 0 else 1 + count (n - 1)
    Func<int>(fun () -> count depth)

let Counting (first: int) : Func<int> =
    let mutable counter = Counter(first)
    Func<int>(fun () -> counter.Next())

let Tasked (number: int) : Func<Task<int>> =
    Func<Task<int>>(fun () ->
        task {
            do! Task.Yield()
            return number * 2
        })

let Started (number: int) : Func<Task<int>> =
    Func<Task<int>>(fun () ->
        async {
            do! Async.Sleep 1
            return number * 2
        }
        |> Async.StartAsTask)

/// Nothing has run of what it answers with.
let Unstarted (number: int) : Func<Async<int>> =
    Func<Async<int>>(fun () -> async { return number })

let UnstartedInside (number: int) : Func<Async<int> list> =
    Func<Async<int> list>(fun () -> [ async { return number } ])

/// It runs in the target what it was given.
let Running (number: int) : Func<int> =
    let work = async { return number * 3 }
    Func<int>(fun () -> Async.RunSynchronously work)

let Printing (number: int) : Func<string> =
    Func<string>(fun () -> sprintf "%d of %s and %A" number "a" [ number ])

/// A format that was given the first of its arguments.
let PartlyPrinted (number: int) : Func<string, string> =
    let print = sprintf "%d of %s" number
    Func<string, string>(fun text -> print text)

let Throwing (code: int) : Action =
    Action(fun () -> raise (Fault(code, "detail")))

/// An object of an interface, made in place.
let Expression (number: int) : Func<int> =
    let comparer =
        { new System.Collections.Generic.IComparer<int> with
            member _.Compare(a, b) = number * compare a b }
    Func<int>(fun () -> comparer.Compare(2, 1))

let Memoised (first: string) : Func<string, int> =
    let known = System.Collections.Generic.Dictionary<string, int>(HashIdentity.Structural)
    known[first] <- first.Length
    Func<string, int>(fun text ->
        match known.TryGetValue text with
        | true, length -> length
        | _ -> -1)

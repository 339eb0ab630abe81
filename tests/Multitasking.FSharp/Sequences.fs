/// What is enumerated: made when it is asked for, or there already.
module Multitasking.FSharp.Sequences

open System

let Generated (count: int) : seq<int> =
    seq {
        for i in 1..count do
            yield i * i
    }

let Mapped (items: int list) : seq<int> = items |> Seq.map (fun x -> x + 1)

let Cached (items: int list) : seq<int> = items |> Seq.map (fun x -> x + 1) |> Seq.cache

let Delayed () : seq<int> = Seq.delay (fun () -> Seq.singleton 1)

let Range () : seq<int> = seq { 1..3 }

let Filtered (items: int list) : seq<int> = Seq.filter (fun x -> x > 1) items

/// A list is a sequence that is there.
let Listed (items: int array) : seq<int> = List.ofArray items

let Arrayed (items: int array) : seq<int> = Seq.ofArray items

let ReadOnly (items: int array) : seq<int> = Seq.readonly items

let Answering (make: Func<seq<int>>) : Func<seq<int>> = Func<seq<int>>(fun () -> make.Invoke())

let Listing (count: int) : Func<int list> = Func<int list>(fun () -> Generated count |> List.ofSeq)

let Summing (items: seq<int>) : Func<int> = Func<int>(fun () -> Seq.sum items)

let AsBoth (items: int array) : Func<Both> =
    Func<Both>(fun () -> { Sequence = List.ofArray items; List = List.ofArray items })

let AsLoose (items: int array) : Func<Loose> =
    Func<Loose>(fun () -> { Items = List.ofArray items; Anything = null })

let AsLooseArray (items: int array) : Func<Loose> =
    Func<Loose>(fun () -> { Items = items; Anything = box items.Length })

let SumOf (both: Both) = Seq.sum both.Sequence + List.sum both.List

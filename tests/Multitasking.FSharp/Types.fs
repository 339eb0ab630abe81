namespace Multitasking.FSharp

/// A unit of measure.
[<Measure>]
type metre

type Person = { Name: string; Age: int; Friends: Person list }

[<Struct>]
type Place = { X: int; Y: float<metre> }

/// A record with members whose types are declared as less than they hold.
type Loose = { Items: seq<int>; Anything: obj }

/// A record that holds a sequence and declares a list beside it.
type Both = { Sequence: seq<int>; List: int list }

type Shape =
    | Point
    | Circle of radius: float<metre>
    | Group of Shape list

type Tree<'T> =
    | Leaf
    | Node of left: Tree<'T> * value: 'T * right: Tree<'T>

[<Struct>]
type Either =
    | Number of number: int
    | Text of text: string

/// The compiler gives each of its cases a number and no object.
type Suit =
    | Hearts
    | Spades

type Colour =
    | Red = 1
    | Blue = 2

exception Fault of code: int * detail: string

type Counter(first: int) =
    let mutable count = first
    member _.Next() =
        count <- count + 1
        count
    member _.Count = count

/// Values of the kinds that a program in F# has, by name.
module Multitasking.FSharp.Values

open System.Collections.Generic

let rec private tree depth =
    if depth = 0 then Leaf else Node(tree (depth - 1), depth, tree (depth - 1))

let private ada = { Name = "Ada"; Age = 36; Friends = [ { Name = "Byron"; Age = 36; Friends = [] } ] }

let All: IReadOnlyDictionary<string, obj> =
    dict
        [ "list", box [ 1; 2; 3 ]
          "list of texts", box [ "a"; null; "c" ]
          "empty list", box ([]: int list)
          "list of lists", box [ [ 1 ]; []; [ 2; 3 ] ]
          "long list", box [ 1..5000 ]
          "map", box (Map.ofList [ "a", 1; "b", 2; "c", 3 ])
          "map of maps", box (Map.ofList [ 1, Map.ofList [ "a", [ 1 ] ]; 2, Map.empty ])
          "empty map", box (Map.empty: Map<string, int>)
          "map by a union", box (Map.ofList [ Circle 2.0<metre>, "c"; Point, "p" ])
          "set", box (Set.ofList [ 3; 1; 2 ])
          "set of records", box (Set.ofList [ ada ])
          "set of tuples", box (Set.ofList [ (1, "a"); (0, "b") ])
          "empty set", box (Set.empty: Set<string>)
          "option", box (Some 3)
          "option of a record", box (Some ada)
          "nested option", box (Some(Some None: int option option))
          "value option", box (ValueSome "a")
          "empty value option", box (ValueNone: int voption)
          "result", box (Ok 3: Result<int, string>)
          "failed result", box (Error "a": Result<int, string>)
          "record", box ada
          "struct record", box { X = 1; Y = 2.5<metre> }
          "anonymous record", box {| Name = "a"; Inner = {| Number = 1 |} |}
          "struct anonymous record", box (struct {| Name = "a"; Number = 1 |})
          "union", box (Circle 2.5<metre>)
          "case without fields", box Point
          "recursive union", box (Group [ Point; Circle 1.0<metre>; Group [] ])
          "generic union", box (tree 6)
          "struct union", box (Number 3)
          "other struct union", box (Text "a")
          "union of numbers", box Spades
          "enumeration", box Colour.Blue
          "tuple", box (1, "a", 2.5)
          "tuple of nine", box (1, 2, 3, 4, 5, 6, 7, 8, "nine")
          "struct tuple", box (struct (1, "a"))
          "choice", box (Choice2Of3 "a": Choice<int, string, float>)
          "units of measure", box 3.5<metre>
          "array of measures", box [| 1.0<metre>; 2.0<metre> |]
          "array", box [| ada; ada |]
          "two dimensions", box (array2D [ [ 1; 2 ]; [ 3; 4 ] ])
          "large number", box (pown 7I 60)
          "decimal", box 1.50M
          "unit in an option", box (Some())
          "list of unions", box [ Number 1; Text "b" ]
          "list of functions' results", box (List.map (fun x -> x * x) [ 1; 2 ])
          "list of objects", box [ box 1; box "a"; box [ 2 ] ] ]
    |> Dictionary
    :> _

/// Equality as F# has it, for what is boxed too.
let AreEqual (one: obj) (other: obj) = one = other

/// The text that F# gives a value.
let TextOf (value: obj) = sprintf "%A" value

let Fault (code: int) (detail: string) : exn = Fault(code, detail)

/// What a handler of the program's finds in an exception, or nothing.
let DetailOf (fault: exn) =
    match fault with
    | Fault(code, detail) -> sprintf "%d %s" code detail
    | _ -> null

/// Two references to one cell.
let Cell () =
    let cell = ref 3
    [| cell; cell |]

/// Sets the first of them, and tells the second.
let Advance (cells: int ref array) =
    cells[0].Value <- cells[0].Value + 1
    cells[1].Value

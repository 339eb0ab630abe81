using Multitasking.TypeTable;

// Parts of types' names narrow it. --all: every form for every type, and --some: of the framework only what cultures have to do with.
// --table FILE: holds the columns against a file (--exactly: all of it); --write FILE: writes it. --reasons: tells why what is refused is.
Directory.SetCurrentDirectory(Directory.CreateTempSubdirectory("type-table").FullName);
var options = Options.Of(args);
await using var track = new Track();
var rows = new List<Row>();
foreach (var type in Surface.Types().Where(options.Includes))
{
    var row = await Row.OfAsync(type, track, options.MostValues, options.FormsFor(type, rows.Count));
    row.Print(Console.Out, options.TellsReasons);
    rows.Add(row);
}
int wrong = rows.Count(static row => row.Wrong.Count > 0);
if (options.Table is { } table)
    wrong += Table.Compare(rows, table, options.IsExact, Console.Out);
if (options.Written is { } written)
    Table.Write(rows, written);
Console.WriteLine($"{Table.Summary(rows)}, {wrong} wrong");
Directory.Delete(Directory.GetCurrentDirectory(), recursive: true);
return wrong == 0 ? 0 : 1;

// What the fragments in the documents mention without declaring it. Compiled into every block, see README.md beside this file.
global using System;
global using System.Collections.Generic;
global using System.IO;
global using System.Linq;
global using System.Net.Http;
global using System.Threading;
global using System.Threading.Tasks;
global using Multitasking;
global using Multitasking.Synchronization;
global using static Prelude;

internal static class Prelude
{
    public static readonly CancellationToken cancellationToken;
    public static readonly string[] pages = ["one", "two"];
    public static readonly string path = "page.html";
    public static readonly string source = "photos";
    public static readonly string destination = "backup";

    public static int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);

    public static void Sing()
    {
    }

    public static void Dance(int num = 3)
    {
    }

    public static void Render(string page)
    {
    }

    public static string Parse(string text) => text;
}

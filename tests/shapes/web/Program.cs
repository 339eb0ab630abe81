// An ASP.NET Core application whose handler runs a child process. It asks itself and ends.
using Multitasking;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
await using var app = builder.Build();
app.Urls.Add("http://127.0.0.1:0");
app.MapGet("/sum/{to}", (int to, CancellationToken gone) =>
    ChildProcess.RunAsync(() => $"{Enumerable.Range(1, to).Sum()} by another process: {ChildProcess.ParentId != 1}", TimeSpan.FromSeconds(60), gone));
await app.StartAsync();

using var client = new HttpClient();
string[] answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(i => client.GetStringAsync(new Uri($"{app.Urls.Single()}/sum/{i}"))));
foreach (string answer in answers)
    Console.WriteLine(answer);
await app.StopAsync();

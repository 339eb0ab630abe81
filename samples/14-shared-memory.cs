#:project ../src/Multitasking/Multitasking.csproj

// Several processes paint one picture: each takes the next row from a shared number and writes its pixels into a shared array, of which
// nothing is ever copied. The main process, which has made both, draws the picture in the terminal and saves it as a PNG file.

using System.Buffers.Binary;
using System.IO.Compression;
using Multitasking;

const int Width = 960, Height = 640;
using var picture = new SharedArray<byte>(Width * Height);
using var next = new SharedValue<int>(-1);
using var painted = new SharedArray<int>(Math.Clamp(Environment.ProcessorCount, 2, 4));

var painters = new ProcessGroup("painters");
for (int number = 0; number < painted.Length; number++)
    new ChildProcess(Paint, args: [number, picture, next, painted], group: painters).Start();
painters.Join();

for (int y = 0; y < Height; y += 20)
    Console.WriteLine(string.Concat(Enumerable.Range(0, Width / 10).Select(x => " .:-=+*#%@"[picture[(y * Width) + (x * 10)] * 9 / 255])));
for (int number = 0; number < painted.Length; number++)
    Console.WriteLine($"Process {number + 1} painted {painted[number]} of {Height} rows.");
string file = Path.Combine(Path.GetTempPath(), "mandelbrot.png");
File.WriteAllBytes(file, ToPng(picture.Span));
Console.WriteLine($"The picture is in {file}");

static void Paint(int number, SharedArray<byte> picture, SharedValue<int> next, SharedArray<int> painted)
{
    for (int y = next.Increment(); y < Height; y = next.Increment())
    {
        var row = picture.Slice(y * Width, Width);
        for (int x = 0; x < Width; x++)
            row[x] = Brightness(((x - 640) / 320.0, (y - 320) / 320.0));
        painted.Increment(number);
    }
}

// How long a point stays near the middle when it is squared and moved again and again: what stays for ever is Mandelbrot's set.
static byte Brightness((double X, double Y) point)
{
    var (x, y) = (0.0, 0.0);
    int step = 0;
    for (; step < 255 && (x * x) + (y * y) < 4; step++)
        (x, y) = ((x * x) - (y * y) + point.X, (2 * x * y) + point.Y);
    return (byte)(step == 255 ? 255 : Math.Min(254, step * 6));
}

static byte[] ToPng(ReadOnlySpan<byte> picture)
{
    var rows = new MemoryStream();
    using (var zlib = new ZLibStream(rows, CompressionLevel.Optimal, leaveOpen: true))
        for (int y = 0; y < Height; y++)
            zlib.Write([0, .. picture.Slice(y * Width, Width)]);
    // 8 bits of grey a pixel.
    return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR"u8, [.. BigEndian(Width), .. BigEndian(Height), 8, 0, 0, 0, 0]), .. Chunk("IDAT"u8, rows.ToArray()), .. Chunk("IEND"u8, [])];
}

static byte[] Chunk(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data) => [.. BigEndian((uint)data.Length), .. kind, .. data, .. BigEndian(Crc32([.. kind, .. data]))];

static byte[] BigEndian(uint number)
{
    var bytes = new byte[sizeof(uint)];
    BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
    return bytes;
}

static uint Crc32(ReadOnlySpan<byte> data)
{
    uint crc = ~0u;
    foreach (byte item in data)
    {
        crc ^= item;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (0xedb88320 * (crc & 1));
    }
    return ~crc;
}

using System.Reflection;
using System.Runtime.CompilerServices;
using Multitasking.Invocation;
using Multitasking.Invocation.Shapes;
using Multitasking.Invocation.Values;
using Xunit;

namespace Multitasking.Tests.Travel;

/// <summary>Each public struct of the shared framework stands in one column: as its bytes, by its fields or contents, or refused.</summary>
public sealed class FrameworkStructTests
{
    private static readonly MethodInfo s_holdsReferences =
        typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.IsReferenceOrContainsReferences))!;

    private static readonly Type[] s_structs =
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll").Select(TryLoad).OfType<Assembly>()
            .SelectMany(static assembly => assembly.GetExportedTypes())
            .Where(static type => type is { IsValueType: true, IsEnum: false, IsPrimitive: false, IsByRefLike: false } && type != typeof(void)),
    ];

    [Fact]
    public void Struct_of_the_framework_stands_in_exactly_one_column()
    {
        Assert.InRange(s_structs.Length, 300, int.MaxValue);
        Assert.All(s_structs, static type =>
        {
            bool isInline = type.IsDefined(typeof(InlineArrayAttribute), inherit: false);
            bool isBlock = FrameworkBlocks.All.Contains(type.FullName) || isInline;
            bool goesOtherwise = isInline || FrameworkTypes.ByFields.Contains(type.FullName) || FrameworkTypes.ByContents.Contains(type.FullName)
                || type == typeof(CancellationToken) || FrameworkValues.For(type) is not null;
            if (Closed(type, typeof(int)) is { } ofNumbers)
                Assert.Equal((isBlock, !isBlock && !goesOtherwise), (ShapeCatalog.IsBlock(ofNumbers), ShapeCatalog.WhyRefused(ofNumbers) is not null));
            if (type.IsGenericTypeDefinition && Closed(type, typeof(string)) is { } ofTexts)
                Assert.Equal(!goesOtherwise, ShapeCatalog.WhyRefused(ofTexts) is not null);
        });
    }

    [Fact]
    public void Struct_that_goes_as_its_bytes_holds_no_reference() =>
        Assert.All(s_structs.Select(static type => Closed(type, typeof(int))).OfType<Type>().Where(ShapeCatalog.IsBlock), static type =>
            Assert.False((bool)s_holdsReferences.MakeGenericMethod(type).Invoke(null, null)!));

    [Fact]
    public void Every_name_of_the_list_is_that_of_a_struct() =>
        Assert.Empty(FrameworkBlocks.All.Except(s_structs.Concat([typeof(decimal)]).Select(static type => type.FullName!)));

    [Fact]
    public void Struct_of_ones_own_is_bytes_as_far_as_its_fields_are()
    {
        Assert.True(ShapeCatalog.IsBlock(typeof((int, DateTime, Guid?))));
        Assert.False(ShapeCatalog.IsBlock(typeof((int, string))));
        Assert.False(ShapeCatalog.IsBlock(typeof(Guarded)));
        Assert.IsType<FieldsShape>(ShapeCatalog.Find(typeof(Guarded)));
        var refusal = Assert.Throws<TargetNotSupportedException>(() => Codec.Write(default(Guarded)));
        Assert.Equal("value.Lock : SpinLock", refusal.Path);
    }

    [Fact]
    public void Handles_of_every_kind_are_refused()
    {
        Type[] handles =
        [
            typeof(System.Runtime.InteropServices.GCHandle), typeof(System.Runtime.InteropServices.GCHandle<string>),
            typeof(System.Runtime.InteropServices.WeakGCHandle<string>), typeof(System.Runtime.InteropServices.PinnedGCHandle<byte[]>), typeof(System.Runtime.DependentHandle),
        ];

        Assert.All(handles, static handle => Assert.NotNull(ShapeCatalog.WhyRefused(handle)));
        Assert.Throws<TargetNotSupportedException>(() => Codec.Write(default(System.Runtime.InteropServices.GCHandle<string>)));
        Assert.Throws<TargetNotSupportedException>(() => Codec.Write<object>(new System.Runtime.DependentHandle[1]));
    }

    private static Assembly? TryLoad(string path)
    {
        try
        {
            return Assembly.Load(Path.GetFileNameWithoutExtension(path));
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or FileNotFoundException)
        {
            // A native library.
            return null;
        }
    }

    private static Type? Closed(Type type, Type argument)
    {
        try
        {
            return type.IsGenericTypeDefinition ? type.MakeGenericType([.. type.GetGenericArguments().Select(_ => argument)]) : type;
        }
        catch (ArgumentException)
        {
            // It does not take this one.
            return null;
        }
    }

    private readonly struct Guarded
    {
        internal SpinLock Lock { get; init; }
    }
}

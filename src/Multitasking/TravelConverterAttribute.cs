using System.Diagnostics.CodeAnalysis;

namespace Multitasking;

/// <summary>
/// Names the converter by which objects of a class, or of all classes that have an interface or derive from an abstract class, travel to
/// other processes.
/// </summary>
/// <param name="converterType">A class that derives from <see cref="TravelConverter{T, TSurrogate}"/> of the type that it is for, with a
/// public constructor without parameters. A generic class names one with its own parameters: <c>typeof(BoxConverter&lt;&gt;)</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, Inherited = false)]
public sealed class TravelConverterAttribute(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type converterType) : Attribute
{
    /// <summary>The class of the converter.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    public Type ConverterType { get; } = converterType;
}

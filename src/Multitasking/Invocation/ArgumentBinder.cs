using System.Reflection;

namespace Multitasking.Invocation;

/// <summary>Binds positional and named arguments to a method's parameters as C# would, before anything starts.</summary>
internal sealed class ArgumentBinder
{
    // The public constructors' names for the two kinds of arguments.
    private const string Place = "args", Name = "namedArgs";

    private readonly MethodInfo _method;
    private readonly ParameterInfo[] _parameters;
    private readonly object?[] _bound;
    private readonly bool[] _given;

    private ArgumentBinder(MethodInfo method, int skip)
    {
        _method = method;
        _parameters = method.GetParameters()[skip..];
        _bound = new object?[_parameters.Length];
        _given = new bool[_parameters.Length];
    }

    /// <param name="method">The target.</param>
    /// <param name="skip">How many of its first parameters the delegate itself supplies.</param>
    /// <param name="positional">Arguments by place.</param>
    /// <param name="named">Arguments by name.</param>
    /// <returns>A value for each remaining parameter; <see cref="Termination"/> for a token that was not given.</returns>
    /// <exception cref="ArgumentException">They do not fit.</exception>
    internal static object?[] Bind(MethodInfo method, int skip, object?[]? positional, IReadOnlyDictionary<string, object?>? named)
    {
        var binder = new ArgumentBinder(method, skip);
        binder.BindPositional(positional ?? []);
        if (named is not null)
            foreach (var (name, value) in named)
                binder.BindNamed(name, value);
        binder.FillRest();
        return binder._bound;
    }

    private string Target => TypeNames.Of(_method);

    private void BindPositional(object?[] values)
    {
        int last = _parameters.Length - 1;
        bool hasParams = last >= 0 && IsParams(_parameters[last]);
        // An array for a params parameter is taken as it is, as C# does in normal form.
        if (hasParams && values.Length > last && !(values.Length == last + 1 && Fits(values[last], _parameters[last].ParameterType)))
        {
            for (int i = 0; i < last; i++)
                Set(i, values[i], Place);
            Expand(last, values[last..]);
            return;
        }
        if (values.Length > _parameters.Length)
            throw Wrong($"{Target} takes {Count(_parameters.Length)}, and {values.Length} were given.", Place);
        for (int i = 0; i < values.Length; i++)
            Set(i, values[i], Place);
    }

    private void BindNamed(string name, object? value)
    {
        int index = Array.FindIndex(_parameters, parameter => parameter.Name == name);
        if (index < 0)
            throw Wrong(
                $"{Target} has no parameter '{name}'; it has {(_parameters.Length == 0 ? "none" : string.Join(", ", _parameters.Select(p => $"'{p.Name}'")))}.",
                Name);
        if (_given[index])
            throw Wrong($"Parameter '{name}' of {Target} was given twice, by place and by name.", Name);
        if (IsParams(_parameters[index]) && !Fits(value, _parameters[index].ParameterType))
            Expand(index, [value]);
        else
            Set(index, value, Name);
    }

    private void FillRest()
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (_given[i])
                continue;
            var parameter = _parameters[i];
            if (parameter.ParameterType == typeof(CancellationToken))
                _bound[i] = Termination.Instance;
            else if (parameter.HasDefaultValue)
                _bound[i] = DefaultOf(parameter);
            else if (IsParams(parameter))
                Expand(i, []);
            else
                throw Wrong($"{Target} needs an argument for parameter '{parameter.Name}' of type {TypeNames.Of(parameter.ParameterType)}.", Place);
        }
    }

    private void Set(int index, object? value, string source)
    {
        _given[index] = true;
        _bound[index] = Convert(_parameters[index], _parameters[index].ParameterType, value, source);
    }

    private void Expand(int index, object?[] values)
    {
        _given[index] = true;
        var element = _parameters[index].ParameterType.GetElementType()!;
        var array = Array.CreateInstanceFromArrayType(_parameters[index].ParameterType, values.Length);
        for (int i = 0; i < values.Length; i++)
            array.SetValue(Convert(_parameters[index], element, values[i], Place), i);
        _bound[index] = array;
    }

    private object? Convert(ParameterInfo parameter, Type type, object? value, string source)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (Fits(value, type))
            return value;
        if (value is not null && NumericConversion.TryConvert(value, plain) is { } converted)
            return converted;
        string given = value is null ? "null" : $"{TypeNames.Of(value.GetType())} ({Short(value)})";
        throw Wrong(
            $"Parameter '{parameter.Name}' of {Target} is of type {TypeNames.Of(type)}; {given} was given.", source);
    }

    private static ArgumentException Wrong(string message, string argument) => new(message, argument);

    private static bool Fits(object? value, Type type) => value is null
        ? !type.IsValueType || Nullable.GetUnderlyingType(type) is not null
        : type.IsInstanceOfType(value);

    private static bool IsParams(ParameterInfo parameter) =>
        parameter.ParameterType.IsSZArray && parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false);

    /// <summary>Metadata keeps the default of a struct as null and of an enum as its number.</summary>
    private static object? DefaultOf(ParameterInfo parameter)
    {
        object? value = parameter.DefaultValue;
        var type = parameter.ParameterType;
        if (value is null or DBNull or Missing)
            return type.IsValueType && Nullable.GetUnderlyingType(type) is null
                ? System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type)
                : null;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum && !value.GetType().IsEnum ? Enum.ToObject(plain, value) : value;
    }

    private static string Count(int parameters) => parameters switch
    {
        0 => "no arguments",
        1 => "one argument",
        _ => $"at most {parameters} arguments",
    };

    private static string Short(object value)
    {
        string text = value is string s ? $"\"{s}\"" : value.GetType().IsPrimitive ? value.ToString()! : "an object";
        return text.Length <= 40 ? text : text[..37] + "...";
    }
}

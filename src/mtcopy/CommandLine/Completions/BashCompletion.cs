using System.Text;
using Mtcopy.CommandLine.Definitions;

namespace Mtcopy.CommandLine.Completions;

/// <summary>Completions for bash, which need nothing but bash.</summary>
internal static class BashCompletion
{
    // A reply of nothing makes bash complete names of files itself, which is right for every name; a script that lists them is not.
    private const string Begin = """
        # Completions of mtcopy for bash: source <(mtcopy --completion bash)
        _mtcopy() {
            local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} option= value=yes lead= i
            COMPREPLY=()
            for ((i = 1; i < COMP_CWORD; i++)); do
                [[ ${COMP_WORDS[i]} == -- ]] && return
            done

            # Where = separates words, --sparse=al is three of them.
            if [[ $current == = ]]; then
                option=$previous current=
            elif [[ $previous == = ]]; then
                option=${COMP_WORDS[COMP_CWORD-2]}
            elif [[ $current == --*=* ]]; then
                option=${current%%=*} lead=${current%%=*}= current=${current#*=}
            else
                option=$previous value=
            fi


        """;

    private const string End = """

            [[ $value ]] && return
            [[ $current == -* ]] || return
            COMPREPLY=($(compgen -W "$OPTIONS$" -- "$current"))
        }

        _mtcopy_values() {
            COMPREPLY=($(compgen -P "$lead" -W "$1" -- "$current"))
            compopt +o default 2>/dev/null
        }

        _mtcopy_list() {
            local before=
            [[ $current == *,* ]] && before=${current%,*},
            COMPREPLY=($(compgen -P "$lead$before" -W "$1" -- "${current##*,}"))
            compopt +o default -o nospace 2>/dev/null
        }

        complete -o default -F _mtcopy mtcopy
        """;

    public static string Compose()
    {
        var script = new StringBuilder(Begin);
        script.Append("    case $option in\n");
        foreach (OptionDefinition option in OptionGroups.Options)
        {
            if (option.Argument is { IsOptional: true } optional)
                script.Append($"        {option.Name}) [[ $value ]] && {{ _mtcopy_values '{Words(optional)}'; return; }} ;;\n");
            else if (option.Argument is { } argument)
                script.Append($"        {string.Join('|', option.Names)}) {Values(argument)}; return ;;\n");
        }

        script.Append("    esac\n");
        string options = string.Join(' ', OptionGroups.Options.SelectMany(static option => option.Names));
        return script.Append(End.Replace("$OPTIONS$", options, StringComparison.Ordinal)).ToString();
    }

    private static string Values(OptionArgument argument) => argument.Kind switch
    {
        ArgumentKind.File => ":",
        ArgumentKind.Folder => "compopt -o dirnames +o default 2>/dev/null",
        ArgumentKind.List => $"_mtcopy_list '{Words(argument)}'",
        _ => $"_mtcopy_values '{Words(argument)}'",
    };

    private static string Words(OptionArgument argument) => string.Join(' ', argument.Choices.Select(static choice => choice.Value));
}

namespace Mtcopy.CommandLine;

/// <summary>What <c>mtcopy --help</c> prints: one screen of 80 columns and 24 lines.</summary>
internal static class HelpText
{
    public const string Value = """
        mtcopy copies folders and files with many workers at once.

        Usage: mtcopy [-j N] [--isolation threads|processes] SRC... DST

          mtcopy photos backup       backup becomes the copy of the folder photos
          mtcopy photos backup/      photos goes into backup, as backup/photos
          mtcopy a.jpg b.jpg album   several sources go into the folder album
          mtcopy -- -odd- copy       paths that begin with a dash

        Stopped, or files have changed? The same command again completes the copy: what
        is there with the same size and time is left alone. Links stay links; mode and
        modification time are kept. No file ever stands half-written under its name.

          -j, --workers N            workers at the same time, 1 to 1024 [one per core]
              --isolation threads    workers are threads of this process [default]
              --isolation processes  workers are child processes: one that crashes is
                                     replaced, and its files are copied again
          -h, --help                 this text
              --version              the version

        Exit code: 0 all copied; 1 something was not copied, or the copy was refused
        (standard error names it and why); 2 wrong usage; 130 Ctrl-C, 143 SIGTERM,
        129 terminal closed.
        """;
}

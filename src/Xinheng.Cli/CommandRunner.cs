using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Xinheng.Data;

namespace Xinheng.Cli;

/// <summary>Parses the command line, runs a command, and turns what users can cause into messages and exit codes.</summary>
internal static class CommandRunner
{
    private static readonly Dictionary<Command, string[]> Examples = [];

    /// <summary>Adds examples to the help of a command.</summary>
    public static Command WithExamples(this Command command, params string[] examples)
    {
        Examples[command] = examples;
        return command;
    }

    public static int Run(Command root, string[] args)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpWithExamples((HelpAction)option.Action!);
        }

        var result = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (result.Errors.Count > 0 && result.Action is not HelpWithExamples)
        {
            foreach (var error in result.Errors)
            {
                Console.Error.WriteLine(Plain(error.Message));
            }

            Console.Error.WriteLine($"See: {string.Join(' ', Names(result.CommandResult.Command))} --help");
            return ExitCode.WrongUsage;
        }

        try
        {
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (InputException exception)
        {
            return Refuse(exception.Problems, "Nothing was written: the file is broken.", ExitCode.BrokenFile);
        }
        catch (DefinitionException exception)
        {
            return Refuse(exception.Problems, "Nothing was written.", ExitCode.ProblemsFound);
        }
        catch (UsageException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.WrongUsage;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped; nothing was written.");
            return ExitCode.BrokenFile;
        }
        catch (IncompleteOutputException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCode.BrokenFile;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{exception.Message} Nothing was written.");
            return ExitCode.BrokenFile;
        }
    }

    /// <summary>Names of types are for programmers.</summary>
    private static string Plain(string message) => message
        .Replace("'System.Int32'", "a whole number", StringComparison.Ordinal)
        .Replace("'System.UInt64'", "a whole number from 0 on", StringComparison.Ordinal)
        .Replace("as expected type", "as", StringComparison.Ordinal);

    private static int Refuse(IReadOnlyList<Problem> problems, string consequence, int exitCode)
    {
        foreach (var problem in problems)
        {
            Console.Error.WriteLine(problem);
        }

        Console.Error.WriteLine(consequence);
        return exitCode;
    }

    private static IEnumerable<string> Names(Command command) =>
        [.. command.Parents.OfType<Command>().SelectMany(Names), command.Name];

    /// <summary>The usual help, with examples below it.</summary>
    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = help.Invoke(parseResult);
            if (Examples.TryGetValue(parseResult.CommandResult.Command, out var examples))
            {
                Console.WriteLine("Examples:");
                foreach (var example in examples)
                {
                    Console.WriteLine($"  {example}");
                }

                Console.WriteLine();
            }

            return exitCode;
        }
    }
}

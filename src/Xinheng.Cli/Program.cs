using System.CommandLine;
using System.Text;
using Xinheng.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var root = new RootCommand("Scores psychological screening instruments. A screen is not a diagnosis.")
{
    ScalesCommand.Create(),
    ScoreCommand.Create(),
    ExplainCommand.Create(),
    DemoCommand.Create(),
};
return CommandRunner.Run(root, args);

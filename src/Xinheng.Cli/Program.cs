using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using Xinheng.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var root = new Command("xinheng", "Scores psychological screening instruments. A screen is not a diagnosis. 筛查结果不是诊断。")
{
    new HelpOption(),
    new VersionOption(),
    ScalesCommand.Create(),
    ScoreCommand.Create(),
    ExplainCommand.Create(),
    SurveyCommand.Create(),
    ProvisionCommand.Create(),
    ItemsCommand.Create(),
    ValidityCommand.Create(),
    DifCommand.Create(),
    FactorCommand.Create(),
    IrtCommand.Create(),
    DemoCommand.Create(),
};
return CommandRunner.Run(root, args);

using Xinheng.Peers;

// duckdb FILE.sql                                   runs the statements, prints what they select
// sylvan|csvhelper|linq|mathnet|mlnet KEYS SURVEY ROSTER OUT   the smaller work of ../peers/compare.py
if (args is ["duckdb", var file])
{
    SqlScript.Run(file, Console.Out);
    return 0;
}

if (args is [var name, var keys, var survey, var roster, var target] && Readers.Find(name) is { } reader)
{
    var work = new Work(Key.Read(keys));
    reader(survey, work);
    work.Write(target, roster);
    return 0;
}

Console.Error.WriteLine("duckdb FILE.sql, or sylvan|csvhelper|linq|mathnet|mlnet KEYS SURVEY ROSTER OUT");
return 2;

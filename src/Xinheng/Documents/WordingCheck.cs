namespace Xinheng.Documents;

/// <summary>Checks a wording against the definition of its instrument; every rule reports, none stops the others, and none prints a text.</summary>
internal sealed class WordingCheck
{
    private const int HashLength = 64;
    private const int MaxTag = 35;

    private readonly WordingDocument _wording;
    private readonly Instrument _instrument;
    private readonly ProblemReport _report;

    private WordingCheck(WordingDocument wording, Instrument instrument, ProblemReport report)
    {
        _wording = wording;
        _instrument = instrument;
        _report = report;
    }

    public static void Run(WordingDocument wording, Instrument instrument, ProblemReport report)
    {
        var check = new WordingCheck(wording, instrument, report);
        check.CheckEdition();
        check.CheckTexts();
        check.CheckNames();
        check.CheckComplete();
    }

    /// <summary>The names that a problem may print: those of the form, of the instrument, and what can only be a number such as 9 or 5a.</summary>
    public static Func<string, bool> NamesOf(Instrument instrument)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        names.UnionWith(XinhengJson.Default.WordingDocument.Properties.Select(p => p.Name));
        names.UnionWith(instrument.Items.Select(i => i.Id));
        names.UnionWith(instrument.Definition.Responses.Keys);
        return name => names.Contains(name) || (name.Length is > 0 and <= 4 && char.IsAsciiDigit(name[0]) && name.All(char.IsAsciiLetterOrDigit));
    }

    private void CheckEdition()
    {
        if (_report.Has("$.instrument") && _wording.Instrument != _instrument.Id)
        {
            _report.Add("other-instrument", "$.instrument", "another id", $"'{_instrument.Id}'", "Correct the id, or check the file against its own instrument");
        }

        if (_report.Has("$.language") && !IsTag(_wording.Language))
        {
            _report.Add("invalid-language", "$.language", "a tag of another form", "a language tag such as en, zh-Hans or ug-Arab-CN");
        }

        if (_wording is { FromVersion: null, DefinitionHash: null } && !IsWritten("fromVersion") && !IsWritten("definitionHash"))
        {
            _report.Add("missing-edition", "$", "neither 'fromVersion' nor 'definitionHash'", "the version of the definition from which the texts fit, or the hash of the definition", $"Add \"fromVersion\": \"{_instrument.Definition.Version}\" once the texts have been compared");
        }

        if (_wording.DefinitionHash is { } hash)
        {
            if (hash.Length != HashLength || !hash.All(char.IsAsciiHexDigitLower))
            {
                _report.Add("invalid-hash", "$.definitionHash", "a hash of another form", "64 lower-case hexadecimal digits");
            }
            else if (hash != _instrument.Hash)
            {
                OtherEdition("$.definitionHash", "the hash of another definition");
            }
        }

        var version = Version.Parse(_instrument.Definition.Version);
        var from = VersionOf("$.fromVersion", _wording.FromVersion);
        var before = VersionOf("$.beforeVersion", _wording.BeforeVersion);
        if (from is not null && before is not null && before <= from)
        {
            _report.Add("invalid-version", "$.beforeVersion", "a version that is not after 'fromVersion'", "a later version, or none");
        }
        else if (from is not null && version < from)
        {
            OtherEdition("$.fromVersion", "a later version");
        }
        else if (before is not null && version >= before)
        {
            OtherEdition("$.beforeVersion", "a version that has been reached");
        }
    }

    private void OtherEdition(string path, string found) =>
        _report.Add("other-edition", path, found, $"texts for {_instrument}", "Compare the texts with this definition, then correct the versions");

    private Version? VersionOf(string path, string? version) =>
        version is not null && InstrumentCheck.CheckVersion(path, version, _report) ? Version.Parse(version) : null;

    private void CheckTexts()
    {
        CheckText("$.source", _wording.Source);
        CheckText("$.licence", _wording.Licence);
        CheckText("$.translator", _wording.Translator);
        CheckText("$.stem", _wording.Stem);
        foreach (var (i, paragraph) in _wording.Instructions.Index())
        {
            CheckText($"$.instructions[{i}]", paragraph);
        }

        CheckTexts("$.items", _wording.Items);
        CheckTexts("$.units", _wording.Units);
        foreach (var (member, sets) in new[] { ("options", _wording.Options), ("itemOptions", _wording.ItemOptions) })
        {
            foreach (var (id, texts) in sets)
            {
                CheckTexts($"$.{member}.{id}", texts);
            }
        }
    }

    private void CheckTexts(string path, IReadOnlyDictionary<string, string> texts)
    {
        foreach (var (name, text) in texts)
        {
            CheckText($"{path}.{name}", text);
        }
    }

    private void CheckText(string path, string? text)
    {
        if (text is not null && string.IsNullOrWhiteSpace(text) && _report.Has(path))
        {
            _report.Add("empty-text", path, "an empty text", "a text", "Write the text, or remove the member where it may be left out");
        }
    }

    /// <summary>Names that the definition does not have.</summary>
    private void CheckNames()
    {
        foreach (var id in _wording.Items.Keys.Where(id => _instrument.IndexOfItem(id) < 0))
        {
            Unknown("unknown-item", $"$.items.{id}", $"item '{_report.NameOf(id)}'", "an item of the definition");
        }

        foreach (var (id, texts) in _wording.Options)
        {
            CheckOptions("options", id, "unknown-responses", _instrument.Definition.Responses.GetValueOrDefault(id), "a response set of options of the definition", texts);
        }

        foreach (var (id, texts) in _wording.ItemOptions)
        {
            var item = _instrument.IndexOfItem(id);
            CheckOptions("itemOptions", id, "unknown-item", item < 0 ? null : _instrument.ResponsesOf(item), "an item of the definition that has options", texts);
        }

        foreach (var id in _wording.Units.Keys.Where(id => _instrument.Definition.Responses.GetValueOrDefault(id) is not NumberRange))
        {
            Unknown("unknown-responses", $"$.units.{id}", $"'{_report.NameOf(id)}'", "a response set of numbers of the definition");
        }
    }

    private void CheckOptions(string member, string id, string code, ResponseSet? responses, string expected, IReadOnlyDictionary<string, string> texts)
    {
        var path = $"$.{member}.{id}";
        if (responses is not OptionSet set)
        {
            Unknown(code, path, $"'{_report.NameOf(id)}'", expected);
            return;
        }

        var codes = set.Options.Select(Wording.CodeOf).ToArray();
        foreach (var name in texts.Keys.Except(codes))
        {
            Unknown("unknown-code", $"{path}.{name}", $"code '{_report.NameOf(name)}'", $"one of {string.Join(", ", codes)}");
        }
    }

    private void Unknown(string code, string path, string found, string expected) => _report.Add(code, path, found, expected, "Correct the name or remove the text");

    /// <summary>Items, options and units of the definition that have no text.</summary>
    private void CheckComplete()
    {
        foreach (var (i, item) in _instrument.Items.Index())
        {
            if (!IsWritten("items", item.Id) && _report.Has("$.items"))
            {
                Missing("$.items", $"no text of item '{item.Id}'", "a text of every item");
            }

            foreach (var option in _instrument.ResponsesOf(i) is OptionSet set ? set.Options : [])
            {
                var code = Wording.CodeOf(option);
                if (!IsWritten("options", item.Responses, code) && !IsWritten("itemOptions", item.Id, code))
                {
                    Missing(_report.Has("$.options") ? "$.options" : "$", $"no text of code {code} of item '{item.Id}'", $"a text of every option, in 'options' for all of '{item.Responses}' or in 'itemOptions' for the item alone");
                }
            }
        }

        var units = _instrument.Items.Select(i => i.Responses).Distinct().Where(id => _instrument.Definition.Responses[id] is NumberRange);
        foreach (var id in units.Where(id => !IsWritten("units", id)))
        {
            Missing(_report.Has("$.units") ? "$.units" : "$", $"no name of the unit of '{id}'", "a name of every unit, in 'units' by response set");
        }
    }

    private void Missing(string path, string found, string expected) => _report.Add("missing-text", path, found, expected, "Add the text");

    /// <summary>Whether the file has a member at all, be it right or not: what is wrong is reported as such and not as missing.</summary>
    private bool IsWritten(params ReadOnlySpan<string> names)
    {
        var node = _report.Root;
        foreach (var name in names)
        {
            node = node?.Member(name);
        }

        return node is not null;
    }

    /// <summary>Whether a text is a tag of BCP 47 in its usual spelling: language, then script, region and variants where needed.</summary>
    private static bool IsTag(string tag)
    {
        var parts = tag.Split('-');
        if (tag.Length > MaxTag || parts[0].Length is not (2 or 3) || !parts[0].All(char.IsAsciiLetterLower))
        {
            return false;
        }

        var before = 0;
        foreach (var part in parts[1..])
        {
            var kind = part switch
            {
                { Length: 4 } when char.IsAsciiLetterUpper(part[0]) && part[1..].All(char.IsAsciiLetterLower) => 1,
                { Length: 2 } when part.All(char.IsAsciiLetterUpper) => 2,
                { Length: 3 } when part.All(char.IsAsciiDigit) => 2,
                { Length: >= 4 and <= 8 } when (part.Length > 4 || char.IsAsciiDigit(part[0])) && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) => 3,
                _ => 0,
            };
            if (kind < before || (kind == before && kind != 3) || kind == 0)
            {
                return false;
            }

            before = kind;
        }

        return true;
    }
}

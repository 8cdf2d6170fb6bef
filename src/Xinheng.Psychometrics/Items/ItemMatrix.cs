using System.Globalization;

namespace Xinheng.Psychometrics;

/// <summary>Keyed answers of people (rows) to items (columns): what every statistic of this package starts from.</summary>
/// <remarks>
/// Immutable and thread-safe. Class; no default state. Values are as scored: reversed items are already reversed, and no later
/// step turns an item round. NaN is an answer that is not there; nothing is imputed. Whole answers within a span of 250 take
/// one byte each. Rows carry no identity, and <see cref="ToString"/> shows no answer.
/// </remarks>
public sealed class ItemMatrix
{
    private readonly ItemColumn[] _columns;
    private readonly Dictionary<string, int> _index;

    private ItemMatrix(IReadOnlyList<string> itemIds, ItemColumn[] columns, int persons)
    {
        ItemIds = itemIds;
        PersonCount = persons;
        _columns = columns;
        _index = new Dictionary<string, int>(itemIds.Count, StringComparer.Ordinal);
        for (var item = 0; item < itemIds.Count; item++)
        {
            if (string.IsNullOrEmpty(itemIds[item]) || !_index.TryAdd(itemIds[item], item))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Item {item + 1} has {(string.IsNullOrEmpty(itemIds[item]) ? "no id" : $"the id '{itemIds[item]}', which an earlier item has too")}. Give every item an id of its own."),
                    nameof(itemIds));
            }
        }
    }

    /// <summary>Ids of the items, in order; no two are equal.</summary>
    public IReadOnlyList<string> ItemIds { get; }

    /// <summary>Number of items (columns), k.</summary>
    public int ItemCount => _columns.Length;

    /// <summary>Number of people (rows), with or without missing answers.</summary>
    public int PersonCount { get; }

    /// <summary>Whether every answer is a whole number of at most 2^20 in size, so that <see cref="ToMoments"/> is exact.</summary>
    public bool IsWhole => Array.TrueForAll(_columns, c => c.IsWhole);

    internal ReadOnlySpan<ItemColumn> Columns => _columns;

    /// <summary>Keyed answer of a person to an item; NaN when there is none.</summary>
    public double this[int person, int item] => _columns[item][person];

    /// <summary>Takes columns of values, one per item.</summary>
    /// <param name="itemIds">Ids of the items, each its own.</param>
    /// <param name="columns">One array per item with one value per person; NaN where there is no answer. Copied.</param>
    /// <param name="minimum">Lowest possible value of every item: what reversing and floor shares need. NaN when there is none.</param>
    /// <param name="maximum">Highest possible value of every item. NaN when there is none.</param>
    /// <exception cref="ArgumentException">Ids repeat, lengths differ, a value is infinite or outside the range.</exception>
    public static ItemMatrix FromColumns(IReadOnlyList<string> itemIds, IReadOnlyList<double[]> columns, double minimum = double.NaN, double maximum = double.NaN)
    {
        ArgumentNullException.ThrowIfNull(itemIds);
        ArgumentNullException.ThrowIfNull(columns);
        return FromColumns(itemIds, columns, [.. itemIds.Select(_ => minimum)], [.. itemIds.Select(_ => maximum)]);
    }

    /// <summary>Takes stored codes, one byte per answer, as survey blocks and binary files hold them.</summary>
    /// <param name="itemIds">Ids of the items, each its own.</param>
    /// <param name="columns">One array per item: codes 0 to 250; 251 to 255 are <see cref="MissingReason"/>. Copied.</param>
    /// <param name="minimum">Lowest possible code.</param>
    /// <param name="maximum">Highest possible code, at most 250.</param>
    /// <exception cref="ArgumentException">Ids repeat, lengths differ, or a code is outside the range.</exception>
    public static ItemMatrix FromCodes(IReadOnlyList<string> itemIds, IReadOnlyList<byte[]> columns, int minimum, int maximum)
    {
        ArgumentNullException.ThrowIfNull(itemIds);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, ItemColumn.MaxCode);
        ArgumentOutOfRangeException.ThrowIfNegative(minimum);
        CheckRange(minimum, maximum);
        CheckCount(itemIds.Count, columns.Count);
        var persons = columns.Count == 0 ? 0 : columns[0].Length;
        var created = new ItemColumn[columns.Count];
        for (var item = 0; item < created.Length; item++)
        {
            CheckLength(itemIds[item], columns[item].Length, persons);
            var codes = new byte[persons];
            for (var person = 0; person < persons; person++)
            {
                var code = columns[item][person];
                if (code <= ItemColumn.MaxCode && (code < minimum || code > maximum))
                {
                    throw new ArgumentException(
                        string.Create(CultureInfo.InvariantCulture, $"Item '{itemIds[item]}', person {person + 1}: the code is outside {minimum} to {maximum}. Pass MissingReason.OutOfRange for a code that the item does not have."),
                        nameof(columns));
                }

                codes[person] = code > ItemColumn.MaxCode ? ItemColumn.Missing : code;
            }

            created[item] = ItemColumn.OwnCodes(codes, 0, minimum, maximum);
        }

        return new ItemMatrix([.. itemIds], created, persons);
    }

    /// <summary>Takes a table of people (first index) by items (second index).</summary>
    /// <param name="itemIds">Ids of the items, each its own.</param>
    /// <param name="rows">Values; NaN where there is no answer. Copied.</param>
    /// <param name="minimum">Lowest possible value of every item, NaN when there is none.</param>
    /// <param name="maximum">Highest possible value of every item, NaN when there is none.</param>
    /// <exception cref="ArgumentException">Ids repeat, their number differs from that of the columns, a value is infinite or outside the range.</exception>
    public static ItemMatrix FromRows(IReadOnlyList<string> itemIds, double[,] rows, double minimum = double.NaN, double maximum = double.NaN)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var columns = new double[rows.GetLength(1)][];
        for (var item = 0; item < columns.Length; item++)
        {
            columns[item] = new double[rows.GetLength(0)];
            for (var person = 0; person < columns[item].Length; person++)
            {
                columns[item][person] = rows[person, item];
            }
        }

        return FromColumns(itemIds, columns, minimum, maximum);
    }

    /// <summary>Takes the answers to the items of one score, keyed as the score keys them.</summary>
    /// <param name="answers">The people of the block, in order. Copied.</param>
    /// <param name="score">Id of a score over items (a sum, mean or count, or a total of such), for example <c>total</c>.</param>
    /// <exception cref="ArgumentException">The instrument has no such score, or the score is not one over items with options.</exception>
    /// <remarks>
    /// A code the item does not have is missing, and so is a blank, also where the instrument gives blanks a meaning: that is a rule
    /// of scoring, not an answer.
    /// </remarks>
    public static ItemMatrix FromAnswers(AnswerBlock answers, string score)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(score);
        return FromAnswers(answers, ScoreKey.Of(answers.Instrument, score));
    }

    /// <summary>Takes the answers to all scored items with options as they were given: stored codes in the order of the questionnaire, no item turned round.</summary>
    /// <param name="answers">The people of the block, in order. Copied.</param>
    /// <remarks>For what looks at how somebody answered, such as runs of one answer. A code the item does not have is missing.</remarks>
    public static ItemMatrix FromStoredAnswers(AnswerBlock answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var instrument = answers.Instrument;
        int[] items = [.. Enumerable.Range(0, instrument.Items.Count).Where(i => !instrument.Items[i].Unscored && instrument.ResponsesOf(i) is OptionSet)];
        var columns = new ItemColumn[items.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            var options = ((OptionSet)instrument.ResponsesOf(items[i])).Options;
            var table = new byte[256];
            Array.Fill(table, ItemColumn.Missing);
            foreach (var option in options)
            {
                table[option.Code] = (byte)option.Code;
            }

            columns[i] = ItemColumn.OwnCodes(Translate(answers, items[i], table), 0, options.Min(o => o.Code), options.Max(o => o.Code));
        }

        return new ItemMatrix([.. items.Select(i => instrument.Items[i].Id)], columns, answers.Count);
    }

    /// <summary>Takes scores as if they were items, for example the subscales of an instrument.</summary>
    /// <param name="scores">The people of the block, in order. Copied; a score without a value is NaN.</param>
    /// <param name="ids">Ids of the scores.</param>
    /// <exception cref="ArgumentException">The instrument has no such score.</exception>
    public static ItemMatrix FromScores(ScoreBlock scores, IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(ids);
        var columns = new ItemColumn[ids.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var score = ScoreKey.IndexOf(scores.Instrument, ids[i]);
            var range = scores.Instrument.Scores[score].Range;
            columns[i] = ItemColumn.Create(ids[i], scores.Values(score), range.Min.ToDouble(), range.Max.ToDouble());
        }

        return new ItemMatrix([.. ids], columns, scores.Count);
    }

    /// <summary>Puts the people of several matrices one after another.</summary>
    /// <exception cref="ArgumentException">There is no matrix, or they have other items or ranges.</exception>
    public static ItemMatrix Concat(IReadOnlyList<ItemMatrix> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
        {
            throw new ArgumentException("There is nothing to put together. Pass at least one matrix.", nameof(parts));
        }

        var first = parts[0];
        var persons = parts.Sum(p => p.PersonCount);
        var columns = new ItemColumn[first.ItemCount];
        var values = new double[persons];
        for (var item = 0; item < columns.Length; item++)
        {
            var start = 0;
            foreach (var part in parts)
            {
                if (!part.ItemIds.SequenceEqual(first.ItemIds) || !part.Minimum(item).Equals(first.Minimum(item)) || !part.Maximum(item).Equals(first.Maximum(item)))
                {
                    throw new ArgumentException("The matrices have different items or ranges. Put the same items in the same order.", nameof(parts));
                }

                for (var person = 0; person < part.PersonCount; person++)
                {
                    values[start++] = part[person, item];
                }
            }

            columns[item] = ItemColumn.Create(first.ItemIds[item], values, first.Minimum(item), first.Maximum(item));
        }

        return new ItemMatrix(first.ItemIds, columns, persons);
    }

    /// <summary>Lowest possible value of an item; NaN when none was declared. Never read off the answers.</summary>
    public double Minimum(int item) => _columns[item].Minimum;

    /// <summary>Highest possible value of an item; NaN when none was declared.</summary>
    public double Maximum(int item) => _columns[item].Maximum;

    /// <summary>Position of an item, or -1.</summary>
    public int IndexOf(string itemId) => _index.GetValueOrDefault(itemId, -1);

    /// <summary>Whether a person answered every item.</summary>
    public bool IsComplete(int person) => Array.TrueForAll(_columns, c => !c.IsMissing(person));

    /// <summary>A copy of one column, NaN where there is no answer.</summary>
    public double[] Column(int item) => _columns[item].ToArray();

    /// <summary>Sums over all items, by person; NaN for a person who left one out.</summary>
    public double[] SumScores()
    {
        var sums = new double[PersonCount];
        foreach (var column in _columns)
        {
            for (var person = 0; person < sums.Length; person++)
            {
                sums[person] += column[person];
            }
        }

        return sums;
    }

    /// <summary>The values that occur among the answers to an item, lowest first, with their frequencies.</summary>
    public IReadOnlyList<ItemCategory> Categories(int item)
    {
        var counts = new SortedDictionary<double, long>();
        var column = _columns[item];
        for (var person = 0; person < PersonCount; person++)
        {
            if (!column.IsMissing(person))
            {
                var value = column[person];
                counts[value] = counts.GetValueOrDefault(value) + 1;
            }
        }

        return [.. counts.Select(c => new ItemCategory(c.Key, c.Value))];
    }

    /// <summary>The matrix with some items turned round: <c>minimum + maximum - value</c>, by the declared range.</summary>
    /// <exception cref="ArgumentException">There is no such item, or its range was not declared.</exception>
    public ItemMatrix Reverse(IEnumerable<string> itemIds)
    {
        ArgumentNullException.ThrowIfNull(itemIds);
        var columns = (ItemColumn[])_columns.Clone();
        foreach (var id in itemIds)
        {
            var item = Find(id);
            if (double.IsNaN(columns[item].Minimum) || double.IsNaN(columns[item].Maximum))
            {
                throw new ArgumentException($"Item '{id}' has no declared range. Give the lowest and highest possible value: the answers do not show them.", nameof(itemIds));
            }

            columns[item] = columns[item].Reverse(columns[item].Minimum, columns[item].Maximum);
        }

        return new ItemMatrix(ItemIds, columns, PersonCount);
    }

    /// <summary>The matrix of some items, in the order given; answers are shared, not copied.</summary>
    /// <exception cref="ArgumentException">There is no such item, or one is named twice.</exception>
    public ItemMatrix WithItems(IReadOnlyList<string> itemIds)
    {
        ArgumentNullException.ThrowIfNull(itemIds);
        return new ItemMatrix([.. itemIds], [.. itemIds.Select(id => _columns[Find(id)])], PersonCount);
    }

    /// <summary>The matrix of some people, by position, in the order given; a position may come more than once (bootstrap).</summary>
    public ItemMatrix WithPersons(ReadOnlySpan<int> persons)
    {
        var columns = new ItemColumn[ItemCount];
        for (var item = 0; item < columns.Length; item++)
        {
            columns[item] = _columns[item].WithPersons(persons);
        }

        return new ItemMatrix(ItemIds, columns, persons.Length);
    }

    /// <summary>The matrix of the people who answered every item.</summary>
    public ItemMatrix CompleteCases() => WithPersons([.. Enumerable.Range(0, PersonCount).Where(IsComplete)]);

    /// <summary>One matrix per group, groups in ordinal order.</summary>
    /// <param name="groups">The group of each person; people with <see langword="null"/> or empty text are in none.</param>
    /// <exception cref="ArgumentException">There is not one group per person.</exception>
    public IReadOnlyList<KeyValuePair<string, ItemMatrix>> GroupBy(IReadOnlyList<string?> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count != PersonCount)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {PersonCount} people but {groups.Count} groups were given. Pass one per person, null for none."), nameof(groups));
        }

        return
        [
            .. Enumerable.Range(0, PersonCount)
                .Where(person => !string.IsNullOrEmpty(groups[person]))
                .GroupBy(person => groups[person]!, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, WithPersons([.. group]))),
        ];
    }

    /// <summary>Exact sums and cross products, in one pass.</summary>
    /// <exception cref="InvalidOperationException">An answer is not a whole number (see <see cref="IsWhole"/>).</exception>
    public ItemMoments ToMoments() => ItemMoments.Of(this);

    /// <summary>
    /// Means and covariances (divisor n − 1). Whole answers: by <see cref="ToMoments"/>, rounded once. Others: two passes, each item
    /// about its own mean, people in order.
    /// </summary>
    public CovarianceMatrix Covariances(MissingTreatment missing = MissingTreatment.Listwise) => IsWhole ? ToMoments().Covariances(missing) : CovarianceMatrix.OfValues(this, missing);

    /// <summary>Number of people and items; no answer.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PersonCount} people x {ItemCount} items");

    /// <summary>Takes the answers to some items, each keyed in its own way.</summary>
    internal static ItemMatrix FromAnswers(AnswerBlock answers, IReadOnlyList<ScoreKey> keys) => new(
        [.. keys.Select(k => answers.Instrument.Items[k.Item].Id)],
        [.. keys.Select(k => ItemColumn.OwnCodes(Translate(answers, k.Item, k.Table()), k.Lowest, k.Lowest, k.Highest))],
        answers.Count);

    /// <summary>Takes columns of values whose ranges differ.</summary>
    internal static ItemMatrix FromColumns(IReadOnlyList<string> itemIds, IReadOnlyList<double[]> columns, double[] minima, double[] maxima)
    {
        CheckCount(itemIds.Count, columns.Count);
        var persons = columns.Count == 0 ? 0 : columns[0].Length;
        var created = new ItemColumn[columns.Count];
        for (var item = 0; item < created.Length; item++)
        {
            CheckRange(minima[item], maxima[item]);
            CheckLength(itemIds[item], columns[item].Length, persons);
            created[item] = ItemColumn.Create(itemIds[item], columns[item], minima[item], maxima[item]);
        }

        return new ItemMatrix([.. itemIds], created, persons);
    }

    private static byte[] Translate(AnswerBlock answers, int item, byte[] table)
    {
        var stored = answers.Codes(item)[..answers.Count];
        var codes = new byte[stored.Length];
        for (var person = 0; person < codes.Length; person++)
        {
            codes[person] = table[stored[person]];
        }

        return codes;
    }

    private int Find(string id) => id is not null && _index.TryGetValue(id, out var item) ? item
        : throw new ArgumentException($"There is no item '{id}'. There are: {string.Join(", ", ItemIds)}.", nameof(id));

    private static void CheckRange(double minimum, double maximum)
    {
        if (minimum >= maximum || double.IsInfinity(minimum) || double.IsInfinity(maximum))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The range {minimum} to {maximum} has no width. Give the lowest and the highest possible value of the items."), nameof(maximum));
        }
    }

    private static void CheckCount(int ids, int columns)
    {
        if (ids != columns)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {ids} item ids but {columns} columns. Pass one id per column."), nameof(columns));
        }
    }

    private static void CheckLength(string id, int length, int persons)
    {
        if (length != persons)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Item '{id}' has {length} answers, the first item {persons}. Pass one per person, NaN where there is none."), nameof(length));
        }
    }
}

"""Made-up people who answer every definition that SQL can express: seeded, low, high and mixed, with blanks and wrong cells."""
import random
from dataclasses import dataclass
from pathlib import Path

import check_sql
from definition_sql import DefinitionSql, NotExpressed, select

MOST_COLUMNS = 900


@dataclass
class Part:
    """The definitions whose items fit into one file, and that file."""

    number: int
    definitions: list
    answers: Path

    def sql(self, theirs):
        """Scores each instrument by itself, because DuckDB keeps room for every part of every expression, and compares it with a file of xinheng."""
        read = f"read_csv('{self.answers}', header=true, delim=',', quote='', escape='', all_varchar=true)"
        statements = f"SET threads = 2;\nSET memory_limit = '4GB';\nCREATE TABLE answers AS SELECT * FROM {read};\n" + check_sql.read(theirs, "person")
        for definition in self.definitions:
            cells = ", ".join(definition.encoded(i, f'"{definition.column(i)}"') for i in definition.ids)
            values = ", ".join(f'{e} AS "{c}", {known} AS "known_{c}"' for c, (e, known) in definition.columns.items())
            source = select([definition], f"(SELECT person, TRY_CAST(age AS INTEGER) AS age, sex, {cells} FROM answers)")
            statements += f"CREATE OR REPLACE TABLE o AS SELECT person, {values} FROM {source};\n"
            statements += check_sql.compare({column: f'a."known_{column}"' for column in definition.columns})
        return statements


def parts(scales, people, folder):
    """The files, one after the other; says which definitions have none and why."""
    definitions, size, number = [], 0, 0
    for path in sorted(Path(scales).glob("*/instrument.json")):
        try:
            definition = DefinitionSql(path)
        except NotExpressed as why:
            print(f"not in SQL: {path.parent.name}, for {why}")
            continue
        if size + len(definition.ids) > MOST_COLUMNS:
            yield Part(number, definitions, _answers(definitions, people, Path(folder) / f"answers-{number}.csv", number))
            definitions, size, number = [], 0, number + 1
        definitions.append(definition)
        size += len(definition.ids)
    yield Part(number, definitions, _answers(definitions, people, Path(folder) / f"answers-{number}.csv", number))


def _answers(definitions, people, path, seed):
    source = random.Random(20261125 + seed)
    columns = [list(map(str, range(1, people + 1))), source.choices(["", *map(str, range(5, 90))], k=people), source.choices(["", "female", "male"], k=people)]
    names = ["person", "age", "sex"]
    for definition in definitions:
        # How far a person leans to the high codes, how many blanks and wrong cells it leaves: one of 64 manners per instrument.
        manners = source.choices(range(64), k=people)
        tables = {}
        for item in definition.ids:
            codes = sorted(definition.codes(item))
            table = tables.get(tuple(codes))
            if table is None:
                table = tables[tuple(codes)] = [_manner(codes, lean, blanks) for lean in range(8) for blanks in range(8)]
            columns.append([table[m][b] for m, b in zip(manners, source.randbytes(people))])
            names.append(definition.column(item))
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(names) + "\n")
        for row in zip(*columns):
            file.write(",".join(row) + "\n")
    return path


def _manner(codes, lean, blanks):
    """What each of 256 equally likely bytes writes."""
    share = lean / 7
    power = 4 ** (1 - 2 * share)
    cells = [str(codes[int(len(codes) * (i / 256) ** power)]) for i in range(256)]
    if lean in (0, 7):
        cells = [str(codes[0 if lean == 0 else -1])] * 250 + cells[::43][:6]
    for i in range((0, 0, 0, 3, 10, 30, 110, 2)[blanks]):
        cells[(i * 97 + 11) % 256] = ""
    if blanks == 7:
        cells[128], cells[64] = "x", "240"
    return cells

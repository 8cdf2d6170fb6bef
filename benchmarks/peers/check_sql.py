"""SQL that compares a table 'o' with what xinheng wrote, cell by cell; selects column, cells compared, cells that differ."""


def read(theirs, key):
    """The file of xinheng as the table 'theirs', with its people in 'person'."""
    rename = f'ALTER TABLE theirs RENAME COLUMN "{key}" TO person;\n' if key != "person" else ""
    return f"CREATE TABLE theirs AS SELECT * FROM read_csv('{theirs}', header=true, delim=',', all_varchar=true, quote='\"');\n" + rename


def is_number(column):
    return not column.endswith(("_band", "_status")) and "_critical_" not in column


def compare(columns):
    """columns: name -> where it is to be compared."""
    names = ", ".join(f"'{column}'" for column in columns)
    cells = ", ".join(f"count(*) FILTER ({known})" for known in columns.values())
    theirs = {column: f'TRY_CAST(b."{column}" AS DOUBLE)' if is_number(column) else f'b."{column}"' for column in columns}
    differences = ", ".join(f'count(*) FILTER ({known} AND a."{column}" IS DISTINCT FROM {theirs[column]})' for column, known in columns.items())
    return (
        "SELECT 'people', count(*), count(*) FILTER (a.person IS NULL OR b.person IS NULL) FROM o a FULL JOIN theirs b ON a.person = b.person;\n"
        f"SELECT unnest([{names}]), unnest([{cells}]), unnest([{differences}]) FROM o a JOIN theirs b ON a.person = b.person;\n"
    )

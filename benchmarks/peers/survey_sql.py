"""The larger work of compare.py in SQL for DuckDB: what 'xinheng survey' makes of a raw file, as far as SQL goes.

Every score, band, status and critical item of the four instruments from their definition files, rows that are cut off,
cells that cannot be read, people with several rows, the roster as of the day, ages, and the counts of all seven levels.
Not: response validity, tiers by the policy, warnings, events, the previous wave, the reasons of the quarantine.

survey_sql.py SURVEY ROSTER OUT > FILE.sql
"""
import sys
from pathlib import Path

from definition_sql import BLANK, DefinitionSql, select
from keys import PERSON

ROOT = Path(__file__).resolve().parents[2]
INSTRUMENTS = ["phq-9", "gad-7", "scl-90", "mht"]
AS_OF = "2026-11-02"
# Level -> the columns of the roster that make its path.
LEVELS = {
    "province": [], "city": ["city"], "county": ["city", "county"], "school": ["city", "county", "school"],
    "grade": ["city", "county", "school", "grade"], "class": ["city", "county", "school", "grade", "class"], "dormitory": ["city", "county", "school", "dormitory"],
}


def definitions():
    return [DefinitionSql(ROOT / "scales" / i / "instrument.json") for i in INSTRUMENTS]


def sql(survey, roster, out):
    instruments = definitions()
    items = [(d, i) for d in instruments for i in d.ids if not d.items[i].get("unscored")]
    columns = [d.column(i) for d, i in items]
    before = ["序号", "提交答卷时间", "所用时间", "来自IP", PERSON]
    typed = {**dict.fromkeys(before, "VARCHAR"), **dict.fromkeys(columns, "USMALLINT")}
    read = (f"read_csv('{survey}', header=true, delim=',', quote='', escape='', auto_detect=false, ignore_errors=true, store_rejects=true, "
            f"columns={{{', '.join(f'{c!r}: {t!r}' for c, t in typed.items())}}})")
    inside = []
    for d in instruments:
        own = [(d.column(i), d.codes(i)) for e, i in items if e is d]
        low, high = min(own[0][1]), max(own[0][1])
        assert all(sorted(codes) == list(range(low, high + 1)) for _, codes in own)
        names = ", ".join(c for c, _ in own)
        inside.append(f"coalesce(greatest({names}) <= {high} AND least({names}) >= {low}, true)")
    plain = ", ".join(f"coalesce({d.column(i)}, {BLANK}::USMALLINT)::UINTEGER AS {d.x(i)}" for d, i in items)
    odd = ", ".join(d.encoded(i, f"cells[{1 + n}]") for n, (d, i) in enumerate(items))
    scored = select(instruments, "x")
    values = ", ".join(f"{expression} AS {column}" for d in instruments for column, (expression, _) in d.columns.items())
    names = ", ".join(column for d in instruments for column in d.columns)

    def path(columns_of):
        return " || '/' || ".join(f"'{c}:' || {c}" for c in columns_of) or "'province'"

    levels = " UNION ALL ".join(
        f"SELECT '{level}' AS level, {path(own)} AS unit, count(*) AS enrolled, count(*) FILTER (consent = '是') AS consented, count(answered) AS answered "
        f"FROM members {('WHERE dormitory IS NOT NULL ' if level == 'dormitory' else '')}{('GROUP BY ' + ', '.join(own)) if own else ''}"
        for level, own in LEVELS.items())
    return f"""SET threads = 2;
SET memory_limit = '8GB';
SET preserve_insertion_order = false;
CREATE TABLE raw AS SELECT *, {' AND '.join(inside)} AS inside FROM {read};
CREATE TABLE lines AS SELECT string_split(csv_line, ',') AS cells FROM (SELECT DISTINCT line, csv_line FROM reject_errors);
CREATE TABLE odd AS
  SELECT 序号::INTEGER AS number, {PERSON} AS person, [{', '.join(f'{c}::VARCHAR' for c in columns)}] AS cells FROM raw WHERE NOT inside
  UNION ALL SELECT cells[1]::INTEGER AS number, cells[5] AS person, cells[6:] AS cells FROM lines WHERE len(cells) = {5 + len(items)};
CREATE TABLE rows AS
  SELECT 序号::INTEGER AS number, {PERSON} AS person, {plain} FROM raw WHERE inside
  UNION ALL SELECT number, person, {odd} FROM odd;
CREATE TABLE several AS SELECT person, min(number) AS first FROM rows GROUP BY person HAVING count(*) > 1;
CREATE TABLE members AS SELECT r.*, (date_part('year', age(DATE '{AS_OF}', birth_date::DATE)))::INTEGER AS years, false AS known
  FROM read_csv('{roster}', header=true, delim=',', all_varchar=true) r WHERE ("to" IS NULL OR "to"::DATE >= DATE '{AS_OF}') AND "from"::DATE <= DATE '{AS_OF}';
CREATE TABLE x AS SELECT rows.person IN (SELECT person FROM several) AS several, rows.*, members.years AS age, CASE members.sex WHEN '男' THEN 'male' WHEN '女' THEN 'female' END AS sex
  FROM rows LEFT JOIN members USING (person) WHERE NOT EXISTS (FROM several s WHERE s.person = rows.person AND s.first < rows.number);
CREATE TABLE o AS SELECT number, person, several, {values} FROM {scored};
COPY (SELECT number, person, {names} FROM o) TO '{out}.csv' (HEADER);
CREATE OR REPLACE TABLE members AS SELECT members.*, o.person AS answered FROM members LEFT JOIN o USING (person);
COPY (SELECT level, unit, enrolled, consented, answered FROM ({levels})) TO '{out}.units.csv' (HEADER);
"""


if __name__ == "__main__":
    print(sql(*sys.argv[1:]))

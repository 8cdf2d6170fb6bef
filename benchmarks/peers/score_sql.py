"""The smaller work of compare.py in SQL for DuckDB: 22 scores, a simple tier, three levels of units.

score_sql.py SURVEY ROSTER OUT > FILE.sql

Tuned: typed columns, no detection; a blank is 256 in 16 bits, so that one addition counts answers and blanks at once; the
total of MHT is the sum of its contents' packed numbers.
"""
import sys

from keys import ITEMS, KEYS, MEANS, PERSON, UNITS


def sql(survey, roster, out):
    typed = {"序号": "VARCHAR", "提交答卷时间": "VARCHAR", "所用时间": "VARCHAR", "来自IP": "VARCHAR", PERSON: "VARCHAR", **dict.fromkeys(ITEMS, "USMALLINT")}
    read = f"read_csv('{survey}', header=true, delim=',', quote='', escape='', auto_detect=false, columns={{{', '.join(f'{c!r}: {t!r}' for c, t in typed.items())}}})"
    contents = [k.score for k in KEYS if k.score.startswith("mht_") and k.score not in ("mht_total", "mht_validity_scale")]
    factors = [k.score for k in KEYS if k.kind == "mean"]

    def packed(key):
        if key.score == "mht_total":
            return "+".join(f"p_{c}" for c in contents)
        return "+".join(f"coalesce({c}, 256::USMALLINT)" for c in key.columns)

    # SCL-90 sums stay below 256 (13 items, 65), MHT below 256 (90), blanks below 256: 8 bits each.
    stage1 = ", ".join(f"{packed(k)} AS p_{k.score}" for k in KEYS if k.score != "mht_total")
    stage2 = ", ".join([f"p_{k.score}" for k in KEYS if k.score != "mht_total"] + [f"{packed(k)} AS p_mht_total" for k in KEYS if k.score == "mht_total"])

    def value(key):
        n, total, missing = len(key.columns), f"(p_{key.score} & 255)::INTEGER", f"(p_{key.score} >> 8)::INTEGER"
        if key.kind == "mean":
            result = f"{total} / {n}.0::DOUBLE"
        elif key.max_missing:
            result = f"floor({total} * {n} / ({n} - {missing})::DOUBLE + 0.5)"
        else:
            result = f"{total}::DOUBLE"
        return f"CASE WHEN p_{key.score} < {256 * (key.max_missing + 1)} THEN {result} END AS {key.score}"

    tier = f"""CASE WHEN phq9_total >= 20 OR gad7_total >= 15 OR death >= 2 THEN 3
        WHEN phq9_total >= 15 OR gad7_total >= 10 OR greatest({', '.join(factors)}) >= 3 OR mht_total >= 65 THEN 2
        WHEN phq9_total >= 10 OR greatest({', '.join(factors)}) >= 2 OR greatest({', '.join(contents)}) >= 8 THEN 1 ELSE 0 END"""
    means = ", ".join(f"avg({m}) AS mean_{m}" for m in MEANS)
    levels = ", ".join("(" + ", ".join(UNITS[:depth]) + ")" for depth in (3, 2, 1))
    return f"""SET threads = 2;
SET preserve_insertion_order = false;
CREATE TABLE o AS SELECT *, {tier} AS tier FROM (
  SELECT number, person, death, {', '.join(value(k) for k in KEYS)} FROM (
    SELECT number, person, death, {stage2} FROM (
      SELECT 序号 AS number, {PERSON} AS person, phq9_9 AS death, {stage1} FROM {read})));
COPY (SELECT number, person, {', '.join(k.score for k in KEYS)}, tier FROM o) TO '{out}.csv' (HEADER);
CREATE TABLE members AS SELECT person, {', '.join(f'any_value({u}) AS {u}' for u in UNITS)} FROM read_csv('{roster}', header=true, delim=',', all_varchar=true) GROUP BY person;
COPY (SELECT {', '.join(UNITS)}, count(*) AS answered, {means}, avg((phq9_total >= 10)::INTEGER) AS raised,
    {', '.join(f'count(*) FILTER (tier = {t}) AS tier_{t}' for t in (1, 2, 3))}
  FROM o JOIN members USING (person) GROUP BY GROUPING SETS ({levels})) TO '{out}.units.csv' (HEADER);
"""


if __name__ == "__main__":
    print(sql(*sys.argv[1:]))

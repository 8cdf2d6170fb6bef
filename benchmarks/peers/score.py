"""The smaller work of compare.py by pandas or by numpy: 22 scores, a simple tier, three levels of units.

score.py pandas|numpy SURVEY ROSTER OUT      OUT.csv and OUT.units.csv
"""
import sys
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))
from keys import ITEMS, KEYS, MEANS, PERSON, UNITS

peer, survey, roster, out = sys.argv[1:]


def by_pandas(data):
    scores = {}
    for key in KEYS:
        answers = data[key.columns]
        missing = answers.isna().sum(axis=1)
        total = answers.sum(axis=1).astype(float)
        if key.kind == "mean":
            value = total / len(key.columns)
        else:
            value = total.where(missing == 0, np.floor(total * len(key.columns) / (len(key.columns) - missing) + 0.5))
        scores[key.score] = value.where(missing <= key.max_missing)
    return pd.DataFrame(scores)


def by_numpy(data):
    """Columns of one byte, 255 = no answer, which is -1 when bytes are added; people in blocks that stay in the cache."""
    codes = {column: data[column].to_numpy() for column in ITEMS}
    people, block = len(data), 65536
    scores = {}
    for key in KEYS:
        n = len(key.columns)
        value = np.empty(people)
        for first in range(0, people, block):
            part = slice(first, first + block)
            total = np.zeros(min(block, people - first), np.uint16)
            missing = np.zeros(len(total), np.uint8)
            for column in key.columns:
                code = codes[column][part]
                total += code
                missing += code == 255
            total -= missing.astype(np.uint16) * np.uint16(255)
            if key.kind == "mean":
                result = total / n
            elif key.max_missing:
                result = np.floor(total * n / np.maximum(n - missing.astype(np.int32), 1) + 0.5)
            else:
                result = total.astype(np.float64)
            result[missing > key.max_missing] = np.nan
            value[part] = result
        scores[key.score] = value
    return pd.DataFrame(scores)


if peer == "pandas":
    data = pd.read_csv(survey, usecols=["序号", PERSON, *ITEMS], dtype={PERSON: str, **dict.fromkeys(ITEMS, np.float32)})
    result = by_pandas(data)
    death = data["phq9_9"] >= 2
else:
    # 255 in place of a blank, column by column as the file is read, keeps the answers in bytes.
    data = pd.read_csv(survey, usecols=["序号", PERSON, *ITEMS], dtype={PERSON: str, **dict.fromkeys(ITEMS, np.float32)})
    data[ITEMS] = data[ITEMS].fillna(255).astype(np.uint8)
    result = by_numpy(data)
    death = data["phq9_9"].between(2, 3)

factors = result[[key.score for key in KEYS if key.kind == "mean"]].max(axis=1)
contents = result[[key.score for key in KEYS if key.score.startswith("mht_") and key.score not in ("mht_total", "mht_validity_scale")]].max(axis=1)
phq9, gad7, mht = result["phq9_total"], result["gad7_total"], result["mht_total"]
result["tier"] = np.select(
    [
        (phq9 >= 20) | (gad7 >= 15) | death,
        (phq9 >= 15) | (gad7 >= 10) | (factors >= 3) | (mht >= 65),
        (phq9 >= 10) | (factors >= 2) | (contents >= 8),
    ],
    [3, 2, 1],
    0,
)
result.insert(0, "number", data["序号"])
result.insert(1, "person", data[PERSON])
result.to_csv(f"{out}.csv", index=False)

members = pd.read_csv(roster, usecols=["person", *UNITS], dtype=str).drop_duplicates("person")
joined = result.merge(members, on="person")
joined["raised"] = (joined["phq9_total"] >= 10).astype(float).where(joined["phq9_total"].notna())
for tier in (1, 2, 3):
    joined[f"tier_{tier}"] = joined["tier"] == tier
tables = []
for depth in (3, 2, 1):
    table = joined.groupby(UNITS[:depth]).agg(
        answered=("tier", "size"), **{f"mean_{s}": (s, "mean") for s in MEANS}, raised=("raised", "mean"),
        **{f"tier_{t}": (f"tier_{t}", "sum") for t in (1, 2, 3)})
    tables.append(table.reset_index())
units = pd.concat(tables)
units[[*UNITS, *[c for c in units.columns if c not in UNITS]]].to_csv(f"{out}.units.csv", index=False)

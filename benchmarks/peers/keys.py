"""The 22 scores of the smaller work, from keys.csv, which was typed from the published keys and not from the definitions."""
import csv
from collections import namedtuple
from pathlib import Path

Key = namedtuple("Key", "score kind max_missing columns")
PERSON = "学号"
UNITS = ["school", "grade", "class"]
MEANS = ["phq9_total", "gad7_total", "mht_total"]
SIZES = {"phq9": 9, "gad7": 7, "scl90": 90, "mht": 100}
ITEMS = [f"{prefix}_{item}" for prefix, size in SIZES.items() for item in range(1, size + 1)]


def _columns(prefix, items):
    for entry in items.split():
        first, _, last = entry.partition("-")
        for item in range(int(first), int(last or first) + 1):
            yield f"{prefix}_{item}"


with open(Path(__file__).parent / "keys.csv", encoding="utf-8") as file:
    KEYS = [Key(row["score"], row["kind"], int(row["max_missing"]), list(_columns(row["prefix"], row["items"]))) for row in csv.DictReader(file)]

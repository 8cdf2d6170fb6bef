"""A survey file that a plain reader can read: clean.py SURVEY CLEAN

Cells that are no code of their item are emptied, rows with too few cells and second rows of a person are left out. The
peers get this file for the smaller work, so that none of them is slowed down by what it has no word for.
"""
import re
import sys

from keys import SIZES

CODES = {"phq9": "0-3", "gad7": "0-3", "scl90": "1-5", "mht": "01"}
PLAIN = re.compile(("[^,]*" + ",[^,]*" * 4 + "".join(f"(?:,[{CODES[p]}]?){{{n}}}" for p, n in SIZES.items()) + "\n").encode())
CELLS = [re.compile(f"[{CODES[p]}]?".encode()) for p, n in SIZES.items() for _ in range(n)]


def clean(survey, target):
    seen = set()
    with open(survey, "rb") as source, open(target, "wb") as out:
        out.write(source.readline())
        for line in source:
            cells = line.split(b",", 5)
            if not PLAIN.fullmatch(line):
                cells = line.rstrip(b"\r\n").split(b",")
                if len(cells) != 5 + len(CELLS):
                    continue
                line = b",".join(cells[:5] + [c if p.fullmatch(c) else b"" for c, p in zip(cells[5:], CELLS)]) + b"\n"
            if cells[4] not in seen:
                seen.add(cells[4])
                out.write(line)


if __name__ == "__main__":
    clean(*sys.argv[1:])

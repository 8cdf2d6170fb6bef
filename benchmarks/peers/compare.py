#!/usr/bin/env python3
"""Compares xinheng with other tools on the same files: first whether they give the same answers, then how long they take.

compare.py check [--students 20000] [--people 20000]      every peer that is here, cell by cell; exit 1 on a difference
compare.py time  [--students 100000] [--rounds 5] [--only REGEX] [--minutes 12] [--results FOLDER]

Python 3 alone runs it; peers that are not here are named with the package that brings them. See ../README.md.
"""
import argparse
import csv
import datetime
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import check_sql
import clean
import definition_answers
import keys
import score_sql
import survey_sql

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ARTIFACTS = ROOT / "artifacts" / "bin"
XINHENG = ARTIFACTS / "Xinheng.Cli" / "release" / "Xinheng.Cli.dll"
DONE = (0, 1, 4)  # done; done with problems that are listed; done with people to speak with today
INSTRUMENTS = ",".join(survey_sql.INSTRUMENTS)


def peers_dll():
    found = sorted(ARTIFACTS.glob("Xinheng.Peers/release*/Xinheng.Peers.dll"))
    return found[0] if found else None


def imports(python, module):
    return subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


class Tools:
    """What is here to be compared with; says once what is missing and what brings it."""

    def __init__(self):
        if not XINHENG.exists():
            sys.exit(f"{XINHENG.relative_to(ROOT)} is missing: dotnet build -c Release src/Xinheng.Cli")
        self.missing = []
        self.peers = peers_dll()
        if not self.peers:
            self.missing.append("DuckDB, Sylvan, CsvHelper, LINQ, MathNet, ML.NET: dotnet build -c Release benchmarks/Xinheng.Peers (NuGet)")
        self.python = next((p for p in dict.fromkeys([sys.executable, "/usr/bin/python3"]) if os.path.exists(p) and imports(p, "pandas")), None)
        if not self.python:
            self.missing.append("pandas, numpy: apt-get install python3-pandas")
        self.r = {}
        for package in ("data.table", "psych"):
            if shutil.which("Rscript") and subprocess.run(["Rscript", "-e", f"library({package})"], capture_output=True, check=False).returncode == 0:
                self.r[package] = True
            else:
                self.missing.append(f"{package}: apt-get install r-base-core r-cran-{package}")
        for line in self.missing:
            print(f"Not here: {line}")

    def versions(self):
        def first(command, pattern):
            text = subprocess.run(command, capture_output=True, text=True, check=False)
            match = re.search(pattern, text.stdout + text.stderr)
            return match.group(1) if match else None

        packages = (ROOT / "Directory.Packages.props").read_text(encoding="utf-8")
        versions = {name: re.search(rf'Include="{re.escape(name)}" Version="([^"]+)"', packages).group(1)
                    for name in ("DuckDB.NET.Data.Full", "Sylvan.Data.Csv", "CsvHelper", "MathNet.Numerics", "Microsoft.ML")} if self.peers else {}
        versions["dotnet"] = first(["dotnet", "--version"], r"(\S+)")
        if self.python:
            versions["python"], versions["pandas"], versions["numpy"] = first(
                [self.python, "-c", "import sys, pandas, numpy; print(sys.version.split()[0], pandas.__version__, numpy.__version__, sep='|')"], r"(\S+)").split("|")
        if self.r:
            versions["R"] = first(["Rscript", "--version"], r"version (\S+)")
            for package in self.r:
                versions[package] = first(["Rscript", "-e", f"cat(format(packageVersion('{package}')))"], r"(\S+)")
        return versions


class Data:
    """The synthetic province of so many students, made once, and the file that a plain reader can read."""

    def __init__(self, students):
        self.folder = ROOT / "artifacts" / "peers" / str(students)
        self.survey, self.roster, self.clean = self.folder / "survey.csv", self.folder / "roster.csv", self.folder / "clean.csv"
        if not self.clean.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(["dotnet", XINHENG, "demo", "--students", str(students), "--seed", "2026", "--out", self.folder], check=True, stdout=subprocess.DEVNULL)
            part = self.folder / "clean.part"
            clean.clean(self.survey, part)
            part.rename(self.clean)


def commands(tools, data, out):
    """Peer -> (work, command, least number of students for which it is worth the time)."""
    table = {
        "xinheng score": ("scores", ["dotnet", XINHENG, "score", data.clean, "--scales", INSTRUMENTS, "--id", keys.PERSON, "--out", out / "xinheng.csv"]),
        "xinheng survey, clean file": ("scores", ["dotnet", XINHENG, "survey", data.clean, "--battery", data.folder / "battery.json", "--roster", data.roster, "--out", out / "xinheng-clean"]),
        "xinheng survey": ("survey", ["dotnet", XINHENG, "survey", data.survey, "--battery", data.folder / "battery.json", "--roster", data.roster, "--events", data.folder / "events.csv", "--out", out / "xinheng-survey"]),
    }
    if tools.peers:
        table["DuckDB"] = ("scores", ["dotnet", tools.peers, "duckdb", write(out / "duckdb.sql", score_sql.sql(data.clean, data.roster, out / "duckdb"))])
        table["DuckDB survey"] = ("survey", ["dotnet", tools.peers, "duckdb", write(out / "survey.sql", survey_sql.sql(data.survey, data.roster, out / "duckdb-survey"))])
    if "data.table" in tools.r:
        table["data.table"] = ("scores", ["Rscript", HERE / "score.R", "data.table", data.clean, data.roster, out / "data.table"])
    if tools.python:
        for peer in ("pandas", "numpy"):
            table[peer] = ("scores", [tools.python, HERE / "score.py", peer, data.clean, data.roster, out / peer])
    if "psych" in tools.r and "data.table" in tools.r:
        table["psych"] = ("scores", ["Rscript", HERE / "score.R", "psych", data.clean, data.roster, out / "psych"])
    if tools.peers:
        for peer in ("sylvan", "csvhelper", "linq", "mathnet", "mlnet"):
            table[peer] = ("scores", ["dotnet", tools.peers, peer, HERE / "keys.csv", data.clean, data.roster, out / peer])
    return table


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


# Answers


def read(path, key):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {row[key] if isinstance(key, str) else tuple(row[k] for k in key): row for row in csv.DictReader(file)}


def differs(a, b):
    """Numbers are the same within 1e-12 of their size: data.table writes 15 digits."""
    if a in ("", "NA") or b in ("", "NA"):
        return (a in ("", "NA")) != (b in ("", "NA"))
    return not math.isclose(float(a), float(b), rel_tol=1e-12, abs_tol=1e-12)


def check_scores(tools, data, out):
    """Scores against xinheng's; tiers and units, which xinheng decides by another policy, of the peers against each other."""
    bad, first = 0, None
    table = commands(tools, data, out)
    run(table["xinheng score"][1])
    theirs = read(out / "xinheng.csv", "序号")
    for peer, (work, command) in table.items():
        if work != "scores" or peer.startswith("xinheng"):
            continue
        run(command)
        name = "duckdb" if peer == "DuckDB" else peer
        ours, units = read(out / f"{name}.csv", "number"), read(out / f"{name}.units.csv", keys.UNITS)
        wrong = len(ours.keys() ^ theirs.keys())
        cells = 0
        for number in ours.keys() & theirs.keys():
            for key in keys.KEYS:
                cells += 1
                wrong += differs(ours[number][key.score], theirs[number][key.score])
        first = first or (peer, ours, units)
        tiers = sum(ours[n]["tier"] != first[1][n]["tier"] for n in ours.keys() & first[1].keys())
        wrong_units = len(units.keys() ^ first[2].keys()) + sum(
            differs(units[u][c], first[2][u][c]) for u in units.keys() & first[2].keys() for c in units[u] if c not in keys.UNITS)
        print(f"{peer}: {len(ours):,} people, {cells:,} scores, {wrong} differ from xinheng; {tiers} tiers and {wrong_units} cells of {len(units):,} units differ from {first[0]}", flush=True)
        bad += wrong + tiers + wrong_units
    return bad


def check_survey(tools, data, out):
    table = commands(tools, data, out)
    run(table["xinheng survey"][1])
    columns = {}
    for definition in survey_sql.definitions():
        for column in definition.columns:
            # Of people with several rows, xinheng keeps the gravest critical answer of all of them.
            columns[column] = "NOT a.several" if "_critical_" in column else "true"
    sql = (out / "survey.sql").read_text(encoding="utf-8") + check_sql.read(out / "xinheng-survey" / "scores.csv", keys.PERSON) + check_sql.compare(columns)
    bad = compared(tools, write(out / "check-survey.sql", sql), "the raw file in SQL")
    ours, theirs = read(out / "duckdb-survey.units.csv", ["level", "unit"]), read(out / "xinheng-survey" / "units.csv", ["level", "unit"])
    wrong = len(ours.keys() ^ theirs.keys()) + sum(ours[u][c] != theirs[u][c] for u in ours.keys() & theirs.keys() for c in ("enrolled", "consented", "answered"))
    print(f"the units in SQL: {len(ours):,} of all levels, {wrong} of enrolled, consented, answered differ from xinheng", flush=True)
    return bad + wrong


def check_definitions(tools, people, out):
    """Every definition that SQL can express, on made-up people who answer all of them."""
    bad = 0
    for part in definition_answers.parts(ROOT / "scales", people, out):
        target = out / f"all-{part.number}.csv"
        run(["dotnet", XINHENG, "score", part.answers, "--scales", ",".join(d.id for d in part.definitions), "--id", "person", "--out", target])
        bad += compared(tools, write(out / f"all-{part.number}.sql", part.sql(target)), f"definitions {part.definitions[0].id} to {part.definitions[-1].id} in SQL")
    return bad


def compared(tools, sql, what):
    lines = [line.split("\t") for line in run(["dotnet", tools.peers, "duckdb", sql]).splitlines()]
    rows = [(name, int(cells), int(wrong)) for name, cells, wrong in lines]
    for name, cells, wrong in rows:
        if wrong or not cells:
            print(f"  {name}: {wrong:,} of {cells:,} differ")
    columns = [row for row in rows if row[0] != "people"]
    print(f"{what}: {len(columns)} columns, {sum(c for _, c, _ in columns):,} cells, {sum(w for *_, w in rows)} differ from xinheng", flush=True)
    # A column that was never compared shows nothing.
    return sum(w for *_, w in rows) + sum(not c for _, c, _ in rows)


def clear(command):
    """xinheng survey writes into no folder that is there."""
    if "survey" in command and "--out" in command:
        shutil.rmtree(command[command.index("--out") + 1], ignore_errors=True)


def run(command):
    clear(command)
    done = subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode not in (DONE if str(XINHENG) in map(str, command) else (0,)):
        sys.exit(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


# Time


def busy():
    """Processor seconds that the machine has worked since it started."""
    with open("/proc/stat", encoding="ascii") as file:
        ticks = [int(x) for x in file.readline().split()[1:9]]
    return (sum(ticks[:3]) + sum(ticks[5:8])) / os.sysconf("SC_CLK_TCK")


def wait_for_quiet(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        before = busy()
        time.sleep(0.5)
        if busy() - before < 0.1:
            return


def measure(command):
    clear(command)
    wait_for_quiet(3)
    before, start = busy(), time.monotonic()
    process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in DONE:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}")
    cpu = used.ru_utime + used.ru_stime
    return {"wall_s": round(wall, 3), "cpu_s": round(cpu, 3), "rss_mb": round(used.ru_maxrss / 1024), "others_cores": round(max(0.0, (busy() - before - cpu) / wall), 2)}


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown")
    with open("/proc/meminfo", encoding="ascii") as file:
        memory = int(file.readline().split()[1]) // (1024 * 1024)
    return {"cpu": model, "processors": os.cpu_count(), "memory_gib": memory}


def folder_of(cpu):
    return re.sub(r"[^a-z0-9]+", "-", cpu.lower()).strip("-")


def head():
    done = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def take_times(tools, arguments):
    info = machine()
    folder = Path(arguments.results) if arguments.results else ROOT / "benchmarks" / "results" / folder_of(info["cpu"])
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"compare-{arguments.students}.jsonl"
    run_of = {"kind": "run", "commit": head(), "date": datetime.date.today().isoformat(), "students": arguments.students, **info, "versions": tools.versions()}
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    # Times of another commit or other versions are begun anew; of the same, the run goes on where it was broken off.
    same = lines and all(lines[0].get(k) == v for k, v in run_of.items() if k != "date")
    if not same:
        lines = [run_of]
        file.write_text(json.dumps(run_of) + "\n", encoding="utf-8")
    done = {(line["peer"], line["round"]) for line in lines if line["kind"] == "time"}
    data = Data(arguments.students)
    end = time.monotonic() + 60 * arguments.minutes
    with tempfile.TemporaryDirectory(dir=ROOT / "artifacts" / "peers") as out:
        table = {peer: entry for peer, entry in commands(tools, data, Path(out)).items() if re.search(arguments.only, peer)}
        for number in range(arguments.rounds):
            for peer, (work, command) in table.items():
                if (peer, number) in done:
                    continue
                # The first round is always finished: every peer has at least one time.
                if number > 0 and time.monotonic() > end:
                    continue
                line = {"kind": "time", "peer": peer, "work": work, "round": number, **measure(command)}
                lines.append(line)
                with open(file, "a", encoding="utf-8") as log:
                    log.write(json.dumps(line) + "\n")
                print(f"{number + 1}/{arguments.rounds} {peer:28} {line['wall_s']:9.2f} s {line['cpu_s']:9.2f} cpu-s {line['rss_mb']:6} MB  others {line['others_cores']:.2f}", flush=True)
    for line in summary(lines):
        print(f"{line['work']:8} {line['peer']:28} {line['wall_s']:9.2f} s  {line['ratio']:6.1f}x  {line['cpu_s']:9.2f} cpu-s  {line['cpu_ratio']:6.1f}x  {line['rss_mb']:6} MB  n={line['rounds']}  others {line['others_cores']:.2f}")
    print(file)


BASELINE = {"scores": "xinheng score", "survey": "xinheng survey"}


def summary(lines):
    """Medians of each peer, and how many times those of xinheng at the same work."""
    times = {}
    for line in lines:
        if line["kind"] == "time":
            times.setdefault((line["work"], line["peer"]), []).append(line)
    medians = {key: {what: statistics.median(t[what] for t in of) for what in ("wall_s", "cpu_s", "rss_mb", "others_cores")} for key, of in times.items()}
    result = []
    for (work, peer), median in medians.items():
        base = medians.get((work, BASELINE[work]))
        if base:
            result.append({"work": work, "peer": peer, "rounds": len(times[work, peer]), "ratio": median["wall_s"] / base["wall_s"], "cpu_ratio": median["cpu_s"] / base["cpu_s"], **median})
    return sorted(result, key=lambda line: (line["work"], line["cpu_s"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    check = verbs.add_parser("check")
    check.add_argument("--students", type=int, default=20_000)
    check.add_argument("--people", type=int, default=20_000, help="people who answer all definitions")
    timed = verbs.add_parser("time")
    timed.add_argument("--students", type=int, default=100_000)
    timed.add_argument("--rounds", type=int, default=5)
    timed.add_argument("--minutes", type=float, default=12, help="no round is begun after so long")
    timed.add_argument("--only", default="", help="peers whose names match")
    timed.add_argument("--results", default="", help="folder of the results; benchmarks/results/<cpu> by default")
    arguments = parser.parse_args()
    tools = Tools()
    if arguments.verb == "time":
        take_times(tools, arguments)
        return
    data = Data(arguments.students)
    with tempfile.TemporaryDirectory(dir=ROOT / "artifacts" / "peers") as out:
        bad = check_scores(tools, data, Path(out))
        if tools.peers:
            bad += check_survey(tools, data, Path(out)) + check_definitions(tools, arguments.people, Path(out))
    if bad:
        sys.exit(f"{bad} differences")
    print("All the same.")


if __name__ == "__main__":
    main()

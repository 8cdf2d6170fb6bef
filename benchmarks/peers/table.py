#!/usr/bin/env python3
"""Writes the tables of README.md and README.zh-CN.md from benchmarks/results; table.py --check says whether they are as written."""
import json
import sys
from pathlib import Path

from compare import ROOT, summary

START, END = "<!-- performance: written by python3 benchmarks/peers/table.py -->", "<!-- end of performance -->"
# More than this of a processor taken by others makes a run one to be repeated.
QUIET = 0.2
TEXT = {
    "README.md": {
        "head": ["work", "tool", "time", "× xinheng", "processor time", "× xinheng", "peak memory"],
        "scores": "scores", "survey": "survey",
        "run": "{cpu}, {processors} processors; {students:,} students; commit `{commit}`, {date}; medians of {rounds} interleaved rounds. {versions}.",
        "busy": " **Preliminary: other programs took {others:.1f} processors meanwhile, so compare processor times, and these to about 30 %.**",
    },
    "README.zh-CN.md": {
        "head": ["任务", "工具", "用时", "为xinheng的倍数", "处理器时间", "为xinheng的倍数", "内存峰值"],
        "scores": "计分", "survey": "测评",
        "run": "{cpu}，{processors}个处理器；学生{students:,}人；提交`{commit}`，{date}；各轮交替运行，取{rounds}轮中位数。{versions}。",
        "busy": "**初步结果：运行时其他程序占用{others:.1f}个处理器，宜比较处理器时间，其误差约30%。**",
    },
}


def tables(words):
    blocks = []
    for file in sorted((ROOT / "benchmarks" / "results").glob("*/compare-*.jsonl"), key=lambda f: (f.parent.name, -int(f.stem.split("-")[1]))):
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        run, rows = lines[0], summary(lines)
        if not rows:
            continue
        rounds = sorted({row["rounds"] for row in rows})
        caption = words["run"].format(**{k: run[k] for k in ("cpu", "processors", "students", "commit", "date")}, rounds="–".join(map(str, dict.fromkeys((rounds[0], rounds[-1])))),
                                      versions=", ".join(f"{name} {version}" for name, version in run["versions"].items() if version))
        others = max(row["others_cores"] for row in rows)
        if others > QUIET:
            caption += words["busy"].format(others=others)
        table = ["| " + " | ".join(words["head"]) + " |", "| --- | --- |" + " ---: |" * 5]
        for row in rows:
            table.append(f"| {words[row['work']]} | {row['peer']} | {row['wall_s']:.2f} s | {row['ratio']:.1f} | {row['cpu_s']:.2f} s | {row['cpu_ratio']:.1f} | {row['rss_mb']:.0f} MB |")
        blocks.append("\n".join([caption, "", *table]))
    return "\n\n".join(blocks)


def main():
    differ = []
    for name, words in TEXT.items():
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        before, _, rest = text.partition(START)
        _, end, after = rest.partition(END)
        if not end:
            sys.exit(f"{name}: the lines '{START}' and '{END}' are not there")
        new = f"{before}{START}\n\n{tables(words)}\n\n{END}{after}"
        if new != text:
            differ.append(name)
            if "--check" not in sys.argv:
                path.write_text(new, encoding="utf-8")
    if "--check" in sys.argv and differ:
        sys.exit(f"{', '.join(differ)}: the tables are not those of benchmarks/results. Run: python3 benchmarks/peers/table.py")
    print("The tables are those of benchmarks/results." if not differ else f"Written: {', '.join(differ)}")


if __name__ == "__main__":
    main()

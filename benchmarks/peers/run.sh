#!/usr/bin/env bash
# Everything that the table of the readme rests on, in about twelve minutes on a quiet machine of two processors:
# the same answers first, then a million students for the tools that can, then a hundred thousand for all.
# Broken off, it goes on where it was when it is started again on the same commit.
#   benchmarks/peers/run.sh            all
#   benchmarks/peers/run.sh essential  xinheng, DuckDB and data.table only
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
dotnet build -c Release src/Xinheng.Cli --verbosity quiet
dotnet build -c Release benchmarks/Xinheng.Peers --verbosity quiet
compare=(python3 benchmarks/peers/compare.py)
essential='^(xinheng|DuckDB|data\.table)'

# 'check' wrote this commit when all was the same.
checked=artifacts/peers/checked
if [ "$(cat $checked 2>/dev/null)" != "$(git rev-parse HEAD)" ]; then
  "${compare[@]}" check --people 2000
  git rev-parse HEAD >$checked
fi
case ${1:-all} in
  essential) "${compare[@]}" time --students 1000000 --rounds 5 --minutes 7 --only "$essential" ;;
  all)
    "${compare[@]}" time --students 1000000 --rounds 5 --minutes 5 --only "$essential"
    "${compare[@]}" time --students 100000 --rounds 5 --minutes 3
    ;;
  *) echo "run.sh [all|essential]" >&2; exit 2 ;;
esac
python3 benchmarks/peers/table.py

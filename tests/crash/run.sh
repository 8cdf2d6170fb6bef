#!/usr/bin/env bash
# Kills 'xinheng survey' at random moments, 50 times and more, 20 of them and more after its first output byte: its folder is
# absent or complete, and the next run gives the same bytes. Then a full disk. Usage: run.sh WORK PROGRAM...
set -euo pipefail
work=$1
shift
xinheng=("$@")
seed=${SEED:-$(date +%s)}
RANDOM=$((seed % 32768))
kills=50
after=20
mkdir -p "$work"
echo "seed $seed"

"${xinheng[@]}" demo --students 3000 --seed 7 --out "$work/demo" >/dev/null
survey() {
  exec "${xinheng[@]}" survey "$work/demo/survey.csv" --battery "$work/demo/battery.json" --roster "$work/demo/roster.csv" --events "$work/demo/events.csv" --threads 2 --out "$1"
}
code=0
start=$(date +%s%N)
(survey "$work/whole") >/dev/null 2>&1 || code=$?
millis=$((($(date +%s%N) - start) / 1000000))
[ "$code" -eq 0 ] || [ "$code" -eq 4 ] || { echo "The survey itself ended with $code."; exit 1; }
echo "one whole run: $millis ms"

# Whether a temporary folder of the killed run holds a byte.
has_output() { [ -n "$(find "$work" -path "$work/.out.*.part/*" -type f -size +0 -print -quit 2>/dev/null)" ]; }

done_kills=0
late=0
tries=0
while [ "$done_kills" -lt "$kills" ] || [ "$late" -lt "$after" ]; do
  tries=$((tries + 1))
  if [ "$tries" -gt 300 ]; then
    echo "Only $done_kills kills, $late after the first byte, in $tries tries."
    exit 1
  fi
  (survey "$work/out") >/dev/null 2>&1 &
  pid=$!
  if [ $((tries % 2)) -eq 0 ]; then
    # Wait for the first byte, then a little.
    for _ in $(seq 2000); do has_output && break; kill -0 "$pid" 2>/dev/null || break; sleep 0.002; done
    sleep "0.$(printf %03d $((RANDOM % 120)))"
  else
    pause=$((RANDOM % (millis + 1)))
    sleep "$((pause / 1000)).$(printf %03d $((pause % 1000)))"
  fi
  if kill -KILL "$pid" 2>/dev/null; then
    wait "$pid" 2>/dev/null && code=0 || code=$?
    if [ "$code" -eq 137 ]; then
      done_kills=$((done_kills + 1))
      if has_output || [ -e "$work/out" ]; then late=$((late + 1)); fi
    fi
  else
    wait "$pid" 2>/dev/null || true
  fi
  if [ -e "$work/out" ]; then
    diff -r "$work/whole" "$work/out" >/dev/null || { echo "Kill $done_kills left a part of a set: $work/out"; exit 1; }
    rm -rf "$work/out"
  fi
done
(survey "$work/out") >/dev/null 2>&1 || [ $? -eq 4 ]
diff -r "$work/whole" "$work/out" || { echo "The run after the kills gave other bytes."; exit 1; }
left=$(find "$work" -maxdepth 1 -name '.out.*' | wc -l)
[ "$left" -eq 0 ] || { echo "$left leftovers of killed runs stayed."; exit 1; }
echo "$done_kills kills, $late of them after the first output byte; nothing or a whole set each time, the run after them gives the same bytes and leaves nothing else"

# A full disk: a small file system in memory, where one can be mounted.
mkdir -p "$work/small"
if mount -t tmpfs -o size=256k tmpfs "$work/small" 2>/dev/null; then
  trap 'umount "$work/small"' EXIT
  code=0
  (survey "$work/small/out") >/dev/null 2>"$work/error" || code=$?
  cat "$work/error"
  [ "$code" -eq 3 ] || { echo "A full disk ended with $code, not 3."; exit 1; }
  grep -q "Nothing was written" "$work/error" || { echo "The message does not say that nothing was written."; exit 1; }
  [ -z "$(ls -A "$work/small")" ] || { echo "A full disk left something behind."; ls -A "$work/small"; exit 1; }
  echo "a full disk: exit 3, said so, nothing left"
else
  echo "no file system of its own can be mounted here: a full disk was not tried"
fi

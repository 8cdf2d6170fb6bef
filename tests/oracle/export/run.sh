#!/usr/bin/env bash
# Every shipped definition, and one that has one of each thing a definition can say, goes out as an R script and as SPSS syntax;
# made-up people are scored by these and by 'xinheng score', and every cell is compared.
#   tests/oracle/export/run.sh r|spss FOLDER      the command line must be built (dotnet build -c Release)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$here/../../..
form=$1 folder=$2
every=$root/tests/Xinheng.Tests/every-kind.json
xinheng() { dotnet "$root/artifacts/bin/Xinheng.Cli/release/Xinheng.Cli.dll" "$@"; }

if [ ! -e "$folder/scores-1.csv" ]; then
  mkdir -p "$folder"
  ids=$(for file in "$root"/scales/*/instrument.json; do basename "$(dirname "$file")"; done)
  for as in r codebook spss fhir; do
    # shellcheck disable=SC2086 # one word for each id
    xinheng scales show every-kind $ids --definitions "$every" --as $as --out "$folder"
  done
  Rscript "$here/answers.R" "$folder"
  for scales in "$folder"/scales-*.txt; do
    part=$(basename "$scales" .txt)
    part=${part#scales-}
    code=0
    # The made-up people write what no item has, so there are problems to report: codes 1 and 4.
    xinheng score "$folder/answers-$part.csv" --scales "$(cat "$scales")" --definitions "$every" --id person --out "$folder/scores-$part.csv" >"$folder/score-$part.log" 2>&1 || code=$?
    if [ $code -ne 0 ] && [ $code -ne 1 ] && [ $code -ne 4 ]; then
      cat "$folder/score-$part.log"
      exit 1
    fi
  done
fi

case $form in
  r) Rscript "$here/compare.R" "$folder" ;;
  spss) Rscript "$here/spss.R" "$folder" ;;
esac

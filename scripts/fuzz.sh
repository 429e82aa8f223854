#!/bin/sh
# Every reader of foreign bytes under libFuzzer, which keeps the inputs that reach something new and goes on from there:
#
#   scripts/fuzz.sh SECONDS [TARGET...]
#
# So many seconds a target, as many at a time as there are processors. What was learnt stays in .build/fuzz-corpus for the next run; what
# breaks a rule or the program is in .build/fuzz-found, and the command fails.
set -eu
cd "$(dirname "$0")/.."
[ $# -ge 1 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2; }
seconds=$1
shift

# Two definitions of `main`, ours and libFuzzer's: ours comes first and calls libFuzzer. Only lld takes Swift's sections for coverage.
swift build -c release --product Fuzz --scratch-path .build/fuzz -Xswiftc -sanitize=fuzzer -Xswiftc -DCOVERAGE_GUIDED \
  -Xswiftc -use-ld=lld -Xlinker -z -Xlinker muldefs
program=$PWD/.build/fuzz/release/Fuzz
ours=Tests/Programs/Fuzz/Corpus
shared=Tests/SamplesTests/Corpus
[ $# -gt 0 ] || set -- $(ls $ours)
mkdir -p .build/fuzz-found

run() {
  target=$1
  learnt=.build/fuzz-corpus/$target
  log=.build/fuzz-found/$target.log
  mkdir -p "$learnt"
  "$program" "$target" --words >".build/fuzz-corpus/$target.words"
  case $target in
    text | openmetrics) more=$shared/exposition ;;
    remote-write-1) more=$shared/remote-write ;;
    remote-write-2) more="$shared/remote-write $shared/remote-write-sent" ;;
    *) more= ;;
  esac
  if "$program" "$target" -max_total_time="$seconds" -max_len=65536 -timeout=20 -rss_limit_mb=2048 -use_value_profile=1 -print_final_stats=1 \
    -dict=".build/fuzz-corpus/$target.words" -artifact_prefix=".build/fuzz-found/$target-" "$learnt" "$ours/$target" $more >"$log" 2>&1
  then
    echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs, $(sed -n 's/.*DONE *\(cov: [0-9]*\).*/\1/p' "$log")"
  else
    echo "$target: found something:"
    tail -40 "$log"
    return 1
  fi
}

failed=0
waiting=
for target; do
  run "$target" &
  waiting="$waiting $!"
  # shellcheck disable=SC2086
  set -- $waiting
  if [ $# -ge "$(nproc)" ]; then
    wait "$1" || failed=1
    shift
    waiting="$*"
  fi
done
for process in $waiting; do wait "$process" || failed=1; done
exit $failed

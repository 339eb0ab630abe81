#!/usr/bin/env bash
# Runs every sample as a reader would (dotnet run samples/NN-name.cs) and checks what it printed, that it ended with exit code 0 and
# that no process is left behind. Prints `ok NN-name` or `not ok NN-name: why`, and at the end `N passed, N failed`.
set -euo pipefail
cd "$(dirname "$0")/.."

passed=0 failed=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() { reason=${reason:-$*}; }

# has N PATTERN: exactly N lines of the output match the pattern as a whole. has "" PATTERN: at least one does.
has() {
    local count
    count=$(grep -cxE -- "$2" "$out" || true)
    if [[ $1 == "" ]]; then [[ $count -gt 0 ]] || fail "no line matches: $2"
    else [[ $count -eq $1 ]] || fail "$count lines instead of $1 match: $2"; fi
}

only() { ! grep -vxE -- "$1" "$out" >/dev/null || fail "a line that should not be there: $(grep -vxE -m1 -- "$1" "$out")"; }
lines() { [[ $(wc -l <"$out") -eq $1 ]] || fail "$(wc -l <"$out") lines instead of $1"; }
last() { [[ $(tail -n1 "$out") =~ ^$1$ ]] || fail "the last line is not: $1"; }
number() { sed -nE "s/^$1\$/\\1/p" "$out"; }
different() { [[ $(sort -u <<<"$1" | wc -l) -eq $2 ]] || fail "not $2 different ids: ${1//$'\n'/ }"; }

# In how many columns two rows of bars are both full (byte by byte, whatever the locale).
columns_full_in_both() {
    sed -nE 's/^  (sing|dance) *\|(.*)\|$/\2/p' "$out" | sed -n "$1" | sed 's/█/F/g; s/▓/+/g; s/▒/-/g; s/░/./g' |
        awk 'NR == 1 { one = $0 } NR == 2 { for (i = 1; i <= length(one); i++) n += substr(one, i, 1) substr($0, i, 1) == "FF" } END { print n + 0 }'
}

check_01() {
    local times
    has 1 'Concurrency: .*'
    mapfile -t times < <(number '  both done after ([0-9]+) ms')
    if [[ $(nproc) -eq 1 ]]; then
        has 2 '  (sing |dance) \|[ ░▒▓█]+\|'
        has 1 'This computer has one core.*'
        return
    fi
    has 4 '  (sing |dance) \|[ ░▒▓█]+\|'
    has 1 'Parallelism: .*'
    [[ $(columns_full_in_both 1,2p) -eq 0 ]] || fail "two processes had one core at the same time"
    [[ $(columns_full_in_both 3,4p) -gt 0 ]] || fail "two processes were never at work at the same time"
    # How much faster is the machine's business: others may be using it.
    [[ ${#times[@]} -eq 2 ]] || fail "not two times: ${times[*]}"
}

check_02() { has 3 'sing\.\.\.'; has 3 'dance\.\.\.'; lines 6; }

check_03() { has 3 'sing\.\.\.'; has 3 'dance\.\.\.'; has 2 'run\.\.\.'; lines 8; }

check_04() {
    local main; main=$(number 'main pid: ([0-9]+)')
    different "$main"$'\n'"$(number '(sing|dance) pid: ([0-9]+)' | sort -u)"$'\n'"$(number 'sing pid: ([0-9]+)')"$'\n'"$(number 'dance pid: ([0-9]+)')" 5
    [[ $(number 'sing ppid: ([0-9]+)') == "$main" && $(number 'dance ppid: ([0-9]+)') == "$main" ]] || fail "a child does not name its parent"
    has 3 'sing\.\.\.'; has 3 'dance\.\.\.'; lines 11
    [[ $(head -n1 "$out") == "main pid: "* ]] || fail "the main process did not print first"
}

check_05() {
    has 1 'The main process has nothing more to do\.'
    has 3 'short: working, [1-3] of 3\.\.\.'
    has 6 'long: working, [1-6] of 6\.\.\.'
    lines 10
    last '(short|long): working, .*'
    [[ $(number 'long: working, (.) of 6\.\.\.' | tr -d '\n') == 123456 ]] || fail "the child's work is not in order"
}

check_06() {
    has "" 'working\.\.\.'
    has 1 'The main program is done\.'
    only 'working\.\.\.|The main program is done\.'
    last 'The main program is done\.'
    [[ $(wc -l <"$out") -le 7 ]] || fail "the daemon went on"
}

check_07() {
    has 6 '[0-9]+ copies lesson-[1-6]\.mp4'
    different "$(number '([0-9]+) copies .*')" 6
    different "$(number '[0-9]+ copies lesson-(.)\.mp4')" 6
    last '6 of 6 videos copied without a difference, by 6 processes\.'
    ! ls -d "$out".tmp/{videos,copies}-* 2>/dev/null || fail "a folder was not deleted"
}

check_08() { has 3 'sing\.\.\.'; has 2 'dance\.\.\.'; lines 5; }

check_09() {
    has "" 'sing\.\.\.'; has "" 'dance\.\.\.'
    has 1 'The main thread is done\.'
    [[ $(wc -l <"$out") -le 9 ]] || fail "the daemons went on"
}

check_10() {
    has 5 'ChildThread\(Thread-[1-5], started, id [0-9]+\)'
    lines 5
    different "$(number 'ChildThread\((Thread-.).*')" 5
    different "$(number '.*, id ([0-9]+)\)')" 5
}

check_11() {
    local cost
    has 1 ' +a process +a thread'
    has 1 'create, run and end( +[0-9.]+ ms){2}'
    has 1 'memory of its own( +[0-9.]+ MB){2}'
    has "" '.*(Python).*'
    cost=$(number 'create, run and end +([0-9.]+) ms.*' | cut -d. -f1)
    [[ $cost -gt $(number 'create, run and end .* ([0-9.]+) ms' | cut -d. -f1) ]] || fail "a process is not dearer than a thread"
    [[ $(number 'memory of its own +([0-9]+).*') -gt $(number 'memory of its own .* ([0-9]+)\.[0-9]+ MB') ]] || fail "a process is not larger than a thread"
    [[ $(nproc) -eq 1 ]] || has 1 '[0-9]+ jobs on [0-9]+ cores( +[0-9.]+ x as fast){2}'
}

check_14() {
    local png
    has 32 '[ .:=+*#%@-]{96}'
    has 1 ' @{70,}-:[.]+ +'
    has "" 'Process [1-4] painted [0-9]+ of 640 rows\.'
    [[ $(number 'Process [1-4] painted ([0-9]+) .*' | awk '{ sum += $1 } END { print sum }') -eq 640 ]] || fail "some rows were painted twice or never"
    png=$(number 'The picture is in (.*)')
    [[ $(head -c 8 "$png" | od -An -tx1) == " 89 50 4e 47 0d 0a 1a 0a" && $(tail -c 8 "$png" | od -An -tx1) == " 49 45 4e 44 ae 42 60 82" ]] || fail "no PNG file: $png"
}

check_12() {
    has 3 'sing [1-3] of 3'; has 3 'dance [1-3] of 3'; has 1 '5 squared is 25'
    [[ $(number 'sing (.) of 3' | tr -d '\n') == 123 && $(number 'dance (.) of 3' | tr -d '\n') == 123 ]] || fail "messages of one writer are not in order"
    lines 9
}

check_13() {
    has 1 'without a lock: [0-9]+ of 2000000'
    has 1 'with a lock: 2000000 of 2000000'
    last 'the lock is mine: its owner died'
    lines 3
}

# Processes of the sample that still run: each inherited a mark.
left_behind() {
    local process
    for process in /proc/[0-9]*; do
        if grep -qzx "MULTITASKING_SAMPLE=$mark" "$process/environ"; then tr '\0' ' ' <"$process/cmdline"; fi
    done 2>/dev/null || true
}

# Runs one sample and leaves in $reason what is wrong with it.
run() {
    local left code=0
    reason="" out=$folder/$name mark=$name-$$
    rm -rf "$out.tmp" && mkdir "$out.tmp"
    timeout --kill-after=5 60 dotnet run -e MULTITASKING_SAMPLE="$mark" -e TMPDIR="$out.tmp" "$file" >"$out" 2>"$out.errors" </dev/null || code=$?
    left=$(left_behind)
    [[ $code -eq 0 ]] || fail "exit code $code"
    [[ ! -s $out.errors ]] || fail "errors: $(head -n1 "$out.errors")"
    [[ -z $left ]] || fail "left behind: $left"
    "check_${name%%-*}"
}

# These two measure, and what they say of cores holds only while others leave the cores to them.
tries_of() { case $1 in 01-* | 11-*) echo 3 ;; *) echo 1 ;; esac; }

for file in samples/[0-9]*.cs; do
    name=$(basename "$file" .cs)
    for ((try = $(tries_of "$name"); try > 0; try--)); do
        run
        [[ -n $reason ]] || break
    done
    if [[ -z $reason ]]; then
        passed=$((passed + 1))
        echo "ok $name"
    else
        failed=$((failed + 1))
        echo "not ok $name: $reason"
        sed 's/^/    /' "$out"
    fi
done

echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]

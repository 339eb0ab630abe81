#!/usr/bin/env bash
# Publishes one program in every shape that .NET knows and runs it: each has to print tests/shapes/expected.txt, and to take its children
# over by the way that docs/hosts.md says. Prints `ok SHAPE` or `not ok SHAPE: why`, and at the end `N passed, N failed`.
# Needs the .NET SDK; what a shape needs besides, it says.
set -u
cd "$(dirname "$0")/../.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1
scratch=$(mktemp -d)
version=0.0.1-shapes.$$.$RANDOM
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
trap 'rm -rf "$scratch" "$packages/multitasking/$version"' EXIT
passed=0 failed=0
case $(uname -m) in aarch64) rid=linux-arm64 ;; *) rid=linux-x64 ;; esac

pass() { passed=$((passed + 1)); echo "ok $1"; }
fail() {
  failed=$((failed + 1))
  echo "not ok $1: $2"
  [ ! -f "$3" ] || head -n 40 "$3"
}

# publish FOLDER PROJECT ARGUMENTS...: into $scratch/FOLDER.
publish() {
  local folder=$1 project=$2
  shift 2
  dotnet publish "$project" -c Release -o "$scratch/$folder" "$@" >"$scratch/$folder.log" 2>&1 && return
  fail "$folder" "cannot be published" "$scratch/$folder.log"
  return 1
}

# expect SHAPE EXPECTED COMMAND...: runs it in an empty folder; output, exit code and the report of an unobserved failure have to be right.
expect() {
  local shape=$1 expected=$2 code
  shift 2
  (cd "$(mktemp -d -p "$scratch")" && exec timeout 120 "$@") >"$scratch/$shape.out" 2>"$scratch/$shape.err"
  code=$?
  if [ "$code" -ne 0 ]; then
    fail "$shape" "exit code $code" "$scratch/$shape.err"
  elif ! diff "$expected" "$scratch/$shape.out" >"$scratch/$shape.diff"; then
    fail "$shape" "prints something else" "$scratch/$shape.diff"
  elif grep -q 'unobserved' "$expected" && ! grep -q 'nobody looks' "$scratch/$shape.err"; then
    fail "$shape" "an unobserved failure went unseen" "$scratch/$shape.err"
  else
    pass "$shape"
  fi
}

# expect_hooks SHAPE EXPECTED COMMAND...: the same for a program that has a startup hook already, which every process runs once. How many workers
# a pool starts depends on the moment, so there are at least this many.
processes=13
expect_hooks() {
  local shape=$1 before=$failed count distinct
  DOTNET_STARTUP_HOOKS=$scratch/hook/Hook.dll expect "$@"
  [ "$failed" -eq "$before" ] || return
  count=$(grep -c "the program's own hook" "$scratch/$shape.err")
  distinct=$(grep "the program's own hook" "$scratch/$shape.err" | sort -u | wc -l)
  [ "$count" -eq "$distinct" ] && [ "$count" -ge $processes ] && return
  passed=$((passed - 1))
  fail "$shape" "its own hook ran $count times in $distinct processes" "$scratch/$shape.err"
}

# expect_table SHAPE INVARIANT ARGUMENTS...: the table of types as native code, each type in one column; without ICU or with it.
expect_table() {
  local shape=$1 code
  DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=$2 timeout 300 "$scratch/type-table/Multitasking.TypeTable" --all "${@:3}" \
    --table "$here/../Multitasking.TypeTable/native.table.txt" >"$scratch/table.out" 2>"$scratch/table.err"
  code=$?
  if [ "$code" -eq 0 ] && [ ! -s "$scratch/table.err" ]; then
    pass "$shape: $(tail -n 1 "$scratch/table.out")"
  else
    { cat "$scratch/table.err"; grep '^WRONG' "$scratch/table.out"; tail -n 1 "$scratch/table.out"; } >"$scratch/table.wrong"
    fail "$shape" "exit code $code" "$scratch/table.wrong"
  fi
}

here=$PWD/tests/shapes
for way in "own Main" "startup hook" "module initializer"; do
  { echo "taken over by $way"; cat "$here/expected.txt"; } >"$scratch/$way"
done
main="$scratch/own Main" hook="$scratch/startup hook" initializer="$scratch/module initializer"
linker=$(command -v clang || command -v gcc)
[ -n "$linker" ] || echo "skipped: NativeAOT needs clang or gcc to link"

expect "file-based program" "$main" dotnet run "$here/shapes.cs"

publish hook "$here/hook/Hook.csproj"
if publish framework-dependent "$here/Shapes.csproj"; then
  expect "dotnet app.dll" "$main" dotnet "$scratch/framework-dependent/Shapes.dll"
  expect "apphost" "$main" "$scratch/framework-dependent/Shapes"
  expect_hooks "apphost with a startup hook of its own" "$main" "$scratch/framework-dependent/Shapes"
  cp -r "$scratch/framework-dependent" "$scratch/a folder, größer"
  expect "odd path" "$main" "$scratch/a folder, größer/Shapes"
  ln -s "$scratch/framework-dependent/Shapes" "$scratch/link"
  expect "symbolic link" "$main" "$scratch/link"
fi
publish ReadyToRun "$here/Shapes.csproj" -r "$rid" --no-self-contained -p:PublishReadyToRun=true &&
  expect "ReadyToRun" "$main" "$scratch/ReadyToRun/Shapes"
publish single-file "$here/Shapes.csproj" -r "$rid" --no-self-contained -p:PublishSingleFile=true &&
  expect "single file" "$hook" "$scratch/single-file/Shapes"
if publish self-contained "$here/Shapes.csproj" -r "$rid" --self-contained; then
  expect "self-contained" "$hook" "$scratch/self-contained/Shapes"
  expect_hooks "self-contained with a startup hook of its own" "$hook" "$scratch/self-contained/Shapes"
fi
publish self-contained-file "$here/Shapes.csproj" -r "$rid" --self-contained -p:PublishSingleFile=true &&
  expect "self-contained single file" "$hook" "$scratch/self-contained-file/Shapes"
publish trimmed "$here/Shapes.csproj" -r "$rid" -p:PublishTrimmed=true -p:PublishSingleFile=true &&
  expect "self-contained single file, trimmed" "$hook" "$scratch/trimmed/Shapes"
if [ -n "$linker" ]; then
  publish native "$here/Shapes.csproj" -r "$rid" -p:PublishAot=true &&
    expect "NativeAOT" "$initializer" "$scratch/native/Shapes"
  if publish type-table "$here/../Multitasking.TypeTable/Multitasking.TypeTable.csproj" -r "$rid" -p:PublishAot=true; then
    expect_table "NativeAOT, table of types" 1 --exactly
    if ldconfig -p | grep -q 'libicuuc\.so'; then
      expect_table "NativeAOT, table of types with ICU" 0 --some
    else
      echo "skipped: the table of types with ICU needs libicu"
    fi
  fi
fi
publish web "$here/web/Web.csproj" &&
  expect "ASP.NET Core" "$here/web/expected.txt" "$scratch/web/Web"

# What users get: the package, in projects outside this repository.
mkdir "$scratch/user"
cp "$here/package/User.csproj" "$here/shapes.cs" "$scratch/user"
cp -r "$here/vstest" "$scratch"
if dotnet pack src/Multitasking -c Release -p:Version="$version" -o "$scratch/feed" >"$scratch/pack.log" 2>&1; then
  user=(-p:MultitaskingVersion="$version" -p:RestoreAdditionalProjectSources="$scratch/feed")
  publish package "$scratch/user/User.csproj" "${user[@]}" &&
    expect "package" "$main" "$scratch/package/User"
  if [ -n "$linker" ]; then
    publish package-native "$scratch/user/User.csproj" "${user[@]}" -r "$rid" -p:PublishAot=true &&
      expect "package, NativeAOT" "$initializer" "$scratch/package-native/User"
  fi
  # xunit.v3's own host, an executable, is what `dotnet test` of this repository runs in.
  if (cd "$scratch/vstest" && timeout 300 dotnet test "${user[@]}") >"$scratch/vstest.log" 2>&1; then
    pass "package, VSTest"
  else
    fail "package, VSTest" "tests failed" "$scratch/vstest.log"
  fi
else
  fail package "cannot be packed" "$scratch/pack.log"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

#!/usr/bin/env bash
# Publishes one program in every shape that .NET knows and runs it: each has to print tests/shapes/expected.txt.
# Prints `ok SHAPE` or `not ok SHAPE: why`, and at the end `N passed, N failed`. Needs the .NET SDK; what a shape needs besides, it says.
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

# publish SHAPE PROJECT ARGUMENTS...: into $scratch/SHAPE.
publish() {
  local shape=$1 project=$2
  shift 2
  dotnet publish "$project" -c Release -o "$scratch/$shape" "$@" >"$scratch/$shape.log" 2>&1 && return
  fail "$shape" "cannot be published" "$scratch/$shape.log"
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

here=$PWD/tests/shapes
lines=$here/expected.txt

expect "file-based program" "$lines" dotnet run "$here/shapes.cs"

if publish framework-dependent "$here/Shapes.csproj"; then
  expect "dotnet app.dll" "$lines" dotnet "$scratch/framework-dependent/Shapes.dll"
  expect "apphost" "$lines" "$scratch/framework-dependent/Shapes"
  cp -r "$scratch/framework-dependent" "$scratch/a folder, größer"
  expect "odd path" "$lines" "$scratch/a folder, größer/Shapes"
  ln -s "$scratch/framework-dependent/Shapes" "$scratch/link"
  expect "symbolic link" "$lines" "$scratch/link"
fi
publish ReadyToRun "$here/Shapes.csproj" -r "$rid" --no-self-contained -p:PublishReadyToRun=true &&
  expect "ReadyToRun" "$lines" "$scratch/ReadyToRun/Shapes"
publish single-file "$here/Shapes.csproj" -r "$rid" --no-self-contained -p:PublishSingleFile=true &&
  expect "single file" "$lines" "$scratch/single-file/Shapes"
publish self-contained "$here/Shapes.csproj" -r "$rid" --self-contained &&
  expect "self-contained" "$lines" "$scratch/self-contained/Shapes"
publish trimmed "$here/Shapes.csproj" -r "$rid" -p:PublishTrimmed=true -p:PublishSingleFile=true &&
  expect "self-contained single file, trimmed" "$lines" "$scratch/trimmed/Shapes"
publish web "$here/web/Web.csproj" &&
  expect "ASP.NET Core" "$here/web/expected.txt" "$scratch/web/Web"

# What users get: the package, in a project outside this repository.
mkdir "$scratch/user"
cp "$here/package/User.csproj" "$here/shapes.cs" "$scratch/user"
if dotnet pack src/Multitasking -c Release -p:Version="$version" -o "$scratch/feed" >"$scratch/pack.log" 2>&1; then
  user=(-p:MultitaskingVersion="$version" -p:RestoreAdditionalProjectSources="$scratch/feed")
  publish package "$scratch/user/User.csproj" "${user[@]}" &&
    expect "package" "$lines" "$scratch/package/User"
  if command -v clang >/dev/null || command -v gcc >/dev/null; then
    publish package-native "$scratch/user/User.csproj" "${user[@]}" -r "$rid" -p:PublishAot=true &&
      expect "package, NativeAOT" "$lines" "$scratch/package-native/User"
  fi
else
  fail package "cannot be packed" "$scratch/pack.log"
fi

if command -v clang >/dev/null || command -v gcc >/dev/null; then
  publish native "$here/Shapes.csproj" -r "$rid" -p:PublishAot=true &&
    expect "NativeAOT" "$lines" "$scratch/native/Shapes"
else
  echo "skipped: NativeAOT needs clang or gcc to link"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

#!/bin/sh
# Backs up one server (compose.yaml): the state in Redis, and the settings with their secrets. docs/backups.md explains the use.
#   deploy/backup.sh [directory]
set -eu
umask 077
cd "$(dirname "$0")/.."

env_file=deploy/self-host.env
directory=${1:-backups}
name="veet-$(date -u +%Y%m%dT%H%M%SZ)"
compose() { docker compose --env-file "$env_file" "$@"; }
fail() {
  echo "$1" >&2
  exit 1
}

[ -f "$env_file" ] || fail "$env_file is missing: run this on the server that runs Veet."
mkdir -p "$directory"
work=$(mktemp -d "$directory/.unfinished-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP

# The same snapshot that a replica gets, without stopping anything. Written to a file first, because redis-cli leaves the transfer's end
# mark in its standard output, and Redis refuses a base file with it.
copy='set -eu
cd /data
trap "rm -f backup.rdb" EXIT
redis-cli --rdb backup.rdb >&2
cat backup.rdb'
compose exec -T redis sh -c "$copy" >"$work/redis.rdb" 2>"$work/redis.log" ||
  fail "Redis gave no copy: $(tail -n 1 "$work/redis.log")"
[ -s "$work/redis.rdb" ] || fail "Redis gave an empty copy: $(tail -n 1 "$work/redis.log")"
cp "$env_file" "$work/self-host.env"
git rev-parse HEAD >"$work/version" 2>/dev/null || echo unknown >"$work/version"
(cd "$work" && sha256sum redis.rdb self-host.env version >SHA256SUMS)

tar -czf "$work/$name.tar.gz" -C "$work" redis.rdb self-host.env version SHA256SUMS
mv "$work/$name.tar.gz" "$directory/$name.tar.gz"
echo "$directory/$name.tar.gz"
echo "It holds every secret of this installation. Keep it encrypted and away from this server." >&2

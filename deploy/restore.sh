#!/bin/sh
# Restores a backup of deploy/backup.sh onto a server whose Redis is empty and stopped. docs/backups.md has the steps around it.
#   deploy/restore.sh <backup.tar.gz>
set -eu
umask 077
archive=${1:?usage: deploy/restore.sh <backup.tar.gz>}
case $archive in /*) ;; *) archive=$PWD/$archive ;; esac
cd "$(dirname "$0")/.."

env_file=deploy/self-host.env
compose() { docker compose --env-file "$env_file" "$@"; }
fail() {
  echo "$1" >&2
  exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
tar -xzf "$archive" -C "$work" || fail "$archive cannot be read."
(cd "$work" && sha256sum --check --status SHA256SUMS) || fail "$archive is damaged: its checksums do not match."

if [ ! -e "$env_file" ]; then
  cp "$work/self-host.env" "$env_file"
elif ! cmp -s "$work/self-host.env" "$env_file"; then
  fail "$env_file differs from the backup's. Move it away, run this again, then change what differs, such as VEET_PUBLIC_IP."
fi
[ -z "$(compose ps --quiet redis)" ] || fail "Redis runs: stop it first, with docker compose --env-file $env_file stop redis."

# With an append-only file, Redis ignores dump.rdb. So the copy becomes the base of a new append-only file.
# shellcheck disable=SC2016 # The shell in the container expands it.
fill='set -eu
cd /data
[ -z "$(ls -A)" ] || exit 3
mkdir appendonlydir
cat >appendonlydir/appendonly.aof.1.base.rdb
echo "file appendonly.aof.1.base.rdb seq 1 type b" >appendonlydir/appendonly.aof.manifest
chown -R "$(stat -c %u:%g .)" appendonlydir'
status=0
compose run --rm -T --no-deps redis sh -c "$fill" <"$work/redis.rdb" || status=$?
[ "$status" -ne 3 ] || fail "The volume of Redis is not empty: remove it first, if nothing in it is needed, as docs/backups.md says."
[ "$status" -eq 0 ] || fail "The copy could not be written into the volume of Redis."

compose up --detach --wait redis >/dev/null || fail "Redis does not start."
tries=60
until [ "$(compose exec -T redis redis-cli ping 2>/dev/null)" = PONG ]; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || fail "Redis does not answer: docker compose --env-file $env_file logs redis."
  sleep 1
done
# Marks the state as a different one, so that gatekeepers let running calls continue.
compose exec -T redis redis-cli del veet:epoch >/dev/null
echo "Restored $(compose exec -T redis redis-cli dbsize) keys, as of version $(cat "$work/version")."
echo "Next: look through $env_file, then docker compose --env-file $env_file up --detach --build"

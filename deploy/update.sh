#!/bin/sh
# Updates Veet on one server to the VEET_VERSION of deploy/self-host.env, without ending a call: docs/self-hosting.md, "Updates".
#   sh deploy/update.sh            with the images of a release
#   sh deploy/update.sh --build    with images built here, from this checkout
set -eu
cd "$(dirname "$0")/.."

compose() { docker compose --env-file deploy/self-host.env "$@"; }
drain() { compose exec -T app node drain.mjs "$@"; }

if [ "${1:-}" = --build ]; then compose build; else compose pull; fi

echo "The app first: calls continue, and for some seconds no one can join."
compose up --detach --wait --no-deps redis app

for site in a b; do
  echo "Site $site: its meetings move to the other site, then its servers are replaced."
  if ! drain "$site"; then
    drain "$site" --undo
    echo "Site $site was not updated: nothing was stopped there. Look at the other site, then run this again." >&2
    exit 1
  fi
  compose stop --timeout 60 "livekit-$site" "gatekeeper-$site"
  compose up --detach --wait --no-deps "livekit-$site" "gatekeeper-$site"
  drain "$site" --undo
done

echo "The rest: browsers reconnect their signalling within seconds, media continues."
compose up --detach --wait --remove-orphans

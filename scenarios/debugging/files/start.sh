#!/bin/sh
# The shop's web server. SHOP is the shop's name and must be given. LISTEN is where it listens: port 80, if not given.
if [ -z "$SHOP" ]; then
  echo "error: SHOP is not set" >&2
  exit 1
fi
mkdir -p www
echo "Welcome to $SHOP" > www/index.html
echo "listening on ${LISTEN:-80}"
exec httpd -f -p "${LISTEN:-80}" -h www

#!/bin/sh
set -e
# On an upgrade the new version has put its own link there already: deb says `upgrade`, rpm a number above 0.
case "$1" in
  upgrade | [1-9]*) exit 0 ;;
esac
rm -f '/usr/bin/${executable}'

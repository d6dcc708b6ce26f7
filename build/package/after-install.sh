#!/bin/sh
set -e
# Chromium's sandbox needs user namespaces or this helper owned by root; the application is never started without a sandbox.
chown root:root '/opt/${sanitizedProductName}/chrome-sandbox'
chmod 4755 '/opt/${sanitizedProductName}/chrome-sandbox'
ln -sf '/opt/${sanitizedProductName}/${executable}' '/usr/bin/${executable}'
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database /usr/share/applications || true; fi
# PULT_CENTRE=ADDRESS at installing lays the centre's address down for everybody of this machine, once.
if [ -n "${PULT_CENTRE:-}" ] && [ ! -e /etc/xdg/pult/preset.json ]; then
  mkdir -p /etc/xdg/pult
  printf '{ "centre": "%s" }\n' "$PULT_CENTRE" >/etc/xdg/pult/preset.json
fi

#!/bin/sh
set -e
# Chromium's sandbox needs user namespaces or this helper owned by root; the application is never started without a sandbox.
chown root:root '/opt/${sanitizedProductName}/chrome-sandbox'
chmod 4755 '/opt/${sanitizedProductName}/chrome-sandbox'
ln -sf '/opt/${sanitizedProductName}/${executable}' '/usr/bin/${executable}'
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database /usr/share/applications || true; fi

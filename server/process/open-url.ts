import { spawn } from 'node:child_process';

function opener(url: string): readonly [string, readonly string[]] | null {
  switch (process.platform) {
    case 'darwin':
      return ['open', [url]];
    case 'win32':
      return ['explorer.exe', [url]];
    default: {
      const hasDisplay =
        (process.env['DISPLAY'] ?? '') !== '' || (process.env['WAYLAND_DISPLAY'] ?? '') !== '';
      return hasDisplay ? ['xdg-open', [url]] : null;
    }
  }
}

/**
 * Shows the address in the person's browser, where there is one. Failure is harmless: the address was
 * printed.
 */
export function openUrl(url: string): void {
  const call = opener(url);
  if (call === null) return;
  const [program, args] = call;
  const child = spawn(program, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  child.unref();
}

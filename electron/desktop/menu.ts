import type { MenuItemConstructorOptions } from 'electron';

/**
 * The application's menu, hidden until Alt on Linux and Windows: it is here for the system's own keys (copy,
 * paste, zoom, quit), whose words Electron takes from the system. Nothing opens the developer's tools in a
 * packaged application.
 */
export function menuTemplate(platform: NodeJS.Platform, isPackaged: boolean): MenuItemConstructorOptions[] {
  const window: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'minimize' },
    { role: 'togglefullscreen' },
    ...(isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
  ];
  return [
    { role: platform === 'darwin' ? 'appMenu' : 'fileMenu' },
    { role: 'editMenu' },
    { role: 'window', submenu: window },
  ];
}

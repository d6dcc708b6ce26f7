import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { serviceWorkerPlugin } from './build/service-worker-plugin.ts';
import packageJson from './package.json' with { type: 'json' };

/** The console: `renderer/` becomes `dist/renderer/`, which the central API serves and the shell loads. */
export default defineConfig({
  root: 'renderer',
  base: '/',
  plugins: [react(), serviceWorkerPlugin()],
  define: { 'import.meta.env.VITE_APP_VERSION': JSON.stringify(packageJson.version) },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    sourcemap: true,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: { main: 'renderer/index.html', sw: 'renderer/sw.ts' },
      // The service worker must lie at the root: it governs only addresses below its own.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:7979' } },
});

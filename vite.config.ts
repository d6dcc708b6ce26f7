import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console: `renderer/` becomes `dist/renderer/`, which the central API serves and the shell loads. */
export default defineConfig({
  root: 'renderer',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome120',
    sourcemap: true,
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:7979' } },
});

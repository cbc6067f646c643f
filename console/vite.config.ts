import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { instead, onlyWhatABrowserHas, withBuffer } from './browser-modules.js';
import { compressed } from './compressed.js';

export default defineConfig({
  plugins: [onlyWhatABrowserHas(instead), react(), compressed],
  build: {
    outDir: 'dist',
    target: 'es2022',
    assetsInlineLimit: 0,
    rolldownOptions: withBuffer,
  },
  worker: {
    format: 'es',
    plugins: () => [onlyWhatABrowserHas(instead)],
    rolldownOptions: withBuffer,
  },
});

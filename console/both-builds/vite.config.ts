/**
 * Bundles suites that were written for Node with the modules that stand in the place of Node's in the page, so that the same tests
 * run on both builds. `YICI_SUITES` names the compiled test files below test/dist, `YICI_SUITES_OUT` the folder to write to.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { instead, onlyWhatABrowserHas, withBuffer } from '../browser-modules.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { YICI_SUITES = '', YICI_SUITES_OUT: outDir = '' } = process.env;
const suites = YICI_SUITES.split(',').map((file): [string, string] => [
  file.replace(/\.js$/, '').replaceAll('/', '-'),
  at(`../../test/dist/${file}`),
]);

/** What suites use beside what the page has: making keys, reading fixtures. */
const forSuites = {
  ...instead,
  'node:crypto': at('node-crypto.ts'),
  '@yici/client': at('../../client/dist/web.js'),
  '@yici/client/testing': at('client-testing.ts'),
  'node:fs': at('node-fs.ts'),
  'node:zlib': at('node-zlib.ts'),
  '@grpc/grpc-js': at('grpc.ts'),
};

export default defineConfig({
  root: at('.'),
  plugins: [onlyWhatABrowserHas(forSuites)],
  build: {
    outDir,
    target: 'es2022',
    minify: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      ...withBuffer,
      input: Object.fromEntries(suites),
      output: { entryFileNames: '[name].js' },
    },
  },
});

import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What stands for what in the page. Anything else of Node's there is a mistake, and the build says so. */
export const instead: Readonly<Record<string, string>> = {
  'node:buffer': at('src/platform/node-buffer.ts'),
  'node:crypto': at('src/platform/node-crypto.ts'),
  'node:util': at('src/platform/node-util.ts'),
  // Only a helper of @rjsf/core's tests imports it; it compiles schemas to code, which the page's policy forbids.
  '@rjsf/validator-ajv8': at('src/forms/validator.ts'),
  // As sources, so that what the page does not use of them and of zod is left out.
  '@yici/domain/model': at('../chaincode/src/model.ts'),
};

export const onlyWhatABrowserHas = (modules: Readonly<Record<string, string>>): Plugin => ({
  name: 'only-what-a-browser-has',
  enforce: 'pre',
  resolveId(id, from) {
    const known = modules[id];
    if (known !== undefined) return known;
    if (id.startsWith('node:'))
      this.error(`${id} is not for a browser; imported by ${from ?? '?'}`);
    return null;
  },
});

/** Node's global of that name. */
export const withBuffer = {
  transform: {
    inject: { Buffer: [at('src/platform/node-buffer.ts'), 'Buffer'] as [string, string] },
  },
};

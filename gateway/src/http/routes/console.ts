import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router, type RequestHandler } from 'express';

/** Where the console is built to. */
const built = fileURLToPath(new URL('../../../../console/dist', import.meta.url));

/** Names of built files hold their digest, so they may be kept for good; the page that names them may not. */
const forGood = { etag: false, immutable: true, maxAge: '1y' } as const;

/** How the build has each file compressed beside it, the smaller first; as it is where it has none. */
const forms = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
  { encoding: 'identity', suffix: '' },
] as const;

/** Paths that are the API's and never a page's. */
const notPages = /^\/(v1|docs|demo|assets|fonts|metrics|healthz|readyz|openapi\.json)(\/|$)/;

/** The web console at /: every address that is no other route's is one of its pages. Without a built console, nothing. */
export function consoleRouter(folder = built): Router {
  const router = Router();
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return router;
  router.get('/assets/:name', assetsOf(join(folder, 'assets')));
  router.get(/.*/, (request, response, next) => {
    if (notPages.test(request.path) || request.accepts('html') === false) {
      next();
      return;
    }
    response.set('Cache-Control', 'no-cache').sendFile(page);
  });
  return router;
}

/** A file as small as the asker takes it. Another build may come at any time: each form is looked for when it is asked for. */
function assetsOf(root: string): RequestHandler<{ name: string }> {
  return (request, response, next) => {
    const { name } = request.params;
    const accepted = forms.filter(({ encoding }) => request.acceptsEncodings(encoding) !== false);
    response.vary('Accept-Encoding').type(extname(name));
    const send = ([form, ...others]: typeof accepted): void => {
      if (form === undefined) {
        response.removeHeader('Content-Type');
        next();
        return;
      }
      if (form.encoding !== 'identity') response.set('Content-Encoding', form.encoding);
      response.sendFile(`${name}${form.suffix}`, { ...forGood, root }, (error) => {
        // Whoever went away in the middle has got what can be sent.
        if (error === undefined || response.headersSent) return;
        response.removeHeader('Content-Encoding');
        if (isNotHere(error)) {
          send(others);
          return;
        }
        // Nobody may keep this answer as the file's.
        response.removeHeader('Cache-Control');
        next(error);
      });
    };
    send(accepted);
  };
}

/** No such file, or none that is shown; else the disk or the process has too much to do. */
const isNotHere = (error: Error): boolean => 'status' in error && Number(error.status) < 500;

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router, type RequestHandler } from 'express';
import sirv from 'sirv';

/** Where the console is built to. */
const built = fileURLToPath(new URL('../../../../console/dist', import.meta.url));

/**
 * Names of built files hold their digest, so they may be kept for good; the page that names them may not. The build has each
 * compressed beside it.
 */
const forGood = { brotli: true, gzip: true, etag: false, immutable: true, maxAge: 31_536_000 };

/** Paths that are the API's and never a page's. */
const notPages = /^\/(v1|docs|demo|assets|fonts|metrics|healthz|readyz|openapi\.json)(\/|$)/;

/** The web console at /: every address that is no other route's is one of its pages. Without a built console, nothing. */
export function consoleRouter(): Router {
  const router = Router();
  const page = join(built, 'index.html');
  if (!existsSync(page)) return router;
  const files = filesOf(built, page);
  router.use('/assets', (request, response, next) => files.serve(request, response, next));
  router.get(/.*/, (request, response, next) => {
    if (notPages.test(request.path) || request.accepts('html') === false) {
      next();
      return;
    }
    files.renew();
    response.set('Cache-Control', 'no-cache').sendFile(page);
  });
  return router;
}

/** The built files, listed once, and again when there is another build. */
function filesOf(folder: string, page: string) {
  const timeOf = () => statSync(page, { throwIfNoEntry: false })?.mtimeMs;
  const listed = () => ({ serve: sirv(join(folder, 'assets'), forGood), at: timeOf() });
  let now = listed();
  return {
    serve: (...asked: Parameters<RequestHandler>) => now.serve(...asked),
    renew: () => {
      if (timeOf() !== now.at) now = listed();
    },
  };
}

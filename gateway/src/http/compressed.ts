import compression from 'compression';
import type { Request, RequestHandler, Response } from 'express';
import { constants } from 'node:zlib';

/** Below this, in bytes, compressing costs more than it saves. */
const threshold = 4_096;

/** Media types of what the gateway itself writes: lists, records, reports, its own pages. */
const written = /^(application\/(json|problem\+json)|text\/(csv|html|css|javascript))/;

/** Documents are somebody's contents, event streams are to arrive at once, a demo's roles are keys. */
const asTheyAre = /^\/(v1\/(documents|events)|demo)(\/|$)/;

/**
 * Compresses answers to reads. The length of a compressed answer tells of its contents to who can choose a part of it (BREACH), so
 * nothing secret is in what is compressed: sessions, API keys and signing requests are answers to POST, and no request of another
 * site carries a session, since it is in a header and not in a cookie.
 */
export function compressed(): RequestHandler {
  return compression({
    threshold,
    filter: isCompressed,
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
}

function isCompressed(request: Request, response: Response): boolean {
  return (
    request.method === 'GET' &&
    !asTheyAre.test(request.path) &&
    written.test(String(response.getHeader('Content-Type')))
  );
}

import { documentContent, type documentReads, type DocumentView, type Actor } from '@yici/api';
import { departmentId, listOf, padded, text, withoutHidden } from '@yici/domain/model';
import { Router, type RequestHandler } from 'express';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { maySee, type Viewer } from '../../access/access.js';
import { mediaTypeOf } from '../../documents/media.js';
import { casesShown, mayRead } from '../../documents/readers.js';
import type { DocumentRecord } from '../../documents/model.js';
import { GatewayError, recordNotFound } from '../../errors.js';
import type { Caller } from '../../callers/caller.js';
import { digestsInText } from '../../index-store/decode.js';
import { validated } from '../../validate.js';
import { expressPath, pathParam, viewing, type AppDependencies } from '../context.js';
import type { Limits } from '../limits.js';
import { noQuery } from '../no-query.js';
import { nothing } from './record-reads.js';
import type { Handlers } from './read-route.js';
import { recordRead, whoOf } from './recorded-reads.js';
import { Room } from '../room.js';

/** Headers of an upload, in lower case. */
export const uploadHeaders = z.object({
  'x-document-name': z
    .string()
    .max(600)
    .transform(decoded)
    .pipe(withoutHidden(text(200)))
    .describe('The file’s name, UTF-8, percent-encoded.'),
  'x-document-salt': z
    .base64()
    .length(44)
    .optional()
    .describe(
      '32 bytes that come before the content in its digests; the gateway makes them if absent.',
    ),
  'x-document-digest': z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .describe('SHA-256 of salt and content as the client computed it; anything else is refused.'),
});
export const eraseBody = z.strictObject({ reason: text(500) });
/** Replaces the list of departments with a grant; an empty list removes every grant. */
export const readersBody = z.strictObject({ departments: listOf(departmentId, 100, (id) => id) });

/** Invalid percent-encoding gives an empty text, which the length check refuses. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Uploads; mounted before the JSON parser. */
export function uploadRoute(deps: AppDependencies, limits: Limits): RequestHandler {
  const router = Router();
  const places = new Room('uploads', { each: limits.uploadsPerCaller, all: limits.uploads });
  router.post('/v1/documents', noQuery, async (request, response) => {
    const { caller, viewer } = viewing(request, deps);
    const by = staffOf(caller, viewer);
    response.once('close', places.take(caller.fingerprint));
    const type = mediaTypeOf(request.get('content-type'), deps.documentTypes);
    const headers = validated(uploadHeaders, request.headers, 'header');
    const salt = headers['x-document-salt'];
    const record = await deps.documents.add(request, {
      name: headers['x-document-name'],
      type,
      by,
      salt: salt === undefined ? undefined : Buffer.from(salt, 'base64'),
      digest: headers['x-document-digest'],
    });
    response.status(201).json(await viewOfDocument(deps, viewer, record));
  });
  return router;
}

export function documentRoutes(deps: AppDependencies): Router {
  const router = Router();
  const { documents, index } = deps;
  router.get(expressPath(documentContent.path), noQuery, contentRoute(deps));
  const grant = changeRoute(deps, readersBody, staff, async ({ id }, by, { departments }) => {
    const unknown = departments.find((one) => !index.has('department', one));
    if (unknown !== undefined) throw recordNotFound('department', [unknown]);
    return documents.grant(id, by, departments);
  });
  const erase = changeRoute(deps, eraseBody, ['head'], ({ id }, by, { reason }) =>
    documents.erase(id, by, reason),
  );
  router.post('/v1/documents/:id/readers', noQuery, grant);
  router.post('/v1/documents/:id/erase', noQuery, erase);
  return router;
}

function contentRoute(deps: AppDependencies): RequestHandler {
  return async (request, response) => {
    const { caller, viewer } = viewing(request, deps);
    const record = await visible(deps, viewer, pathParam(request, 'id'));
    const bytes = await deps.documents.read(record, whoOf(caller, viewer));
    await recordRead(deps, response, {
      ...{ caller, viewer, read: documentContent, params: request.params, query: {} },
      body: await viewOfDocument(deps, viewer, record),
    });
    const name = deps.documents.secret(record)?.name ?? record.id;
    response.status(200).type(record.type);
    response.set({
      'Content-Length': String(record.size),
      // A browser must save the file and never show it inside a page of this origin.
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': 'no-store',
      'X-Document-Digest': record.digest.digest,
    });
    await sent(bytes, response);
  };
}

/** A change that the department which keeps a document makes to it. */
function changeRoute<Body>(
  deps: AppDependencies,
  schema: z.ZodType<Body>,
  allowed: readonly (string | null)[],
  change: (record: DocumentRecord, by: Actor, body: Body) => Promise<DocumentRecord>,
): RequestHandler {
  return async (request, response) => {
    const { caller, viewer } = viewing(request, deps);
    const body = validated(schema, request.body, 'body');
    const record = await visible(deps, viewer, pathParam(request, 'id'));
    const by = keeperOf(record, caller, viewer, allowed);
    response.json(await viewOfDocument(deps, viewer, await change(record, by, body)));
  };
}

/** A client that disconnects is no error; a damaged document ends the connection before the announced length. */
async function sent(content: AsyncIterable<Uint8Array>, response: Parameters<RequestHandler>[1]) {
  try {
    await pipeline(content, response);
  } catch (error) {
    if (error instanceof GatewayError) throw error;
  }
}

export const documentHandlers: Handlers<typeof documentReads> = {
  'documents.list': async ({ deps, viewer, query: { digest, caseNo, ...page } }) => {
    if (digest !== undefined || caseNo !== undefined) {
      const named = caseNo === undefined ? undefined : digestsOfCase(deps, viewer, caseNo);
      const wanted = digest === undefined ? (named ?? []) : [digest];
      const digests = wanted.filter((one) => named?.includes(one) ?? true);
      const found = await Promise.all(digests.map((one) => documentsWith(deps, viewer, one)));
      const records = found.flat().map(({ record }) => viewOfDocument(deps, viewer, record));
      return { items: await Promise.all(records), next: null };
    }
    if (viewer.department === null) return nothing;
    const { items, next } = await deps.documents.list(viewer.department, page);
    const views = items.map((one) => viewOfDocument(deps, viewer, one));
    return { items: await Promise.all(views), next };
  },
  'documents.get': async ({ deps, viewer, params }) =>
    viewOfDocument(deps, viewer, await visible(deps, viewer, params.id)),
  'documents.reads': async ({ deps, viewer, params, query }) => {
    const { id } = await visible(deps, viewer, params.id);
    return deps.audit.document(id, query);
  },
};

/** The documents with this digest that the viewer may read, and who keeps each. */
export async function documentsWith(
  { documents, index }: AppDependencies,
  viewer: Viewer,
  digest: string,
): Promise<{ readonly department: string; readonly record: DocumentRecord }[]> {
  const seen = [];
  for (const record of await documents.withDigest(digest)) {
    const { department } = record.by;
    if (await mayRead(viewer, index, record)) seen.push({ department, record });
  }
  return seen;
}

/** What the acts on a case name, in their order; nothing for who may not see the case. */
function digestsOfCase(
  { index }: AppDependencies,
  viewer: Viewer,
  caseNo: string,
): readonly string[] {
  const record = index.record('case', caseNo);
  if (record === undefined || !maySee(viewer, record.parties)) return [];
  const events = Array.from({ length: record.nextSeq }, (_, seq) =>
    index.recordText('caseEvent', caseNo, padded(seq)),
  );
  return [...new Set(events.flatMap((text = '') => digestsInText(text)))];
}

/** @throws GatewayError RECORD_NOT_FOUND also when the viewer may not see it, so that its existence is not disclosed */
async function visible(deps: AppDependencies, viewer: Viewer, id: string): Promise<DocumentRecord> {
  const record = deps.documents.find(id);
  if (record !== undefined && (await mayRead(viewer, deps.index, record))) return record;
  throw recordNotFound('document', [id]);
}

export async function viewOfDocument(
  { documents, index }: AppDependencies,
  viewer: Viewer,
  record: DocumentRecord,
): Promise<DocumentView> {
  const secret = documents.secret(record);
  const { id, type, size, digest, by, at, erased, grantedTo = [] } = record;
  const keeps = maySee(viewer, [by.department]);
  return {
    ...{ id, name: secret?.name ?? null, type, size, digest, salt: secret?.salt ?? null },
    ...{ department: by.department, user: by.user, at, erased },
    cases: await casesShown(viewer, index, record),
    grantedTo: keeps ? grantedTo : grantedTo.filter((one) => one === viewer.department),
  };
}

const staff: readonly (string | null)[] = ['clerk', 'head', 'service'];
/** Supervisors bring in what their orders and rulings name, which who is ordered must be able to read. */
const uploaders: readonly (string | null)[] = [...staff, 'supervisor'];

/** @throws GatewayError ROLE_REFUSED for gateways, administrators, and callers whose department is not registered */
function staffOf(caller: Caller, viewer: Viewer): Actor {
  if (viewer.department !== null && uploaders.includes(caller.role)) return whoOf(caller, viewer);
  const message = 'Documents are brought in by officials and systems of a registered department.';
  throw new GatewayError('ROLE_REFUSED', message, { details: { role: caller.role } });
}

/** @throws GatewayError ROLE_REFUSED unless the caller is of the department that keeps it and has one of these roles */
function keeperOf(
  { by: { department } }: DocumentRecord,
  caller: Caller,
  viewer: Viewer,
  allowed: readonly (string | null)[],
): Actor {
  if (viewer.department === department && allowed.includes(caller.role)) {
    return whoOf(caller, viewer);
  }
  const message = 'That is for the department that brought the document in to do.';
  const details = { department, role: caller.role, allowed };
  throw new GatewayError('ROLE_REFUSED', message, { details });
}

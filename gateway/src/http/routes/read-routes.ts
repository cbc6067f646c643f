import { reads, type Reads } from '@yici/api';
import { Router, type Response } from 'express';
import type { Viewer } from '../../access/access.js';
import type { Caller } from '../../callers/caller.js';
import { actHandlers } from './act.js';
import { attestationHandlers } from './attestation.js';
import { caseHandlers } from './case.js';
import { datasetHandlers, dutyHandlers, matterHandlers, registryHandlers } from './catalogue.js';
import { chainHandlers } from './chain.js';
import { expressPath, viewing, type AppDependencies } from '../context.js';
import { documentHandlers } from './document.js';
import { draftHandlers } from './draft.js';
import { journalHandlers } from './journal.js';
import { oneThingHandlers } from './one-thing.js';
import { Attachment, JsonText, served } from './read-route.js';
import { recordRead } from './recorded-reads.js';
import { responsibilityHandlers } from './responsibility.js';
import { sharingHandlers } from './share.js';
import { languageOf } from '../wording.js';
import { signoffHandlers } from './signoff.js';
import { statsHandlers } from './stats.js';
import { supervisionHandlers } from './supervision.js';

const handlers = {
  ...registryHandlers,
  ...matterHandlers,
  ...datasetHandlers,
  ...dutyHandlers,
  ...oneThingHandlers,
  ...caseHandlers,
  ...attestationHandlers,
  ...responsibilityHandlers,
  ...sharingHandlers,
  ...chainHandlers,
  ...documentHandlers,
  ...draftHandlers,
  ...signoffHandlers,
  ...supervisionHandlers,
  ...journalHandlers,
  ...statsHandlers,
  ...actHandlers,
};

/** Every read that needs authentication, except the event stream, document contents and the current session. */
export const servedReads = served<Pick<Reads, keyof typeof handlers>>(reads, handlers);

export function readRouter(deps: AppDependencies): Router {
  const router = Router();
  for (const { read, run } of servedReads) {
    router.get(expressPath(read.path), async (request, response) => {
      const { caller, viewer } = viewing(request, deps);
      const { params, query } = request;
      const wantsCsv = request.accepts(['application/json', 'text/csv']) === 'text/csv';
      const body = await run({
        ...{ params, query, caller, viewer, wantsCsv, deps },
        language: languageOf(request),
      });
      await recordRead(deps, response, { caller, viewer, read, params, query, body });
      send(response, body);
      deps.journal.read(...readerOf(caller, viewer), read.path);
    });
  }
  return router;
}

/** Department and role under which a read is counted. */
export const readerOf = (
  caller: Pick<Caller, 'mspId' | 'role'>,
  viewer: Viewer,
): [department: string, role: string] => [viewer.department ?? caller.mspId, caller.role ?? 'none'];

function send(response: Response, body: unknown): void {
  if (body instanceof Attachment) {
    response.attachment(body.name).type(body.type).send(Buffer.from(body.bytes));
  } else if (body instanceof JsonText) response.type('application/json').send(body.text);
  else response.json(body);
}

import { draftKinds, type Actor, type draftReads, type DraftLine, type DraftView } from '@yici/api';
import { contractEvent, text, withoutHidden } from '@yici/domain/model';
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import type { Viewer } from '../../access/access.js';
import type { Caller } from '../../callers/caller.js';
import { hasRole } from '../../commands/command-input.js';
import { commandRoute } from '../../commands/route-table.js';
import type { Draft } from '../../drafts/store.js';
import { GatewayError, recordNotFound } from '../../errors.js';
import { findingsIn, validated } from '../../validate.js';
import { pathParam, viewing, type AppDependencies } from '../context.js';
import { noQuery } from '../no-query.js';
import { nothing } from './record-reads.js';
import type { Handlers } from './read-route.js';
import { whoOf } from './recorded-reads.js';

/** Longest input of a draft, in characters of its JSON. */
const longest = 65_536;

const title = text(200);
export const draftInput = z
  .record(z.string(), z.unknown())
  .refine((given) => JSON.stringify(given).length <= longest, `has more than ${longest} characters`)
  .refine((given) => !('private' in given), 'confidential values are in no draft');
export const newDraftBody = withoutHidden(
  z.strictObject({
    kind: z.enum(draftKinds).default('draft'),
    command: contractEvent.shape.name,
    title,
    input: draftInput,
  }),
);
const version = z.int().min(1).describe('The version that was read.');
export const draftChangeBody = withoutHidden(
  z.strictObject({ version, title: title.exactOptional(), input: draftInput.exactOptional() }),
);
export const discardBody = z.strictObject({ version });

export function draftRoutes(deps: AppDependencies): Router {
  const router = Router();
  const { drafts } = deps;
  router.post('/v1/drafts', noQuery, async (request, response) => {
    const { caller, viewer } = viewing(request, deps);
    const given = validated(newDraftBody, request.body, 'body');
    const by = writerOf(caller, viewer);
    response.status(201).json(await drafts.create(by, given));
  });
  const step = <Body>(
    name: string,
    schema: z.ZodType<Body>,
    take: (id: string, by: Actor, body: Body) => Promise<unknown>,
  ) => {
    const act: RequestHandler = async (request, response) => {
      const { caller, viewer } = viewing(request, deps);
      const body = validated(schema, request.body, 'body');
      const { id } = visible(deps, caller, viewer, pathParam(request, 'id'));
      response.json(await take(id, whoOf(caller, viewer), body));
    };
    router.post(`/v1/drafts/:id/${name}`, noQuery, act);
  };
  step('change', draftChangeBody, (id, by, change) => drafts.change(id, by, change));
  step('discard', discardBody, async (id, _by, { version: read }) => {
    await drafts.discard(id, read);
    return {};
  });
  return router;
}

export const draftHandlers: Handlers<typeof draftReads> = {
  'drafts.list': ({ deps, caller, viewer, query: { kind, command, ...page } }) => {
    const { department } = viewer;
    if (department === null) return nothing;
    const shown = (line: DraftLine) =>
      (kind ?? line.kind) === line.kind &&
      (command ?? line.command) === line.command &&
      maySee(line, caller, viewer);
    return deps.drafts.list(department, shown, page);
  },
  'drafts.get': ({ deps, caller, viewer, params, query: { check } }): DraftView => {
    const draft = deps.drafts.read(visible(deps, caller, viewer, params.id).id);
    return check === undefined ? draft : { ...draft, findings: findingsOf(draft) };
  },
};

/** Members of the department that wrote it who may do what it is for, and whoever worked on it. */
function maySee(line: DraftLine, caller: Caller, { department }: Viewer): boolean {
  if (department !== line.department) return false;
  const route = commandRoute(line.command);
  const worked = [line.by, line.changedBy].includes(caller.user);
  return worked || (route !== undefined && hasRole(route, caller));
}

/** @throws GatewayError RECORD_NOT_FOUND also when the caller may not see it */
function visible(deps: AppDependencies, caller: Caller, viewer: Viewer, id: string): DraftLine {
  const line = deps.drafts.find(id);
  if (line !== undefined && maySee(line, caller, viewer)) return line;
  throw recordNotFound('draft', [id]);
}

/** A clerk writes what the head decides: whoever acts for a department may write. @throws GatewayError ROLE_REFUSED */
function writerOf(caller: Caller, viewer: Viewer): Actor {
  const { role } = caller;
  if (viewer.department !== null && role !== null && role !== 'gateway') {
    return whoOf(caller, viewer);
  }
  const message = 'Drafts are written by officials and systems of a registered department.';
  throw new GatewayError('ROLE_REFUSED', message, { details: { role } });
}

function findingsOf({ command, input: given }: Draft): DraftView['findings'] {
  const route = commandRoute(command);
  if (route === undefined) return [{ path: '/command', code: 'unknown', message: 'No command.' }];
  return findingsIn(route.input, given);
}

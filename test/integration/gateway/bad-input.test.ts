import { expect } from 'chai';
import { filled, nowhere, operationsOf, type Operation } from './support/bad-input/operations.js';
import { RawHttp, type RawAnswer, type RawRequest } from './support/bad-input/raw-http.js';
import { faults, notCode, notNamed, told } from './support/bad-input/verdict.js';
import {
  brokenBodies,
  oddPlaces,
  otherMethods,
  unknownQueries,
  wrongBodies,
  wrongCursors,
  wrongPlaces,
  wrongQueries,
} from './support/bad-input/wrong-values.js';
import { fileCase, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const users = ['offices.clerk1', 'establishment.head1', 'supervision.supervisor1'] as const;
/** Nobody, and each of them in turn: every route meets them all, if not with everything. */
const inTurn = (index: number) => [undefined, ...users][index % 4];
const asked = 'establishment.head1';
const json = { 'content-type': 'application/json' };

/** A request, and what may be wrong with its answer beside what may never be. */
interface Trial extends RawRequest {
  readonly expect?: (answer: RawAnswer) => string[];
}

describe('whatever anybody sends to any route', function () {
  this.timeout(300_000);
  let world: World;
  let http: RawHttp;
  let operations: readonly Operation[];
  let height: number;
  const tokens = new Map<string, string>();

  before(async () => {
    world = await openWorld({ publicExplanations: true });
    await seed(world.api);
    await fileCase(world.api, 'data.clerk1');
    operations = operationsOf((await world.api.call('GET', '/openapi.json')).json);
    for (const user of users) tokens.set(user, (await world.api.as(user)).token);
    await world.gateway.caughtUp();
    height = world.gateway.height();
  });

  beforeEach(() => {
    http = new RawHttp(world.url);
  });

  afterEach(() => {
    http.close();
    expect(world.gateway.height(), 'blocks').to.equal(height);
    expect(world.gateway.obstacles()).to.deep.equal([]);
  });

  after(() => world.close());

  const as = (user: string | undefined) =>
    user === undefined ? {} : { authorization: `Bearer ${tokens.get(user) ?? ''}` };

  /** Sends all, a few at a time, and lists every answer that is not as it must be. */
  async function tryAll(trials: readonly Trial[]): Promise<void> {
    const wrong: string[] = [];
    const waiting = [...trials];
    const work = async () => {
      for (let trial = waiting.pop(); trial !== undefined; trial = waiting.pop()) {
        const answer = await http.send(trial);
        const found = [...faults(answer), ...(trial.expect?.(answer) ?? [])];
        const { method, path } = trial;
        if (found.length > 0) wrong.push(`${told(trial)}: ${found.join('; ')}`);
        else if (answer.status < 400 && answer.headers['x-request-id'] === undefined) {
          wrong.push(`${method} ${path}: no request id`);
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
    expect(trials.length).to.be.greaterThan(0);
    const listed = wrong.slice(0, 40).join('\n');
    expect(wrong.length, `${wrong.length} of ${trials.length}\n${listed}`).to.equal(0);
  }

  const writes = () => operations.filter(({ body }) => body !== undefined);
  const isOf =
    (...codes: string[]) =>
    (answer: RawAnswer) =>
      notCode(answer, ...codes);

  it('asks who it is before anything else', () =>
    tryAll(
      operations
        .filter(({ open }) => !open)
        .flatMap(({ method, path }) =>
          [{}, { authorization: 'Bearer x' }, { authorization: `Bearer ys_${'0'.repeat(43)}` }].map(
            (who): Trial => ({
              ...{ method, path: nowhere(path), headers: { ...who, ...json } },
              ...(['POST', 'PUT'].includes(method) ? { body: '{}' } : {}),
              expect: isOf('UNAUTHENTICATED'),
            }),
          ),
        ),
    ));

  it('is answered with a problem when the body is missing, of another type, too large or no JSON', () =>
    tryAll(
      writes().flatMap(({ method, path, open }, turn) =>
        brokenBodies.map(({ headers, code, ...body }, index): Trial => {
          const user = inTurn(turn + index);
          return {
            ...{ method, path: nowhere(path), headers: { ...as(user), ...headers } },
            ...body,
            expect: (answer) => {
              // Nobody's body is read who has not logged in, but where that is not asked; trying again needs none.
              if (user === undefined && !open) return notCode(answer, 'UNAUTHENTICATED');
              if (code === undefined) return [];
              if (path.endsWith('/retry') && code === 'VALIDATION_FAILED') return [];
              // The certificates of a department and of every consenter are more than any other body.
              if (path === '/v1/channel/changes' && code === 'BODY_TOO_LARGE')
                return notCode(answer, 'VALIDATION_FAILED');
              return notCode(answer, code);
            },
          };
        }),
      ),
    ));

  it('has every wrong place of a body named', () =>
    tryAll(
      writes().flatMap(({ method, path, body = {} }) =>
        wrongBodies(body).map(({ json: text, place }): Trial => ({
          ...{ method, path: nowhere(path), headers: { ...as(asked), ...json } },
          body: text,
          expect: (answer) =>
            place === '' && notCode(answer, 'BODY_MALFORMED').length === 0
              ? []
              : notNamed(answer, place),
        })),
      ),
    ));

  it('has wrong and unknown parts of a query named', () =>
    tryAll(
      operations
        .filter(({ method, path }) => path !== '/v1/events' && method !== 'DELETE')
        .flatMap(({ method, path, query }, turn) => [
          ...query.flatMap((one) =>
            wrongQueries(one).map((text): Trial => ({
              ...{ method, path: `${nowhere(path)}?${text}`, headers: { ...as(asked), ...json } },
              ...(['POST', 'PUT'].includes(method) ? { body: '{}' } : {}),
              expect: isOf('VALIDATION_FAILED'),
            })),
          ),
          ...wrongCursors
            .filter(() => query.some(({ name }) => name === 'cursor'))
            .map((cursor): Trial => ({
              ...{ method, path: `${nowhere(path)}?cursor=${cursor}`, headers: as(asked) },
              expect: isOf('CURSOR_INVALID', 'RECORD_NOT_FOUND', 'ROLE_REFUSED'),
            })),
          ...unknownQueries.map((text, index): Trial => {
            const user = inTurn(turn + index);
            return {
              ...{ method, path: `${nowhere(path)}?${text}`, headers: { ...as(user), ...json } },
              ...(['POST', 'PUT'].includes(method) ? { body: '{}' } : {}),
              expect: isOf('VALIDATION_FAILED', ...(user === undefined ? ['UNAUTHENTICATED'] : [])),
            };
          }),
        ]),
    ));

  it('finds nothing at a place that is none', () =>
    tryAll(
      operations
        .filter(({ path }) => path.includes('{'))
        .flatMap(({ method, path }, turn) =>
          [...wrongPlaces, ...oddPlaces].map((place, index): Trial => ({
            ...{
              method,
              path: filled(path, place),
              headers: { ...as(inTurn(turn + index)), ...json },
            },
            ...(['POST', 'PUT'].includes(method) ? { body: '{}' } : {}),
            expect: ({ status }) =>
              status >= 400 || oddPlaces.includes(place) ? [] : [`answered ${status}`],
          })),
        ),
    ));

  it('does not do half of what it was asked', async () => {
    const { api } = world;
    const { token } = await api.login(asked);
    const left = await api.call('DELETE', '/v1/sessions/current?all=yes', { token });
    expect(left.each('errors', 'path')).to.deep.equal(['/all']);
    expect((await api.call('GET', '/v1/sessions/current', { token })).status).to.equal(200);
  });

  it('is told which methods a path takes', () =>
    tryAll(
      operations.flatMap(({ path }, turn) =>
        otherMethods(path, operations).map((method, index): Trial => ({
          ...{ method, path: nowhere(path), headers: { ...as(inTurn(turn + index)), ...json } },
          ...(method === 'GET' ? {} : { body: '{}' }),
          expect: (answer) => [
            ...notCode(answer, 'METHOD_NOT_ALLOWED'),
            ...(typeof answer.headers['allow'] === 'string' ? [] : ['no Allow']),
          ],
        })),
      ),
    ));
});

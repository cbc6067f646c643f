import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { QueryName } from '@yici/chaincode/model';
import { commandNames, queryNames } from '@yici/chaincode/model';
import { createProgram, processTerminal, writeSpecs, type Session } from '@yici/client/testing';
import { commandRoutes, openApiDocument } from '@yici/gateway/testing';
import { expect } from 'chai';
import type { Command } from 'commander';
import { runYici } from '../../support/terminal.js';

/** What answers a read on the command line: its words; `later` when it asks for that path only after another answer. */
interface Asked {
  readonly by: string;
  readonly args?: readonly string[];
  readonly later?: true;
}
/** No command of its own, and why. */
interface Without {
  readonly without: string;
}

/** Every GET of the API: the command that asks for it, or the reason why none does. */
const reads: Readonly<Record<string, Asked | Without>> = {
  '/v1/departments': { by: 'department list' },
  '/v1/departments/{id}': { without: 'department list shows the whole record' },
  '/v1/calendars': { by: 'calendar list' },
  '/v1/calendars/{year}': { by: 'calendar show', args: ['2026'] },
  '/v1/calendars/{year}/versions': { without: 'calendar list names the newest version' },
  '/v1/duties': { by: 'duty list' },
  '/v1/duties/{department}/{code}': { without: 'duty list shows the whole record' },
  '/v1/duties/{department}/{code}/versions': { by: 'duty versions', args: ['hrss', 'A-1'] },
  '/v1/duties/{department}/{code}/matters': { by: 'duty matters', args: ['hrss', 'A-1'] },
  '/v1/duty-overlaps': { by: 'duty overlaps' },
  '/v1/data-topics': { by: 'dataset topics' },
  '/v1/matters': { by: 'matter list' },
  '/v1/matters/{taskCode}': { by: 'matter show', args: ['A1'] },
  '/v1/matters/{taskCode}/versions': { without: 'matter show takes a version' },
  '/v1/matters/{taskCode}/versions/{version}': {
    by: 'matter show',
    args: ['A1', '--version', '1'],
  },
  '/v1/matters/{taskCode}/reviews': { without: 'matter reviews lists those of all matters' },
  '/v1/reviews': { by: 'matter reviews' },
  '/v1/stats': { by: 'stats list' },
  '/v1/stats/{measure}': { by: 'stats show', args: ['bounces'] },
  '/v1/stats/{measure}/cases': { by: 'stats show', args: ['bounces', '--cases'] },
  '/v1/speed-up': { without: 'matter show says its own rate' },
  '/v1/one-things': { by: 'one-thing list' },
  '/v1/one-things/{code}': { by: 'one-thing show', args: ['A1'] },
  '/v1/one-things/{code}/versions': { without: 'one-thing list names the newest version' },
  '/v1/one-things/{code}/versions/{version}': {
    without: 'a version that is over binds nobody new',
  },
  '/v1/one-thing-cases': { by: 'one-thing cases' },
  '/v1/one-thing-cases/{no}': { by: 'one-thing show', args: ['A1-20260302-0001'] },
  '/v1/cases': { by: 'case list' },
  '/v1/cases/{caseNo}': { by: 'case show', args: ['A1-20260302-0001'] },
  '/v1/cases/{caseNo}/events': { by: 'case show', later: true },
  '/v1/cases/{caseNo}/clocks': { without: 'case show reckons them from the record by itself' },
  '/v1/cases/{caseNo}/export': { by: 'case export', args: ['A1-20260302-0001'] },
  '/v1/inbox': { by: 'inbox' },
  '/v1/datasets': { by: 'dataset list' },
  '/v1/datasets/{datasetId}': { without: 'dataset list shows the whole record' },
  '/v1/datasets/{datasetId}/versions': { without: 'dataset publish takes the version it reads' },
  '/v1/attestations': { by: 'attestation list' },
  '/v1/attestations/{attestationId}': { by: 'attestation show', args: ['a-1'] },
  '/v1/attestations/{attestationId}/verdict': {
    without: 'attestation verify judges by itself, without trusting the gateway',
  },
  '/v1/attestations/{attestationId}/uses': { by: 'attestation uses', args: ['a-1'] },
  '/v1/app-keys': { by: 'app-key list' },
  '/v1/duty-rulings': { by: 'ruling list' },
  '/v1/duty-rulings/{rulingId}': { by: 'ruling show', args: ['r-1'] },
  '/v1/delegations': { by: 'delegation list' },
  '/v1/delegations/{delegationId}': { without: 'delegation list shows the whole record' },
  '/v1/cards': { by: 'supervise cards' },
  '/v1/orders': { by: 'supervise orders' },
  '/v1/urges': { by: 'supervise urges' },
  '/v1/evaluations': { by: 'supervise evaluations' },
  '/v1/audits': { by: 'supervise audits list' },
  '/v1/audits/{report}': { by: 'supervise audits show', args: ['0'.repeat(64)] },
  '/v1/reads': { by: 'supervise reads' },
  '/v1/journal': { by: 'audit journal' },
  '/v1/journal/heads': { by: 'supervise reads', later: true },
  '/v1/journal-anchors': { by: 'audit journal', later: true },
  '/v1/shares': { by: 'sharing list' },
  '/v1/share-clocks': { by: 'sharing clocks' },
  '/v1/unmatched-shares': { by: 'sharing unmatched' },
  '/v1/shares/{shareId}': { by: 'sharing show', args: ['s-1'] },
  '/v1/shares/{shareId}/events': { by: 'sharing show', later: true },
  '/v1/shares/{shareId}/grant': { by: 'sharing show', later: true },
  '/v1/shares/{shareId}/values': { by: 'sharing values', args: ['s-1'] },
  '/v1/shares/{shareId}/receipts': { by: 'sharing receipts', args: ['s-1'] },
  '/v1/shares/{shareId}/challenges': { by: 'sharing challenges', args: ['s-1'] },
  '/v1/shares/{shareId}/disputes': { by: 'sharing disputes', args: ['s-1'] },
  '/v1/blocks': { by: 'blocks' },
  '/v1/blocks/{number}': { without: 'tx show reads what a block holds, blocks lists its row' },
  '/v1/transactions/{id}': { by: 'tx show', args: ['0'.repeat(64)] },
  '/v1/transactions/{txId}/receipt': { by: 'tx verify', args: ['0'.repeat(64)] },
  '/v1/config-blocks': { by: 'tx verify', later: true },
  '/v1/documents': { by: 'document list' },
  '/v1/documents/{id}': { by: 'document show', args: ['d-1'] },
  '/v1/documents/{id}/content': { by: 'document get', later: true },
  '/v1/documents/{id}/reads': { by: 'document reads', args: ['d-1'] },
  '/v1/sessions/current': { by: 'whoami' },
  '/v1/events': { by: 'events', later: true },
  '/v1/network': { without: 'the client asks before it signs anything' },
  '/v1/commands': { without: 'the client has the registry built in' },
};

/** Writes that are no command of the ledger: the one that sends them, or the reason why none does. */
const otherWrites: Readonly<Record<string, Asked | Without>> = {
  'post /v1/sessions/challenge': { by: 'login' },
  'post /v1/sessions': { by: 'login' },
  'delete /v1/sessions/current': { by: 'logout' },
  'post /v1/transactions/{id}/endorse': { without: 'every write sends its signatures there' },
  'post /v1/transactions/{id}/submit': { without: 'every write sends its signatures there' },
  'post /v1/transactions/{id}/retry': { without: 'every write tries again there' },
  'post /v1/shares/{shareId}/values': { by: 'sharing values', args: ['s-1'] },
  'post /v1/documents': { by: 'document put' },
  'post /v1/documents/{id}/readers': { by: 'document grant' },
  'post /v1/documents/{id}/erase': { by: 'document erase' },
};

/** Commands that ask the API for nothing of their own. */
const ofTheirOwn: Readonly<Record<string, string>> = {
  'case verify': 'recomputes the chain of case show',
  'case verify-export': 'verifies a file offline',
  'attestation verify': 'judges the record of attestation show',
  'sharing verify': 'recomputes the chain of sharing show',
  'app-key new': 'makes a key on this machine',
  pin: 'asks which network a gateway serves, before anybody logs in',
  'audit verify':
    'verifies a folder of blocks offline, and records the result as supervise record-audit does',
  'demo load': 'runs many commands in a row',
  'demo run': 'runs many commands in a row',
};

/** Where each query of the chaincode is answered over HTTP. */
const queryPaths: Readonly<Record<QueryName, string>> = {
  'department.get': '/v1/departments/{id}',
  'department.list': '/v1/departments',
  'calendar.get': '/v1/calendars/{year}',
  'duty.get': '/v1/duties/{department}/{code}',
  'duty.list': '/v1/duties',
  'duty.versions': '/v1/duties/{department}/{code}/versions',
  'duty.matters': '/v1/duties/{department}/{code}/matters',
  'duty.overlaps': '/v1/duty-overlaps',
  'matter.get': '/v1/matters/{taskCode}',
  'matter.list': '/v1/matters',
  'matter.reviews': '/v1/matters/{taskCode}/reviews',
  'oneThing.get': '/v1/one-things/{code}',
  'oneThing.list': '/v1/one-things',
  'oneThing.case': '/v1/one-thing-cases/{no}',
  'case.get': '/v1/cases/{caseNo}',
  'case.events': '/v1/cases/{caseNo}/events',
  'dataset.get': '/v1/datasets/{datasetId}',
  'dataset.list': '/v1/datasets',
  'dataset.versions': '/v1/datasets/{datasetId}/versions',
  'dataset.topics': '/v1/data-topics',
  'attestation.get': '/v1/attestations/{attestationId}',
  'attestation.verify': '/v1/attestations/{attestationId}/verdict',
  'attestation.list': '/v1/attestations',
  'attestation.uses': '/v1/attestations/{attestationId}/uses',
  'appKey.get': '/v1/app-keys',
  'appKey.list': '/v1/app-keys',
  'dutyRuling.get': '/v1/duty-rulings/{rulingId}',
  'delegation.get': '/v1/delegations/{delegationId}',
  'delegation.list': '/v1/delegations',
  'card.get': '/v1/cards',
  'order.get': '/v1/orders',
  'evaluation.get': '/v1/evaluations',
  'audit.get': '/v1/audits/{report}',
  'journal.list': '/v1/journal-anchors',
  'sharing.get': '/v1/shares/{shareId}',
  'sharing.grantOf': '/v1/shares/{shareId}/grant',
  'sharing.events': '/v1/shares/{shareId}/events',
  'sharing.receipts': '/v1/shares/{shareId}/receipts',
  'sharing.values': '/v1/shares/{shareId}/values',
};

const { paths } = openApiDocument('1') as { paths: Record<string, Record<string, unknown>> };
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method} ${path}`),
);

function leaves(command: Command, words: readonly string[] = []): string[] {
  if (command.commands.length === 0) return [words.join(' ')];
  return command.commands.flatMap((one) => leaves(one, [...words, one.name()]));
}
const verbs = leaves(createProgram(processTerminal(new AbortController().signal)));
const written = new Map(
  commandNames.map((name) => [name, `${writeSpecs[name].group} ${writeSpecs[name].verb}`]),
);
const asked = (table: Readonly<Record<string, Asked | Without>>) =>
  Object.values(table).flatMap((one) => ('by' in one ? [one.by] : []));

/** Who every command is, before it asks for anything. */
const session: Session = {
  mspId: 'HrssMSP',
  department: { id: 'hrss', name: { zh: '人力社保局', en: 'HRSS' } },
  user: 'hrss.service1',
  role: 'service',
  admin: false,
  custodial: true,
  expiresAt: null,
};

/** Runs a command against a server that knows nothing else, and gives the paths that it asked for. */
async function pathsAskedBy(words: readonly string[]): Promise<string[]> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://localhost').pathname;
    seen.push(path);
    if (path === '/v1/sessions/current') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(session));
      return;
    }
    response.writeHead(404, { 'content-type': 'application/problem+json' });
    response.end(
      JSON.stringify({ type: 'about:blank', title: 't', status: 404, code: 'RECORD_NOT_FOUND' }),
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  try {
    await runYici([...words, '--gateway', `http://127.0.0.1:${port}`], { YICI_API_KEY: 'yk_x' });
  } finally {
    await new Promise((closed) => server.close(closed));
  }
  return seen;
}

const asPattern = (path: string) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);

describe('what the command line and the API cover', () => {
  it('every command of the ledger is a POST of the API and a verb, and no verb is two', () => {
    const posts = commandRoutes.map(({ path }) => `post ${path}`);
    expect(commandRoutes.map(({ name }) => name)).to.deep.equal(commandNames);
    expect(operations).to.include.members(posts);
    expect(verbs).to.include.members([...written.values()]);
    expect(new Set(written.values()).size).to.equal(commandNames.length);
  });

  it('every other write of the API has its verb or its reason', () => {
    const posts = commandRoutes.map(({ path }) => `post ${path}`);
    const others = operations.filter((one) => !one.startsWith('get ') && !posts.includes(one));
    expect(others.sort()).to.deep.equal(Object.keys(otherWrites).sort());
    expect(verbs).to.include.members(asked(otherWrites));
  });

  it('every query of the ledger has a path', () => {
    expect(Object.keys(queryPaths).sort()).to.deep.equal([...queryNames].sort());
    for (const path of Object.values(queryPaths)) expect(operations).to.include(`get ${path}`);
  });

  it('every GET of the API has its verb or its reason', () => {
    const gets = operations.filter((one) => one.startsWith('get ')).map((one) => one.slice(4));
    expect(gets.sort()).to.deep.equal(Object.keys(reads).sort());
    expect(verbs).to.include.members(asked(reads));
  });

  it('every verb is a command, a read or a thing of its own', () => {
    const known = [
      ...written.values(),
      ...asked(reads),
      ...asked(otherWrites),
      ...Object.keys(ofTheirOwn),
    ];
    expect([...verbs].sort()).to.deep.equal([...new Set(known)].sort());
  });

  for (const [path, one] of Object.entries(reads)) {
    if ('without' in one || one.later === true) continue;
    it(`yici ${one.by} asks for ${path}`, async () => {
      const seen = await pathsAskedBy([...one.by.split(' '), ...(one.args ?? [])]);
      expect(seen.some((each) => asPattern(path).test(each))).to.equal(true);
    });
  }
});

import { commandNames } from '@yici/domain/model';
import { createProgram, processTerminal, writeSpec } from '@yici/client/testing';
import { commandRoutes, openApiDocument } from '@yici/gateway/testing';
import { expect } from 'chai';
import type { Command } from 'commander';

/** What sends a write on the command line, by its words; or the reason why nothing does. */
type Sent = { readonly by: string } | { readonly without: string };

/** Writes that are no command of the ledger: the one that sends them, or the reason why none does. */
const otherWrites: Readonly<Record<string, Sent>> = {
  'post /v1/sessions/challenge': { by: 'login' },
  'post /v1/sessions': { by: 'login' },
  'delete /v1/sessions/current': { by: 'logout' },
  'post /v1/enrolments': { by: 'identity enroll' },
  'post /v1/enrolments/{number}/answer': { without: '`yici-network identity approve` does' },
  'post /v1/enrolments/{number}/collect': { by: 'identity collect' },
  'post /v1/transactions/{id}/endorse': { without: 'every write sends its signatures there' },
  'post /v1/transactions/{id}/submit': { without: 'every write sends its signatures there' },
  'post /v1/transactions/{id}/retry': { without: 'every write tries again there' },
  'post /v1/shares/{shareId}/values': { by: 'sharing values' },
  'post /v1/batches': { without: 'for custodial accounts; `batch` signs each command itself' },
  'post /v1/calendars/preview': { by: 'calendar preview' },
  'post /v1/drafts': { by: 'draft new' },
  'post /v1/drafts/{id}/change': { by: 'draft change' },
  'post /v1/drafts/{id}/discard': { by: 'draft discard' },
  'put /v1/signoff/chains': { by: 'signoff configure' },
  'post /v1/signoffs': { by: 'signoff draft' },
  'post /v1/signoffs/{id}/approve': { by: 'signoff approve' },
  'post /v1/signoffs/{id}/return': { by: 'signoff return' },
  'post /v1/signoffs/{id}/issue': { by: 'signoff issue' },
  'post /v1/signoffs/{id}/withdraw': { by: 'signoff withdraw' },
  'post /v1/channel/changes': { without: '`yici-network channel sign --gateway` does' },
  'post /v1/channel/changes/{id}/submit': {
    without: 'the console does; `yici-network channel submit` asks the orderers itself',
  },
  'post /v1/documents': { by: 'document put' },
  'post /v1/documents/{id}/readers': { by: 'document grant' },
  'post /v1/documents/{id}/erase': { by: 'document erase' },
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
  commandNames.map((name) => [name, `${writeSpec(name).group} ${writeSpec(name).verb}`]),
);
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
    const sending = Object.values(otherWrites).flatMap((one) => ('by' in one ? [one.by] : []));
    expect(verbs).to.include.members(sending);
  });
});

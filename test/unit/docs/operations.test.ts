import { existsSync, readFileSync } from 'node:fs';
import { clientExitCodes } from '@yici/client/testing';
import { gatewayStatus } from '@yici/gateway/testing';
import { networkErrorCodes, tunedOrdererSettings, tunedPeerSettings } from '@yici/network/testing';
import { contractErrorCodes } from '@yici/domain/model';
import { keyErrorCodes } from '@yici/keys';
import { expect } from 'chai';
import { commandsOf, runElsewhere } from '../../support/operations/book.js';

const page = readFileSync('docs/operations.md', 'utf8');

/** Rows of the tables of settings: key, ours, why. */
const rows = [
  ...page.matchAll(/^\| `([A-Za-z]+\.[A-Za-z.]+)`\s*\| `[^`]*`\s*\| (\S.*?)\s*\| (.*?)\s*\|$/gm),
].map(([, key = '', ours = '', why = '']) => ({ key, ours, why }));

describe('docs/operations.md', () => {
  it('lists every tuned setting of peers and orderers with its value and its reason, and no other', () => {
    const tuned = [...tunedPeerSettings, ...tunedOrdererSettings].map(({ key, value, why }) => ({
      key,
      ours: value === '' ? 'empty' : `\`${String(value)}\``,
      why,
    }));
    expect(rows).to.deep.equal(tuned);
  });

  it('names no error code that does not exist', () => {
    const named = [...page.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, code = '']) => code);
    const known = new Set<string>([
      ...keyErrorCodes,
      ...networkErrorCodes,
      ...Object.keys(gatewayStatus),
      ...Object.keys(clientExitCodes),
      ...contractErrorCodes,
    ]);
    const others = [
      ...['FABRIC_LOGGING_SPEC', 'YICI_SCHEDULER', 'NODE_OPTIONS'],
      ...['YICI_TOKEN_PIN', 'YICI_TOKEN_ENV'],
    ];
    expect(named.filter((code) => !others.includes(code) && !code.startsWith('OTEL_'))).to.satisfy(
      (codes: string[]) => codes.every((code) => known.has(code)),
    );
  });

  it('has no command that nothing runs: those that its own suite leaves out are run where they are said to be', () => {
    const commands = commandsOf('docs/operations.md').map(({ command }) => command);
    expect(commands).to.have.length.greaterThan(50);
    for (const { like, file, has } of runElsewhere) {
      expect(
        commands.some((command) => like.test(command)),
        String(like),
      ).to.equal(true);
      const path = `test/${file}`;
      expect(existsSync(path) && readFileSync(path, 'utf8').includes(has), file).to.equal(true);
    }
  });
});

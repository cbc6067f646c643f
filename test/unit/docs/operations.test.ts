import { readFileSync } from 'node:fs';
import { clientExitCodes } from '@yici/client/testing';
import { gatewayStatus } from '@yici/gateway/testing';
import { networkErrorCodes, tunedOrdererSettings, tunedPeerSettings } from '@yici/network/testing';
import { contractErrorCodes } from '@yici/domain/model';
import { expect } from 'chai';

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
      ...networkErrorCodes,
      ...Object.keys(gatewayStatus),
      ...Object.keys(clientExitCodes),
      ...contractErrorCodes,
    ]);
    const others = ['FABRIC_LOGGING_SPEC', 'YICI_SCHEDULER', 'NODE_OPTIONS'];
    expect(named.filter((code) => !others.includes(code) && !code.startsWith('OTEL_'))).to.satisfy(
      (codes: string[]) => codes.every((code) => known.has(code)),
    );
  });
});

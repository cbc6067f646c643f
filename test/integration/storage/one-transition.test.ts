import { expect } from 'chai';
import fc from 'fast-check';
import type { ChannelLedger } from '@yici/network/testing';
import { oddRwSet, oddSets, type OddSet } from '../../support/ledger/odd-sets.js';
import { transaction } from '../../support/ledger/transaction.js';
import {
  audited,
  committed,
  compositeOf,
  indexed,
  openValues,
  rebuilt,
} from './support/four-views.js';
import { CHAINCODE, collection, define, makeLab, type Lab } from './support/lab.js';

const secrets = 'secrets';

describe('the state that follows from odd read-write sets', function () {
  this.timeout(300_000);
  let lab: Lab;
  let ledger: ChannelLedger;
  const names: string[] = [];

  before(async () => {
    lab = await makeLab();
    ledger = await lab.open();
    await ledger.order(define(lab, [collection(secrets)]));
  });

  after(async () => {
    await ledger.close();
    await lab.remove();
  });

  const envelope = (set: OddSet, run: number): Uint8Array =>
    transaction({
      creator: lab.clerk,
      endorsers: lab.peers.slice(0, 2),
      channel: lab.channel,
      chaincode: CHAINCODE,
      rwset: [
        oddRwSet(set, {
          chaincode: CHAINCODE,
          collection: secrets,
          key: (number) => compositeOf(`${String(run)}.${String(number)}`),
        }),
      ],
    }).envelope;

  /** One that writes nothing, behind which the others wait and so come into one block. */
  const first = (): Uint8Array => envelope([], -1);

  it('is one: as committed, as rebuilt, as an auditor replays it, as a gateway indexes it', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(oddSets, async (sets) => {
        run += 1;
        names.push(`${String(run)}.0`, `${String(run)}.1`);
        const envelopes = sets.map((set) => envelope(set, run));
        // The orderer refuses what would end a Fabric peer, and goes on with the others.
        await Promise.allSettled([first(), ...envelopes].map((each) => ledger.order(each)));
      }),
      { numRuns: 150, endOnFailure: true },
    );
    const kept = await committed(ledger, names, secrets);
    const { view, report } = await audited(ledger, names, secrets);
    expect(report.findings).to.deep.equal([]);
    expect(report.verdict).to.equal('VERIFIED');
    expect(view).to.deep.equal(kept);
    expect(await indexed(ledger, names)).to.deep.equal(openValues(kept));
    await ledger.close();
    expect(await rebuilt(lab, names, secrets)).to.deep.equal(kept);
    ledger = await lab.open();
  });
});

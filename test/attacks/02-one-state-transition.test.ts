import { expect } from 'chai';
import type { ChannelLedger } from '@yici/network/testing';
import {
  audited,
  committed,
  compositeOf,
  indexed,
  openValues,
  rebuilt,
} from '../integration/storage/support/four-views.js';
import {
  CHAINCODE,
  collection,
  define,
  makeLab,
  type Lab,
} from '../integration/storage/support/lab.js';
import { oddRwSet, type OddLine, type OddSet } from '../support/ledger/odd-sets.js';
import { transaction } from '../support/ledger/transaction.js';

const secrets = 'secrets';

/** Lines of a read-write set about one key in the open. */
const put = (value: number, key = 0): OddLine => ({ what: 'put', hidden: false, key, value });
const remove: OddLine = { ...put(0), what: 'remove' };
const annotate = (value: number): OddLine => ({ ...put(value), what: 'annotate' });
const hidden = (line: OddLine): OddLine => ({ ...line, hidden: true });

/**
 * The attacker has enough departments' peers endorse a read-write set that no honest peer makes: it names one key more than
 * once. Each is VALID, on Fabric too. Whoever reads such a set in another way than the peers' own state holds something else
 * for the record: after a rebuild, in an audit, or in a gateway's lists.
 */
const attacks: Readonly<Record<string, OddSet>> = {
  'a value and another value': [put(1), put(2)],
  'a delete and a value': [remove, put(2)],
  'a value and a delete': [put(2), remove],
  'a delete and metadata': [remove, annotate(1)],
  'two deletes': [remove, remove],
  'metadata twice and a value': [put(3), annotate(1), annotate(2)],
  'three values': [put(1), put(2), put(3)],
  'a private value and another': [hidden(put(1)), hidden(put(2))],
  'a private delete and a value': [hidden(remove), hidden(put(2))],
  'private metadata twice': [hidden(annotate(1)), hidden(annotate(2))],
};

describe('attack: read-write sets that name a key more than once', function () {
  this.timeout(120_000);
  let lab: Lab;
  let ledger: ChannelLedger;
  const names = Object.keys(attacks);

  const order = (name: string, set: OddSet) =>
    ledger.order(
      transaction({
        creator: lab.clerk,
        endorsers: lab.peers.slice(0, 2),
        channel: lab.channel,
        chaincode: CHAINCODE,
        rwset: [
          oddRwSet(set, {
            chaincode: CHAINCODE,
            collection: secrets,
            key: () => compositeOf(name),
          }),
        ],
      }).envelope,
    );

  before(async () => {
    lab = await makeLab();
    ledger = await lab.open();
    await ledger.order(define(lab, [collection(secrets)]));
    for (const [name, set] of Object.entries(attacks)) {
      const there = [put(9), hidden(put(9)), annotate(9), hidden(annotate(9))];
      const codes = [(await order(name, there)).code, (await order(name, set)).code];
      expect(codes, name).to.deep.equal([0, 0]);
    }
  });

  after(async () => {
    await ledger.close();
    await lab.remove();
  });

  it('do not make the gateway show what is not on the ledger', async () => {
    const kept = await committed(ledger, names, secrets);
    expect(await indexed(ledger, names)).to.deep.equal(openValues(kept));
  });

  it('do not make an audit come to another state', async () => {
    const { view, report } = await audited(ledger, names, secrets);
    expect(report.verdict).to.equal('VERIFIED');
    expect(view).to.deep.equal(await committed(ledger, names, secrets));
  });

  it('do not make a rebuild come to another state', async () => {
    const kept = await committed(ledger, names, secrets);
    await ledger.close();
    expect(await rebuilt(lab, names, secrets)).to.deep.equal(kept);
    ledger = await lab.open();
  });
});

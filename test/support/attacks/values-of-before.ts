import { fileURLToPath } from 'node:url';
import { TransactionClient, type TopologyInput } from '@yici/network/testing';
import { expect } from 'chai';
import { commit, seed } from '../../integration/gateway/support/story.js';
import { confidential, delivery, grantTo, leaksIn } from '../domain/sharing.js';
import type { Stand } from '../domain/stand.js';
import { readValues } from '../domain/values.js';
import { delivered, type Peers } from './at-peer.js';

/** A network that can be closed and opened again with another chaincode. */
export interface Opened {
  readonly stand: Stand;
  readonly peers: Peers;
  close(): Promise<void>;
}

type Chaincode = NonNullable<TopologyInput['chaincode']>;

/** The chaincode as it was: values in implicit collections, none defined. */
const old: Chaincode = {
  port: 0,
  path: fileURLToPath(new URL('../../../fixtures/chaincode/values-of-before', import.meta.url)),
};
/** The upgrade: this project's chaincode, and with the next sequence the collections of readers. */
const now: Chaincode = { port: 0, label: 'yici_2.0', version: '2.0', sequence: 2 };

const shareId = 'of-before';
const sides = { OfficesMSP: 'offices', EstablishmentMSP: 'establishment' } as const;
const path = (act: string) => `/v1/shares/${shareId}/${act}`;

/** A chain whose values lie in implicit collections, attacked before and after they are moved. Registers the tests. */
export function movesValuesOfBefore(open: (chaincode: Chaincode) => Promise<Opened>): void {
  let opened: Opened;
  after(() => (opened as Opened | undefined)?.close());

  /** The departments whose peers show the values to a third department’s clerk who asks for the whole chain. */
  async function shownToOthers(): Promise<string[]> {
    const shown: string[] = [];
    for (const at of Object.keys(sides)) {
      const height = opened.stand.height();
      const ask = { at, as: 'data.clerk1', kind: 'private', height } as const;
      if ((await delivered(opened.peers, ask)).some(leaksIn)) shown.push(at);
    }
    return shown;
  }
  const moved = (user: string) => opened.stand.api.run(user, path('move-values'), {});
  const held = async (user: string) =>
    (await readValues(opened.stand.api, user, path('values'))).list('deliveries');

  before(async () => {
    opened = await open(old);
    const { stand, peers } = opened;
    await seed(stand.api);
    await grantTo(stand.api, shareId, 'establishment.before');
    const client = new TransactionClient({
      channel: peers.channel,
      gateway: peers.peer('EstablishmentMSP'),
      identity: await peers.identity('establishment.clerk1'),
      now: () => new Date(),
    });
    const { private: secret, fields } = delivery.body;
    await client.submit({
      chaincode: 'yici',
      args: [Buffer.from('before:deliver'), Buffer.from(JSON.stringify({ shareId, fields }))],
      transient: new Map([['private', Buffer.from(JSON.stringify(secret))]]),
      endorsers: Object.keys(sides),
    });
    await commit(stand.api, 'offices.clerk1', path('confirm'), {});
  });

  it('shows values in implicit collections to everybody: what is to be ended', async () => {
    expect(await shownToOthers()).to.deep.equal(Object.keys(sides));
  });

  it('goes on showing them after the upgrade alone, for their blocks are of before', async () => {
    await opened.close();
    opened = await open(now);
    expect(await held('offices.clerk1')).to.deep.equal([]);
    expect(await shownToOthers()).to.deep.equal(Object.keys(sides));
  });

  it('lets nobody but officials of the two departments move them', async () => {
    expect((await moved('data.clerk1')).at('code')).to.equal('NOT_A_PARTY');
    expect((await moved('offices.service1')).at('code')).to.equal('ROLE_REFUSED');
  });

  it('shows nothing more from the peer of a department that has moved its own', async () => {
    expect((await moved('offices.clerk1')).at('state')).to.equal('committed');
    expect(await shownToOthers()).to.deep.equal(['EstablishmentMSP']);
    expect((await moved('establishment.head1')).at('state')).to.equal('committed');
    expect(await shownToOthers()).to.deep.equal([]);
    expect((await moved('offices.head1')).at('code')).to.equal('NOTHING_TO_MOVE');
  });

  it('gives them to their readers as they were, from the new collections', async () => {
    for (const id of Object.values(sides)) {
      for (const role of ['clerk1', 'head1']) {
        const [first] = await held(`${id}.${role}`);
        expect(first, `${id}.${role}`).to.deep.include({ no: 1, values: [confidential] });
      }
      const refused = await readValues(opened.stand.api, `${id}.service1`, path('values'));
      expect(refused.at('code')).to.equal('ROLE_REFUSED');
    }
  });

  it('takes more deliveries under the old grant, and purges all of it at the end', async () => {
    const { api } = opened.stand;
    await commit(api, 'establishment.service1', path('deliver'), delivery.body);
    expect(await held('offices.head1')).to.have.length(2);
    expect(await shownToOthers()).to.deep.equal([]);
    await commit(api, 'offices.clerk1', path('end'), { reason: 'purposeMet' });
    await commit(api, 'offices.clerk1', path('dispose'), { note: '已删除' });
    expect(await held('offices.head1')).to.deep.equal([]);
  });
}

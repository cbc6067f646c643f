import { expect } from 'chai';
import { deliverTo, leaksIn } from '../domain/sharing.js';
import type { Stand } from '../domain/stand.js';
import { asked, delivered, deliverKinds, type Peers } from './at-peer.js';

const mspIds = ['EstablishmentMSP', 'OfficesMSP', 'DataMSP', 'SupervisionMSP'];
/** Provider and requester of the shares below. */
const sides = { EstablishmentMSP: 'establishment', OfficesMSP: 'offices' } as const;

/** Whoever has a certificate of the channel, and is not meant: outside the two departments, and inside them. */
const outside = [
  'data.clerk1',
  'data.head1',
  'data.service1',
  'data.admin',
  'supervision.head1',
  'supervision.supervisor1',
];
const unnamed = ['service1', 'admin'];

/** The attack on the values of a share, past every gateway, at the peers themselves. Registers the tests. */
export function attacksValues(stand: () => Stand, peers: () => Peers): void {
  const shareId = 'attacked-1';

  /** Which of the three Deliver services of a department's peer show a piece of a value or a salt to the user. */
  async function shownTo(user: string, at: string): Promise<string[]> {
    const shown: string[] = [];
    for (const kind of deliverKinds) {
      const height = stand().height();
      const messages = await delivered(peers(), { at, as: user, kind, height });
      expect(messages.length, `${user} ${kind} at ${at}`).to.be.greaterThan(20);
      if (messages.some(leaksIn)) shown.push(kind);
    }
    return shown;
  }

  before(() => deliverTo(stand().api, shareId, 'establishment.attacked'));

  it('gets nothing from any Deliver service of any peer for anybody of another department', async () => {
    for (const user of outside) {
      for (const at of mspIds)
        expect(await shownTo(user, at), `${user} at ${at}`).to.deep.equal([]);
    }
  });

  it('gets nothing there for a role of the two departments that the share does not name', async () => {
    for (const department of Object.values(sides)) {
      for (const role of unnamed) {
        const user = `${department}.${role}`;
        for (const at of Object.keys(sides)) {
          expect(await shownTo(user, at), `${user} at ${at}`).to.deep.equal([]);
        }
      }
    }
  });

  it('gets nothing from the other department’s peer even for a role that the share names', async () => {
    expect(await shownTo('establishment.clerk1', 'OfficesMSP')).to.deep.equal([]);
    expect(await shownTo('offices.head1', 'EstablishmentMSP')).to.deep.equal([]);
  });

  it('shows that it looks where the values are: a named role gets them from its own peer', async () => {
    for (const [mspId, department] of Object.entries(sides)) {
      for (const role of ['clerk1', 'head1']) {
        expect(await shownTo(`${department}.${role}`, mspId), role).to.deep.equal(['private']);
      }
    }
  });

  it('gets nothing from the chaincode, whose peer it may be', async () => {
    const args = ['sharing:values', JSON.stringify({ shareId })];
    const inside = Object.values(sides).flatMap((each) => unnamed.map((role) => `${each}.${role}`));
    for (const user of [...outside, ...inside]) {
      for (const at of mspIds) {
        const { answer, refused } = await asked(peers(), { at, as: user, args });
        expect(answer, `${user} at ${at}`).to.equal(undefined);
        expect(leaksIn(Buffer.from(refused ?? ''))).to.equal(false);
      }
    }
    const { answer } = await asked(peers(), { at: 'OfficesMSP', as: 'offices.clerk1', args });
    expect(leaksIn(Buffer.from(answer ?? '')), 'whom the share names').to.equal(true);
  });
}

import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { gossip } from '@hyperledger/fabric-protos';
import { departmentPaths, type FabricNetwork } from '@yici/network/testing';
import { expect } from 'chai';
import { delivery, grantTo, leaksIn } from '../domain/sharing.js';
import { networkFolder, type FabricStand } from '../domain/fabric-stand.js';
import { gossiped, type GossipIdentity } from './gossip-client.js';

const departments: Readonly<Record<string, string>> = {
  EstablishmentMSP: 'establishment',
  OfficesMSP: 'offices',
  DataMSP: 'data',
  SupervisionMSP: 'supervision',
};
/** Provider and requester of the shares. */
const sides = ['EstablishmentMSP', 'OfficesMSP'] as const;
/** Where values of a share lie, and where they lay in earlier releases. */
const collections = sides.flatMap((mspId) => [
  ...['clerk', 'head', 'service'].map((role) => `values-${mspId}-${role}`),
  `_implicit_org_${mspId}`,
]);
/** A block that no peer has yet: what it holds for it lies in its transient store. */
const notYet = 1_000_000;
/** Transactions of a block that are asked about, and blocks in a request for state (gossip/state's batch). */
const [mostInBlock, batch] = [6, 8];

const { CHAN_ONLY, CHAN_OR_ORG } = gossip.GossipMessage.Tag;
type Tag = typeof CHAN_ONLY | typeof CHAN_OR_ORG;

const question = (network: FabricNetwork, tag: Tag): gossip.GossipMessage => {
  const message = new gossip.GossipMessage();
  message.setNonce(randomInt(1, 2 ** 40));
  message.setTag(tag);
  message.setChannel(Buffer.from(network.channel));
  return message;
};

function digest(collection: string, block: number, seq: number, txId: string) {
  const wanted = new gossip.PvtDataDigest();
  wanted.setNamespace('yici');
  wanted.setCollection(collection);
  wanted.setBlockSeq(block);
  wanted.setSeqInBlock(seq);
  wanted.setTxId(txId);
  return wanted;
}

/** The attack on the values of a share by whoever speaks gossip to the peers that have them. Registers the tests. */
export function attacksGossip(stand: () => FabricStand): void {
  /** Endorsed and not handed to the orderers: the values wait in the transient stores of the endorsing peers. */
  let endorsed: string;

  before(async () => {
    const { api } = stand();
    await grantTo(api, 'gossiped-1', 'establishment.gossiped');
    const user = 'establishment.service1';
    const proposed = await api.post(user, '/v1/shares/gossiped-1/deliver', delivery.body);
    const answer = await api.step(user, proposed, 'endorse');
    expect(answer.status, answer.text).to.equal(200);
    endorsed = answer.str('txId');
  });

  const filesOf = (mspId: string) =>
    departmentPaths(networkFolder(stand().directory), departments[mspId] ?? '');
  const peerOf = (mspId: string): GossipIdentity => ({ mspId, files: filesOf(mspId).peer });
  const userOf = (mspId: string, role: string): GossipIdentity => ({
    mspId,
    files: filesOf(mspId).user(`${departments[mspId] ?? ''}.${role}`),
  });

  /** The peer whose identity it is connects anew now and then, which ends every other connection under that identity. */
  async function asked(
    at: string,
    as: GossipIdentity,
    message: gossip.GossipMessage,
    tries = 50,
  ): Promise<gossip.GossipMessage> {
    try {
      return await gossiped(stand().network.endpoint(at), as, message);
    } catch (error) {
      if (tries <= 1) throw error;
      await pause(100);
      return asked(at, as, message, tries - 1);
    }
  }

  /** What a peer gives for every transaction that there is, and for the one that waits (gossip/privdata/pull.go). */
  async function pulled(at: string, as: GossipIdentity) {
    const request = new gossip.RemotePvtDataRequest();
    for (const collection of collections) {
      request.addDigests(digest(collection, notYet, 0, endorsed));
      for (let block = 0; block < stand().height(); block += 1) {
        for (let seq = 0; seq < mostInBlock; seq += 1) {
          request.addDigests(digest(collection, block, seq, ''));
        }
      }
    }
    const message = question(stand().network, CHAN_ONLY);
    message.setPrivatereq(request);
    const answer = await asked(at, as, message);
    const elements = answer.getPrivateres()?.getElementsList() ?? expect.fail('another answer');
    const leaking = elements.filter((element) => leaksIn(element.serializeBinary()));
    return leaking.map((element) => ({
      collection: element.getDigest()?.getCollection(),
      waits: element.getDigest()?.getBlockSeq() === notYet,
    }));
  }

  /** Whether the blocks that a peer gives with what its store has beside them have any value (gossip/state/state.go). */
  async function transferred(at: string, as: GossipIdentity) {
    let [blocks, leaks] = [0, false];
    for (let from = 0; from < stand().height(); from += batch) {
      const request = new gossip.RemoteStateRequest();
      request.setStartSeqNum(from);
      request.setEndSeqNum(from + batch - 1);
      const message = question(stand().network, CHAN_OR_ORG);
      message.setStateRequest(request);
      const answer = await asked(at, as, message);
      const payloads = answer.getStateResponse()?.getPayloadsList() ?? expect.fail('no state');
      blocks += payloads.length;
      leaks ||= payloads.some((payload) => leaksIn(payload.serializeBinary()));
    }
    expect(blocks, 'the blocks themselves every member’s peer may have').to.be.at.least(
      stand().height(),
    );
    return leaks;
  }

  it('speaks gossip well: whom the share names is given the values by both services, also while they wait', async () => {
    for (const mspId of sides) {
      const own = peerOf(mspId);
      const found = await pulled(mspId, own);
      const at = (role: string) => `values-${mspId}-${role}`;
      expect(found).to.deep.include({ collection: at('clerk'), waits: false });
      expect(found).to.deep.include({ collection: at('head'), waits: false });
      expect(await transferred(mspId, own), mspId).to.equal(true);
      const clerk = await pulled(mspId, userOf(mspId, 'clerk1'));
      expect(clerk.map(({ collection }) => collection)).to.include(at('clerk'));
    }
    const waiting = await Promise.all(sides.map((mspId) => pulled(mspId, peerOf(mspId))));
    expect(waiting.flat().some(({ waits }) => waits)).to.equal(true);
  });

  it('is given nothing by gossip, as the peer or the people of another department', async () => {
    for (const at of sides) {
      for (const as of [
        peerOf('DataMSP'),
        peerOf('SupervisionMSP'),
        userOf('DataMSP', 'clerk1'),
        userOf('DataMSP', 'admin'),
      ]) {
        expect(await pulled(at, as), `${as.mspId} at ${at}`).to.deep.equal([]);
        expect(await transferred(at, as), `${as.mspId} at ${at}`).to.equal(false);
      }
    }
  });

  it('is given nothing there as somebody of the two departments whom the share does not name', async () => {
    for (const at of sides) {
      for (const role of ['service1', 'admin']) {
        const as = userOf(at, role);
        expect(await pulled(at, as), `${role} at ${at}`).to.deep.equal([]);
        expect(await transferred(at, as), `${role} at ${at}`).to.equal(false);
      }
    }
  });

  it('is not taken for the peer of a department without its key, nor by what that peer said on another connection', async () => {
    const [at] = sides;
    const [whole, mine] = [peerOf(at), peerOf('DataMSP')];
    const keyless = { ...whole.files, msp: { ...whole.files.msp, key: mine.files.msp.key } };
    for (const as of [
      { mspId: at, files: keyless, connects: mine.files.tls },
      { ...whole, connects: mine.files.tls },
    ]) {
      const message = question(stand().network, CHAN_ONLY);
      message.setPrivatereq(new gossip.RemotePvtDataRequest());
      const refused = await asked(at, as, message, 3).catch((error: unknown) => error);
      expect(refused, 'no answer').to.be.instanceOf(Error);
    }
  });
}

import { status } from '@grpc/grpc-js';
import {
  GatewayError,
  type CloseableAsyncIterable,
  type Contract,
} from '@hyperledger/fabric-gateway';
import { common, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { Lab, labChannel, type LabClient } from '../../support/peer/lab.js';
import { mspOf } from '../../support/peer/lab-topology.js';
import { rejection, text } from '../../support/peer/rejection.js';

const { TxValidationCode } = peer;

/** The first `count` events, then hangs up. */
async function take<Event>(events: CloseableAsyncIterable<Event>, count: number): Promise<Event[]> {
  const found: Event[] = [];
  try {
    for await (const event of events) {
      found.push(event);
      if (found.length === count) {
        break;
      }
    }
  } finally {
    events.close();
  }
  return found;
}

/** Names of the collections whose cleartext came with a block. */
function collectionsOf(block: peer.BlockAndPrivateData): string[] {
  const names: string[] = [];
  block.getPrivateDataMapMap().forEach((sets) => {
    for (const namespace of sets.getNsPvtRwsetList()) {
      names.push(...namespace.getCollectionPvtRwsetList().map((one) => one.getCollectionName()));
    }
  });
  return names;
}

describe('event streams of the embedded peer', function () {
  this.timeout(60_000);
  let lab: Lab;
  let client: LabClient;
  let contract: Contract;

  before(async () => {
    lab = await Lab.open();
    await lab.deploy({
      name: 'lab',
      sequence: 1,
      policy: `OR('${mspOf.archive}.peer', '${mspOf.budget}.peer', '${mspOf.cadastre}.peer')`,
      collections: [
        { name: 'two', members: `OR('${mspOf.archive}.member', '${mspOf.budget}.member')` },
        {
          name: 'closed',
          members: `OR('${mspOf.archive}.member')`,
          memberOnlyRead: true,
        },
      ],
    });
    client = lab.client();
    contract = client.contract('lab');
  });

  after(async () => {
    await lab.close();
  });

  it('replay chaincode events from block 0 and go on with new ones', async () => {
    await contract.submitTransaction('emit', 'first', '1');
    await contract.submitTransaction('put', 'silent', 'x');
    await contract.submitTransaction('emit', 'second', '2');
    const events = await client.network.getChaincodeEvents('lab', { startBlock: 0n });
    const following = take(events, 3);
    await contract.submitTransaction('emit', 'third', '3');
    const found = await following;
    expect(found.map(({ eventName, payload }) => [eventName, text(payload)])).to.deep.equal([
      ['first', '1'],
      ['second', '2'],
      ['third', '3'],
    ]);
    expect(new Set(found.map(({ chaincodeName }) => chaincodeName))).to.deep.equal(
      new Set(['lab']),
    );
  });

  it('resume after the last transaction a client has seen', async () => {
    const all = await take(await client.network.getChaincodeEvents('lab', { startBlock: 0n }), 3);
    const [, second] = all;
    const resumed = await client.network.getChaincodeEvents('lab', {
      checkpoint: {
        getBlockNumber: () => second?.blockNumber,
        getTransactionId: () => second?.transactionId,
      },
    });
    expect((await take(resumed, 1)).map(({ eventName }) => eventName)).to.deep.equal(['third']);
  });

  it('start with the next block unless told otherwise', async () => {
    const events = await client.network.getChaincodeEvents('lab');
    // The stream's start is fixed when the peer gets the request: ask it something on the same connection first.
    await contract.evaluateTransaction('get', 'silent');
    const following = take(events, 1);
    await contract.submitTransaction('emit', 'fresh', '4');
    expect((await following).map(({ eventName }) => eventName)).to.deep.equal(['fresh']);
  });

  it('leave out the events of transactions that did not become valid', async () => {
    const proposal = contract.newProposal('emit', { arguments: ['lost', 'x'] });
    await contract.submitTransaction('put', 'mark', 'before');
    const transaction = await contract
      .newProposal('rangeThenPut', { arguments: ['mark', 'marl', 'other'] })
      .endorse();
    await contract.submitTransaction('put', 'mark', 'after');
    expect((await (await transaction.submit()).getStatus()).successful).to.equal(false);
    const late = await (await (await proposal.endorse()).submit()).getStatus();
    expect(late.successful).to.equal(true);
    const events = await client.network.getChaincodeEvents('lab', { startBlock: late.blockNumber });
    const [found] = await take(events, 1);
    expect(found).to.include({ eventName: 'lost', transactionId: late.transactionId });
  });

  it('give blocks from 0, whole, as the ledger has them', async () => {
    const blocks = await take(
      await client.network.getBlockEvents({ startBlock: 0n }),
      Number(lab.ledger.height),
    );
    expect(blocks.map((block) => block.getHeader()?.getNumber())).to.deep.equal(
      Array.from({ length: Number(lab.ledger.height) }, (_, index) => index),
    );
    const stored = await lab.ledger.blockByNumber(2n);
    expect(Buffer.from(blocks[2]!.serializeBinary()).equals(Buffer.from(stored ?? []))).to.equal(
      true,
    );
  });

  it('give filtered blocks from 0: ids, codes and event names, no payloads', async () => {
    const height = Number(lab.ledger.height);
    const events = await client.network.getFilteredBlockEvents({ startBlock: 0n });
    const blocks = await take(events, height);
    const [genesis] = blocks;
    expect(genesis?.getChannelId()).to.equal(labChannel);
    expect(genesis?.getFilteredTransactionsList()[0]?.getType()).to.equal(common.HeaderType.CONFIG);
    const transactions = blocks.flatMap((block) => block.getFilteredTransactionsList());
    const codes = new Set(transactions.map((one) => one.getTxValidationCode()));
    expect(codes).to.include(TxValidationCode.VALID);
    expect(codes).to.include(TxValidationCode.PHANTOM_READ_CONFLICT);
    const named = transactions.flatMap((one) =>
      (one.getTransactionActions()?.getChaincodeActionsList() ?? []).map((action) =>
        action.getChaincodeEvent(),
      ),
    );
    expect(named.map((event) => event?.getEventName())).to.include.members(['first', 'second']);
    expect(named.every((event) => event?.getPayload_asU8().length === 0)).to.equal(true);
  });

  it('give the private data a department holds, to those who may read it', async () => {
    const number = lab.ledger.height;
    const put = (collection: string, key: string): Promise<Uint8Array> =>
      contract.submit('putPrivate', {
        arguments: [collection, key],
        transientData: { value: `${collection}-${key}` },
      });
    await put('two', 'k');
    await put('closed', 'k');
    const seen = async (who: LabClient): Promise<string[][]> => {
      const events = await who.network.getBlockAndPrivateDataEvents({ startBlock: number });
      const found = await take(events, 2);
      return found.map(collectionsOf);
    };
    expect(await seen(client)).to.deep.equal([['two'], ['closed']]);
    expect(await seen(lab.client('budget'))).to.deep.equal([['two'], []]);
    expect(await seen(lab.client('cadastre'))).to.deep.equal([[], []]);
    // The peer of the archive holds it, but budget's clerk may not read a closed collection there.
    expect(await seen(lab.client('archive', 'budget.clerk1'))).to.deep.equal([['two'], []]);
  });

  it('are refused to a channel that does not exist', async () => {
    const network = client.gateway.getNetwork('nowhere');
    const events = await network.getChaincodeEvents('lab', { startBlock: 0n });
    const error = await rejection(take(events, 1), GatewayError);
    expect(error.code).to.equal(status.NOT_FOUND);
    const blocks = await network.getBlockEvents({ startBlock: 0n });
    await rejection(take(blocks, 1), Error);
  });

  it('end when the peer closes', async () => {
    const events = await client.network.getChaincodeEvents('lab', {
      startBlock: lab.ledger.height,
    });
    const following = take(events, 1).catch((error: unknown) => error);
    await contract.evaluateTransaction('get', 'silent');
    await lab.restart();
    expect(await following).to.satisfy(
      (end: unknown) => end instanceof GatewayError || (Array.isArray(end) && end.length === 0),
    );
    client = lab.client();
    contract = client.contract('lab');
  });
});

import { status } from '@grpc/grpc-js';
import { GatewayError, type Contract } from '@hyperledger/fabric-gateway';
import { peer } from '@hyperledger/fabric-protos';
import { decodeTxRwSet, type NamespaceRwSet } from '@yici/ledger';
import { isMerkleSummary } from '@yici/ledger/testing';
import { expect } from 'chai';
import { endorsedResults } from '../../support/peer/results.js';
import { Lab, secondPackage } from '../../support/peer/lab.js';
import { mspOf } from '../../support/peer/lab-topology.js';
import { rejection, text } from '../../support/peer/rejection.js';

const { TxValidationCode } = peer;

describe('what a chaincode may ask of the embedded peer', function () {
  this.timeout(60_000);
  let lab: Lab;
  let contract: Contract;

  const evaluate = async (name: string, ...args: string[]): Promise<string> =>
    text(await contract.evaluateTransaction(name, ...args));
  const refusal = async (name: string, ...args: string[]): Promise<string> => {
    const error = await rejection(contract.evaluateTransaction(name, ...args), GatewayError);
    return error.details[0]?.message ?? '';
  };
  /** The lab's own part of the read-write set a call gives. */
  const touched = async (name: string, ...args: string[]): Promise<NamespaceRwSet> => {
    const results = decodeTxRwSet(await endorsedResults(contract, name, args));
    const found = results.find(({ namespace }) => namespace === 'lab');
    return found ?? expect.fail('the lab touched nothing');
  };

  before(async () => {
    lab = await Lab.open({ executeTimeoutMs: 2_000, second: true });
    await lab.deploy({
      name: 'lab',
      sequence: 1,
      collections: [
        { name: 'two', members: `OR('${mspOf.archive}.member', '${mspOf.budget}.member')` },
        {
          name: 'closed',
          members: `OR('${mspOf.archive}.member')`,
          memberOnlyRead: true,
          memberOnlyWrite: true,
        },
      ],
    });
    contract = lab.client().contract('lab');
    await contract.submitTransaction('putMany', 'k', '120');
  });

  after(async () => {
    await lab.close();
  });

  describe('public state', () => {
    it('gives a range in key order, to its end', async () => {
      const found: unknown = JSON.parse(await evaluate('range', 'k0003', 'k0006'));
      expect(found).to.deep.equal([
        { key: 'k0003', value: '3' },
        { key: 'k0004', value: '4' },
        { key: 'k0005', value: '5' },
      ]);
    });

    it('records a read once, with the height that wrote it', async () => {
      const { reads, writes } = await touched('putThenGet', 'k0001', 'x');
      expect(reads).to.have.length(1);
      expect(reads[0]?.key).to.equal('k0001');
      expect(reads[0]?.version).to.deep.equal({ block: lab.ledger.height - 1n, tx: 0 });
      expect(writes.map(({ key }) => key)).to.deep.equal(['k0001']);
    });

    it('records the chaincode’s sequence with every transaction', async () => {
      const sets = decodeTxRwSet(await endorsedResults(contract, 'put', ['k0001', 'x']));
      const [lifecycle] = sets;
      expect(lifecycle?.namespace).to.equal('_lifecycle');
      expect(lifecycle?.reads.map(({ key }) => key)).to.deep.equal([
        'namespaces/fields/lab/Sequence',
      ]);
    });

    it('records a range read to its end by the end asked for, and its raw reads', async () => {
      const { rangeQueries } = await touched('range', 'k0003', 'k0006');
      expect(rangeQueries).to.have.length(1);
      const [query] = rangeQueries;
      expect(query).to.include({ startKey: 'k0003', endKey: 'k0006', exhausted: true });
      const reads = query && !isMerkleSummary(query.reads) ? query.reads : [];
      expect(reads.map(({ key }) => key)).to.deep.equal(['k0003', 'k0004', 'k0005']);
    });

    it('records more than fifty results as a Merkle summary', async () => {
      const { rangeQueries } = await touched('range', 'k', 'l');
      const [query] = rangeQueries;
      expect(query && isMerkleSummary(query.reads)).to.equal(true);
      expect(query?.reads).to.include({ maxDegree: 50, maxLevel: 1 });
    });

    it('gives pages with a bookmark, and lets no page be followed by a write', async () => {
      const first: unknown = JSON.parse(await evaluate('page', 'k', 'l', '3', ''));
      expect(first).to.deep.equal({
        keys: ['k0000', 'k0001', 'k0002'],
        fetchedRecordsCount: 3,
        next: 'k0003',
      });
      const last: unknown = JSON.parse(await evaluate('page', 'k', 'l', '3', 'k0118'));
      expect(last).to.deep.equal({
        keys: ['k0118', 'k0119'],
        fetchedRecordsCount: 2,
        next: '',
      });
      expect(await refusal('pageThenPut', 'k', 'l', '3', 'x')).to.match(
        /already performed a paginated query\. Writes are not allowed/,
      );
    });

    it('gives a key’s history, newest first, deletes included', async () => {
      await contract.submitTransaction('put', 'told', 'one');
      await contract.submitTransaction('put', 'told', 'two');
      await contract.submitTransaction('del', 'told');
      const found: unknown = JSON.parse(await evaluate('history', 'told'));
      expect(found).to.be.an('array').with.length(3);
      expect(found).to.have.nested.property('[0].isDelete', true);
      expect(found).to.have.nested.property('[1].value', 'two');
      expect(found).to.have.nested.property('[2].value', 'one');
    });

    it('refuses rich queries', async () => {
      expect(await refusal('query', '{"selector":{}}')).to.match(
        /ExecuteQuery not supported for leveldb/,
      );
    });
  });

  describe('private data', () => {
    const put = (collection: string, key: string, value: string): Promise<Uint8Array> =>
      contract.submit('putPrivate', {
        arguments: [collection, key],
        transientData: { value },
      });

    it('is written, read, hashed, listed, deleted', async () => {
      await put('two', 'p1', 'secret');
      expect(await evaluate('getPrivate', 'two', 'p1')).to.equal('secret');
      const hash = '2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b';
      expect(await evaluate('getPrivateHash', 'two', 'p1')).to.equal(hash);
      expect(JSON.parse(await evaluate('privateRange', 'two', 'p', 'q'))).to.deep.equal([
        { key: 'p1', value: 'secret' },
      ]);
      await contract.submitTransaction('delPrivate', 'two', 'p1');
      expect(await evaluate('getPrivate', 'two', 'p1')).to.equal('');
    });

    it('is purged', async () => {
      await put('two', 'p2', 'away with it');
      await contract.submitTransaction('purgePrivate', 'two', 'p2');
      expect(await evaluate('getPrivate', 'two', 'p2')).to.equal('');
      expect(await evaluate('getPrivateHash', 'two', 'p2')).to.equal('');
    });

    it('is in the block as hashes alone', async () => {
      await put('two', 'p3', 'only hashed');
      const block = Buffer.from((await lab.ledger.blockByNumber(lab.ledger.height - 1n)) ?? []);
      expect(block.includes('only hashed')).to.equal(false);
    });

    it('is not at a department that is no member: it sees the hash alone', async () => {
      await put('two', 'p4', 'between two');
      const outsider = lab.client('cadastre').contract('lab');
      expect(
        text(await outsider.evaluateTransaction('getPrivateHash', 'two', 'p4')),
      ).to.have.length(64);
      const error = await rejection(
        outsider.evaluateTransaction('getPrivate', 'two', 'p4'),
        GatewayError,
      );
      expect(error.details[0]?.message).to.match(
        /private data matching public hash version is not available/,
      );
    });

    it('is endorsed by members alone when it is read', async () => {
      await put('two', 'p5', 'read me');
      const results = await contract
        .newProposal('getPrivate', { arguments: ['two', 'p5'] })
        .endorse();
      expect(await (await results.submit()).getStatus()).to.include({
        code: TxValidationCode.VALID,
      });
      const error = await rejection(
        contract
          .newProposal('getPrivate', {
            arguments: ['two', 'p5'],
            endorsingOrganizations: [mspOf.archive, mspOf.cadastre],
          })
          .endorse(),
        GatewayError,
      );
      expect(error.details.map(({ mspId }) => mspId)).to.deep.equal([mspOf.cadastre]);
    });

    it('is closed to those who are no members, where the collection says so', async () => {
      await contract.submit('putPrivate', {
        arguments: ['closed', 'p6'],
        transientData: { value: 'ours' },
        endorsingOrganizations: [mspOf.archive, mspOf.budget],
      });
      const outsider = lab.client('archive', 'budget.clerk1').contract('lab');
      const read = await rejection(
        outsider.evaluateTransaction('getPrivate', 'closed', 'p6'),
        GatewayError,
      );
      expect(read.details[0]?.message).to.match(/does not have read access permission/);
      const write = await rejection(
        outsider.submit('putPrivate', {
          arguments: ['closed', 'p6'],
          transientData: { value: 'theirs' },
          endorsingOrganizations: [mspOf.archive, mspOf.budget],
        }),
        GatewayError,
      );
      expect(write.details[0]?.message).to.match(/does not have write access permission/);
    });

    it('does not take transient data to departments outside the collection unasked', async () => {
      const error = await rejection(put('closed', 'p7', 'ours'), GatewayError);
      expect(error.code).to.equal(status.FAILED_PRECONDITION);
      expect(error.message).to.match(/distribution policy of the private data.*: \[closed\]/);
    });

    it('has every department’s implicit collection', async () => {
      const own = `_implicit_org_${mspOf.archive}`;
      await contract.submit('putPrivate', {
        arguments: [own, 'mine'],
        transientData: { value: 'implicit' },
        endorsingOrganizations: [mspOf.archive],
      });
      expect(await evaluate('getPrivate', own, 'mine')).to.equal('implicit');
    });

    it('knows no collection that nobody defined', async () => {
      expect(await refusal('getPrivate', 'nothing', 'k')).to.match(
        /collection lab\/lab\/nothing could not be found/,
      );
    });

    it('lets no write follow a query over it', async () => {
      expect(await refusal('privateRangeThenPut', 'two', 'a', 'z', 'x')).to.match(
        /already performed queries on pvt data\. Writes are not allowed/,
      );
    });
  });

  describe('other chaincodes', () => {
    before(async () => {
      await lab.deploy({ name: 'other', sequence: 1 }, secondPackage);
    });

    it('are called in the same transaction, each in its own namespace', async () => {
      await lab.client().contract('other').submitTransaction('put', 'there', 'found');
      const answer: unknown = JSON.parse(await evaluate('call', 'other', '["get","there"]', ''));
      expect(answer).to.deep.equal({ status: 200, message: '', payload: 'found' });
      const call = ['other', '["put","there","changed"]', ''];
      const sets = decodeTxRwSet(await endorsedResults(contract, 'call', call));
      expect(sets.map(({ namespace }) => namespace)).to.deep.equal(['_lifecycle', 'other']);
      expect(sets[1]?.writes.map(({ key }) => key)).to.deep.equal(['there']);
      await contract.submitTransaction('call', ...call);
      expect(
        text(await lab.client().contract('other').evaluateTransaction('get', 'there')),
      ).to.equal('changed');
    });

    it('answer with their refusal', async () => {
      const answer: unknown = JSON.parse(await evaluate('call', 'other', '["fail","not now"]', ''));
      expect(answer).to.include({ status: 500, message: 'not now' });
    });

    it('include the built-in ones, which answer this one that they answer clients only', async () => {
      const answer: unknown = JSON.parse(
        await evaluate('call', 'qscc', JSON.stringify(['GetChainInfo', 'lab']), ''),
      );
      expect(answer).to.include({ status: 500 });
    });

    it('are not reached on another channel', async () => {
      expect(await refusal('call', 'lab', '["get","k"]', 'elsewhere')).to.match(
        /failed to find ledger for channel: elsewhere/,
      );
    });

    it('cannot be the chaincode itself', async () => {
      expect(await refusal('call', 'lab', '["get","k"]', '')).to.match(/txid: .* exists/);
    });
  });

  it('ends a transaction that takes too long', async () => {
    expect(await refusal('wait', '5000')).to.match(/timeout expired while executing transaction/);
  });

  it('fails what was running when the chaincode dies, and goes on when it is back', async () => {
    const running = rejection(contract.evaluateTransaction('wait', '1500'), GatewayError);
    await contract.evaluateTransaction('get', 'k0001');
    process.kill(lab.chaincode.health().pid!, 'SIGKILL');
    const error = await running;
    expect(error.details[0]?.message).to.match(/chaincode stream terminated$/);
    expect(await evaluate('get', 'k0002')).to.equal('2');
  });
});

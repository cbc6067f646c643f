import { status } from '@grpc/grpc-js';
import { GatewayError, type Contract, type Proposal } from '@hyperledger/fabric-gateway';
import { commitHashOf, parseBlock } from '@yici/ledger';
import { expect } from 'chai';
import { approveArgs, commitArgs, type TestDefinition } from '../../support/peer/definition.js';
import { Lab, labPackage, labPackageBytes } from '../../support/peer/lab.js';
import { labDepartments, mspOf, type LabDepartment } from '../../support/peer/lab-topology.js';
import { NativeNetwork } from '../../support/peer/native.js';
import { resultsOf } from '../../support/peer/results.js';
import { whenKnown } from '../../support/when-known.js';
import { needsFabric } from '../genesis/fabric.js';

const definition: TestDefinition = {
  name: 'lab',
  sequence: 1,
  collections: [
    { name: 'two', members: `OR('${mspOf.archive}.member', '${mspOf.budget}.member')` },
    {
      name: 'open',
      members: `OR('${labDepartments.map((one) => `${mspOf[one]}.member`).join("','")}')`,
    },
  ],
};

function titleOf({ chaincode = 'lab', name, args }: Step): string {
  return `${chaincode} ${name}(${args.filter((arg) => typeof arg === 'string').join(', ')})`;
}

/** A call that both engines get. */
interface Step {
  readonly name: string;
  readonly args: readonly (string | Uint8Array)[];
  readonly chaincode?: string;
  readonly by?: LabDepartment;
  readonly user?: string;
  readonly endorsers?: readonly LabDepartment[];
  readonly transient?: Record<string, string>;
}

/** The lifecycle as departments agree on the lab, then every kind of read and write. */
const steps: readonly Step[] = [
  ...labDepartments.map((by) => ({
    chaincode: '_lifecycle',
    name: 'ApproveChaincodeDefinitionForMyOrg',
    args: [approveArgs(definition, labPackage)],
    by,
    user: `${by}.admin`,
    endorsers: [by],
  })),
  {
    chaincode: '_lifecycle',
    name: 'CommitChaincodeDefinition',
    args: [commitArgs(definition)],
    user: 'archive.admin',
    endorsers: labDepartments,
  },
  { name: 'put', args: ['a', '1'] },
  { name: 'put', args: ['键值', '统一'] },
  { name: 'putThenGet', args: ['a', '2'] },
  { name: 'increment', args: ['counter'] },
  { name: 'increment', args: ['counter'] },
  { name: 'del', args: ['键值'] },
  { name: 'putMany', args: ['k', '170'] },
  { name: 'range', args: ['k0000', 'k0004'] },
  { name: 'range', args: ['k', 'l'] },
  { name: 'range', args: ['', ''] },
  { name: 'range', args: ['nothing', 'nothinh'] },
  { name: 'rangeThenPut', args: ['k0000', 'k0060', 'n'] },
  { name: 'page', args: ['k', 'l', '7', ''] },
  { name: 'page', args: ['k', 'l', '7', 'k0166'] },
  { name: 'page', args: ['k', 'l', '60', ''] },
  { name: 'history', args: ['a'] },
  { name: 'emit', args: ['told', 'all'] },
  { name: 'setPolicy', args: ['guarded', JSON.stringify([mspOf.budget])] },
  { name: 'put', args: ['guarded', 'x'] },
  { name: 'setPolicy', args: ['guarded', JSON.stringify([mspOf.budget])] },
  { name: 'getPolicy', args: ['guarded'] },
  { name: 'put', args: ['guarded', 'y'] },
  { name: 'putPrivate', args: ['open', 'p'], transient: { value: 'secret' } },
  {
    name: 'putPrivate',
    args: ['two', 'p'],
    transient: { value: 'closer' },
    endorsers: ['archive', 'budget'],
  },
  { name: 'getPrivate', args: ['open', 'p'] },
  { name: 'getPrivateHash', args: ['two', 'p'] },
  { name: 'getPrivate', args: ['two', 'p'], endorsers: ['archive', 'budget'] },
  { name: 'delPrivate', args: ['open', 'p'] },
  { name: 'putPrivate', args: ['open', 'q'], transient: { value: 'short-lived' } },
  { name: 'purgePrivate', args: ['open', 'q'] },
  { name: 'privateRange', args: ['open', 'a', 'z'] },
  {
    name: 'putPrivate',
    args: [`_implicit_org_${mspOf.archive}`, 'own'],
    transient: { value: 'mine' },
    endorsers: ['archive'],
  },
  { name: 'creator', args: [] },
];

/** Calls that fail, each in its own way. */
const refusals: readonly Step[] = [
  { name: 'fail', args: ['because'] },
  { name: 'noSuchFunction', args: [] },
  { name: 'query', args: ['{"selector":{}}'] },
  { name: 'pageThenPut', args: ['k', 'l', '7', 'x'] },
  { name: 'privateRangeThenPut', args: ['open', 'a', 'z', 'x'] },
  { name: 'getPrivate', args: ['nothing', 'k'] },
  { name: 'call', args: ['lab', '["get","a"]', ''] },
  { name: 'call', args: ['nosuch', '["get","a"]', ''] },
  { name: 'get', args: ['a'], chaincode: 'nosuch' },
  { name: 'get', args: ['two', 'p'], by: 'cadastre', endorsers: ['cadastre'] },
  { name: 'getPrivate', args: ['two', 'p'], by: 'cadastre', endorsers: ['cadastre'] },
  { name: 'GetChainInfo', args: [], chaincode: 'qscc' },
  { name: 'GetBlockByNumber', args: ['lab', 'x'], chaincode: 'qscc' },
  { name: 'GetBlockByNumber', args: ['lab', '999'], chaincode: 'qscc' },
  { name: 'GetTransactionByID', args: ['lab', 'nothing'], chaincode: 'qscc' },
  { name: 'GetNothing', args: ['lab', 'nothing'], chaincode: 'qscc' },
  { name: 'GetChannels', args: [], chaincode: 'cscc', by: 'archive' },
  {
    chaincode: '_lifecycle',
    name: 'ApproveChaincodeDefinitionForMyOrg',
    args: [approveArgs(definition, labPackage)],
    user: 'archive.admin',
    endorsers: ['archive'],
  },
  {
    chaincode: '_lifecycle',
    name: 'ApproveChaincodeDefinitionForMyOrg',
    args: [approveArgs(definition, labPackage)],
    endorsers: ['archive'],
  },
  {
    chaincode: '_lifecycle',
    name: 'CommitChaincodeDefinition',
    args: [commitArgs(definition)],
    endorsers: ['archive'],
  },
  {
    chaincode: '_lifecycle',
    name: 'CommitChaincodeDefinition',
    args: [commitArgs({ ...definition, sequence: 2, version: '2.0' })],
    endorsers: ['archive'],
  },
];

describe("the embedded peer beside Fabric's own peers", function () {
  this.timeout(180_000);
  let lab: Lab;
  let native: NativeNetwork;
  const opened: { close(): Promise<void> }[] = [];

  before(async function () {
    needsFabric(this, 'peer', 'orderer');
    lab = await Lab.open();
    opened.push(lab);
    native = new NativeNetwork({
      prepared: lab.prepared,
      packageBytes: labPackageBytes,
      chaincode: lab.service,
    });
    opened.push(native);
    await native.start();
  });

  after(async () => {
    for (const one of opened.reverse()) {
      await one.close();
    }
  });

  const contractOf = (step: Step, engine: 'embedded' | 'native'): Contract => {
    const by = step.by ?? 'archive';
    const address = engine === 'native' ? native.addressOf(mspOf[by]) : lab.addressOf(by);
    const client = lab.client(by, step.user ?? `${by}.clerk1`, address);
    return client.contract(step.chaincode ?? 'lab');
  };

  const proposalOf = (step: Step, engine: 'embedded' | 'native'): Proposal =>
    contractOf(step, engine).newProposal(step.name, {
      arguments: [...step.args],
      ...(step.transient ? { transientData: step.transient } : {}),
      ...(step.endorsers
        ? { endorsingOrganizations: step.endorsers.map((one) => mspOf[one]) }
        : {}),
    });

  const play = async (step: Step, engine: 'embedded' | 'native') => {
    const transaction = await whenKnown(() => proposalOf(step, engine).endorse());
    const commit = await whenKnown(() => transaction.submit());
    const { code, blockNumber } = await commit.getStatus();
    return {
      code,
      blockNumber,
      result: Buffer.from(transaction.getResult()).toString(),
      readWriteSet: Buffer.from(resultsOf(transaction.getBytes())).toString('hex'),
    };
  };

  steps.forEach((step, index) => {
    it(`gives the same bytes for ${index + 1}. ${titleOf(step)}`, async () => {
      const theirs = await play(step, 'native');
      const ours = await play(step, 'embedded');
      if (step.name === 'history') {
        // Transaction ids differ from run to run, and nothing else may.
        expect({ ...ours, result: '' }).to.deep.equal({ ...theirs, result: '' });
        return;
      }
      expect(ours).to.deep.equal(theirs);
    });
  });

  it('has come to the same state, block by block: the peers’ commit hashes are equal', async () => {
    const seals = async (engine: 'embedded' | 'native'): Promise<string[]> => {
      const qscc = contractOf({ name: '', args: [], chaincode: 'qscc' }, engine);
      const found: string[] = [];
      for (let number = 0; number < Number(lab.ledger.height); number += 1) {
        const bytes = await qscc.evaluateTransaction('GetBlockByNumber', 'lab', String(number));
        const hash = commitHashOf(parseBlock(bytes));
        found.push(Buffer.from(hash ?? new Uint8Array(0)).toString('hex'));
      }
      return found;
    };
    const ours = await seals('embedded');
    expect(ours.at(-1)).to.have.length(64);
    expect(ours).to.deep.equal(await seals('native'));
  });

  refusals.forEach((step, index) => {
    for (const way of ['evaluate', 'endorse'] as const) {
      it(`refuses alike: ${index + 1}. ${way} ${titleOf(step)}`, async () => {
        const refused = async (engine: 'embedded' | 'native') => {
          const proposal = proposalOf(step, engine);
          const work: Promise<unknown> =
            way === 'evaluate' ? proposal.evaluate() : proposal.endorse();
          const error: unknown = await work.then(
            () => undefined,
            (failure: unknown) => failure,
          );
          if (!(error instanceof GatewayError)) {
            return { code: status.OK };
          }
          const same = (text: string): string =>
            text.replaceAll(proposal.getTransactionId(), '<transaction>');
          return {
            code: error.code,
            message: same(error.message),
            details: error.details.map(({ mspId, message }) => [mspId, same(message)]),
          };
        };
        expect(await refused('embedded')).to.deep.equal(await refused('native'));
      });
    }
  });
});

import { expect } from 'chai';
import {
  encodeSignaturePolicy,
  hashKey,
  implicitCollection,
  sha256,
  validateBlock,
  type BlockVerdict,
  type CollectionRwSet,
  type MetadataEntry,
  type NamespaceRwSet,
  parseSignaturePolicy,
} from '@yici/ledger';
import { VALIDATION_PARAMETER, type MemoryState } from '@yici/ledger/testing';
import {
  codes,
  commit,
  createLab,
  definition,
  policyBytes,
  put,
  stateWith,
  type Lab,
} from '../../support/ledger/lab.js';
import type { Person } from '../../support/ledger/organization.js';
import {
  block,
  CHAINCODE,
  namespace,
  read,
  transaction,
  write,
} from '../../support/ledger/transaction.js';

const AT = { block: 3n, tx: 0 };

function keyPolicy(text: string): ReadonlyMap<string, Uint8Array> {
  return new Map([[VALIDATION_PARAMETER, encodeSignaturePolicy(parseSignaturePolicy(text))]]);
}

function policyEntries(text: string): readonly MetadataEntry[] {
  return [...keyPolicy(text)].map(([name, value]) => ({ name, value }));
}

function collection(name: string, parts: Partial<CollectionRwSet>): CollectionRwSet {
  return {
    collection: name,
    reads: [],
    writes: [],
    metadataWrites: [],
    privateRwSetHash: new Uint8Array(32),
    ...parts,
  };
}

const hashed = (key: string): CollectionRwSet['writes'][number] => ({
  keyHash: hashKey(key),
  isDelete: false,
  valueHash: sha256(Buffer.from('v')),
  isPurge: false,
});

describe('policies of keys and collections', () => {
  let lab: Lab;
  let all: readonly Person[];

  before(async () => {
    lab = await createLab();
    all = [lab.hrss.peer, lab.finance.peer, lab.data.peer];
  });

  const envelope = (endorsers: readonly Person[], parts: Partial<NamespaceRwSet>): Uint8Array =>
    transaction({ creator: lab.hrss.client, endorsers, rwset: [namespace(parts)] }).envelope;

  const judge = (state: MemoryState, ...envelopes: readonly Uint8Array[]): Promise<BlockVerdict> =>
    validateBlock(block(7n, ...envelopes), { config: lab.config, state });

  /** A state where `deed` may only be written with the finance bureau. */
  const guarded = (): MemoryState => {
    const state = stateWith();
    put(state, CHAINCODE, 'deed', AT, keyPolicy(`AND('FinanceMSP.peer')`));
    return state;
  };

  it('let a key with its own policy be written by those it names, fewer than the chaincode wants', async () => {
    const verdict = await judge(
      guarded(),
      envelope([lab.finance.peer], { writes: [write('deed')] }),
      envelope([lab.hrss.peer, lab.data.peer], { writes: [write('deed')] }),
    );
    expect(codes(verdict)).to.deep.equal(['VALID', 'ENDORSEMENT_POLICY_FAILURE']);
    expect(verdict.transactions[1]?.reason).to.match(
      /key deed of matters: signed by HrssMSP, DataBureauMSP/,
    );
  });

  it('want the chaincode policy as well when another key is written', async () => {
    const writes = [write('deed'), write('other')];
    const verdict = await judge(
      guarded(),
      envelope([lab.finance.peer], { writes }),
      envelope([lab.finance.peer, lab.data.peer], { writes }),
    );
    expect(codes(verdict)).to.deep.equal(['ENDORSEMENT_POLICY_FAILURE', 'VALID']);
  });

  it('want the chaincode policy when nothing is written, whatever was read', async () => {
    const reads = [read('deed', 3n)];
    const verdict = await judge(
      guarded(),
      envelope([lab.finance.peer], { reads }),
      envelope([lab.finance.peer, lab.hrss.peer], { reads }),
    );
    expect(codes(verdict)).to.deep.equal(['ENDORSEMENT_POLICY_FAILURE', 'VALID']);
  });

  it('judge a change of a key policy by the policy that the key has', async () => {
    const metadataWrites = [{ key: 'deed', entries: policyEntries(`OR('HrssMSP.peer')`) }];
    const verdict = await judge(
      guarded(),
      envelope([lab.hrss.peer, lab.data.peer], { metadataWrites }),
      envelope([lab.finance.peer], { metadataWrites }),
    );
    expect(codes(verdict)).to.deep.equal(['ENDORSEMENT_POLICY_FAILURE', 'VALID']);
  });

  it('refuse a write after a valid change of the key policy in the same block', async () => {
    const metadataWrites = [{ key: 'deed', entries: policyEntries(`OR('FinanceMSP.peer')`) }];
    const verdict = await judge(
      guarded(),
      envelope([lab.finance.peer], { metadataWrites }),
      envelope([lab.finance.peer], { writes: [write('deed')] }),
      envelope(all, { writes: [write('other')] }),
    );
    expect(codes(verdict)).to.deep.equal(['VALID', 'ENDORSEMENT_POLICY_FAILURE', 'VALID']);
    expect(verdict.transactions[1]?.reason).to.match(/changed earlier in this block/);
  });

  it('do not mind a change whose endorsement failed', async () => {
    const metadataWrites = [{ key: 'deed', entries: policyEntries(`OR('HrssMSP.peer')`) }];
    const verdict = await judge(
      guarded(),
      envelope([lab.hrss.peer], { metadataWrites }),
      envelope([lab.finance.peer], { writes: [write('deed')] }),
    );
    expect(codes(verdict)).to.deep.equal(['ENDORSEMENT_POLICY_FAILURE', 'VALID']);
  });

  it('refuse a write also after a well endorsed change that then failed for its reads', async () => {
    const metadataWrites = [{ key: 'deed', entries: policyEntries(`OR('HrssMSP.peer')`) }];
    const verdict = await judge(
      guarded(),
      envelope(all, { metadataWrites, reads: [read('deed', 1n)] }),
      envelope([lab.finance.peer], { writes: [write('deed')] }),
    );
    expect(codes(verdict)).to.deep.equal(['MVCC_READ_CONFLICT', 'ENDORSEMENT_POLICY_FAILURE']);
  });

  it('are in force from the next block on, and stay when only the value is written', async () => {
    const state = stateWith();
    put(state, CHAINCODE, 'deed', AT);
    const entries = policyEntries(`OR('DataBureauMSP.peer')`);
    await commit(
      lab.config,
      state,
      block(7n, envelope(all, { metadataWrites: [{ key: 'deed', entries }] })),
    );
    const alone = [lab.data.peer];
    const first = envelope(alone, { writes: [write('deed', 'new')] });
    expect(codes(await commit(lab.config, state, block(8n, first)))).to.deep.equal(['VALID']);
    const second = envelope(alone, { writes: [write('deed', 'newer')] });
    expect(codes(await commit(lab.config, state, block(9n, second)))).to.deep.equal(['VALID']);
    expect(Buffer.from(state.get(CHAINCODE, 'deed')?.value ?? []).toString()).to.equal('newer');
  });

  it('go away when a transaction takes the metadata away', async () => {
    const state = guarded();
    const metadataWrites = [{ key: 'deed', entries: [] }];
    const verdict = await commit(
      lab.config,
      state,
      block(7n, envelope([lab.finance.peer], { metadataWrites })),
    );
    expect(codes(verdict)).to.deep.equal(['VALID']);
    expect(state.get(CHAINCODE, 'deed')?.metadata).to.equal(undefined);
    expect(Buffer.from(state.get(CHAINCODE, 'deed')?.value ?? []).toString()).to.equal('old');
  });

  it('are dropped for a key that does not exist', async () => {
    const state = stateWith();
    const metadataWrites = [{ key: 'nothing', entries: policyEntries(`OR('HrssMSP.peer')`) }];
    const verdict = await commit(lab.config, state, block(7n, envelope(all, { metadataWrites })));
    expect(codes(verdict)).to.deep.equal(['VALID']);
    expect(state.get(CHAINCODE, 'nothing')).to.equal(undefined);
  });

  it('cannot be met when they point at nobody, and stop the channel when they cannot be read', async () => {
    const state = stateWith();
    const pointless = encodeSignaturePolicy({
      version: 0,
      rule: { kind: 'signedBy', index: 3 },
      principals: [],
    });
    put(state, CHAINCODE, 'deed', AT, new Map([[VALIDATION_PARAMETER, pointless]]));
    put(state, CHAINCODE, 'spoilt', AT, new Map([[VALIDATION_PARAMETER, Uint8Array.of(0x0a, 9)]]));
    const verdict = await judge(state, envelope(all, { writes: [write('deed')] }));
    expect(codes(verdict)).to.deep.equal(['ENDORSEMENT_POLICY_FAILURE']);
    expect(verdict.halt).to.equal(undefined);
    const stopped = await judge(state, envelope(all, { writes: [write('spoilt')] }));
    expect(stopped.halt?.reason).to.match(/policy cannot be read/);
  });

  describe('in private collections', () => {
    const collections = [
      {
        name: 'sealed',
        memberPolicy: encodeSignaturePolicy(parseSignaturePolicy(`OR('HrssMSP.member')`)),
        requiredPeerCount: 0,
        maximumPeerCount: 1,
        blockToLive: 0n,
        memberOnlyRead: true,
        memberOnlyWrite: true,
        endorsementPolicy: policyBytes(`OR('HrssMSP.peer')`),
      },
    ];
    const own = { ...collections[0], name: 'shared', endorsementPolicy: undefined };
    const state = (): MemoryState =>
      stateWith({
        [CHAINCODE]: definition({ collections: [...collections, { ...collections[0]!, ...own }] }),
      });
    const writing = (name: string): Partial<NamespaceRwSet> => ({
      collections: [collection(name, { writes: [hashed('k')] })],
    });

    it('the collection policy stands for the chaincode policy', async () => {
      const verdict = await judge(
        state(),
        envelope([lab.hrss.peer], writing('sealed')),
        envelope([lab.finance.peer, lab.data.peer], writing('sealed')),
        envelope([lab.hrss.peer], writing('shared')),
        envelope([lab.finance.peer, lab.data.peer], writing('shared')),
      );
      expect(codes(verdict)).to.deep.equal([
        'VALID',
        'ENDORSEMENT_POLICY_FAILURE',
        'ENDORSEMENT_POLICY_FAILURE',
        'VALID',
      ]);
    });

    it('a public write beside it still wants the chaincode policy', async () => {
      const both = { ...writing('sealed'), writes: [write('public')] };
      const verdict = await judge(
        state(),
        envelope([lab.hrss.peer], both),
        envelope([lab.hrss.peer, lab.data.peer], both),
      );
      expect(codes(verdict)).to.deep.equal(['ENDORSEMENT_POLICY_FAILURE', 'VALID']);
    });

    it('an organisation endorses alone what goes into its implicit collection', async () => {
      const verdict = await judge(
        state(),
        envelope([lab.finance.peer], writing(implicitCollection('FinanceMSP'))),
        envelope([lab.hrss.peer, lab.data.peer], writing(implicitCollection('FinanceMSP'))),
        envelope(all, writing(implicitCollection('StrangerMSP'))),
      );
      expect(codes(verdict)).to.deep.equal([
        'VALID',
        'ENDORSEMENT_POLICY_FAILURE',
        'ENDORSEMENT_POLICY_FAILURE',
      ]);
      expect(verdict.transactions[2]?.reason).to.match(/StrangerMSP/);
    });

    it('nobody can write to a collection that is not defined', async () => {
      const verdict = await judge(state(), envelope(all, writing('unheard')));
      expect(codes(verdict)).to.deep.equal(['ENDORSEMENT_POLICY_FAILURE']);
      expect(verdict.transactions[0]?.reason).to.match(/no such collection unheard/);
    });

    it('a private key may carry its own policy, known by its hash alone', async () => {
      const ledger = state();
      const first = collection('sealed', {
        writes: [hashed('k')],
        metadataWrites: [
          { keyHash: hashKey('k'), entries: policyEntries(`OR('DataBureauMSP.peer')`) },
        ],
      });
      await commit(
        lab.config,
        ledger,
        block(7n, envelope([lab.hrss.peer], { collections: [first] })),
      );
      const verdict = await commit(
        lab.config,
        ledger,
        block(
          8n,
          envelope([lab.hrss.peer], writing('sealed')),
          envelope([lab.data.peer], writing('sealed')),
        ),
      );
      expect(codes(verdict)).to.deep.equal(['ENDORSEMENT_POLICY_FAILURE', 'VALID']);
      const [update] = verdict.updates.hashes;
      expect(update).to.deep.include({ collection: 'sealed' });
      expect([...(update?.next?.metadata?.keys() ?? [])]).to.deep.equal([VALIDATION_PARAMETER]);
    });
  });
});

describe('lifecycle transactions', () => {
  let lab: Lab;

  before(async () => {
    lab = await createLab();
  });

  it('are endorsed by the lifecycle policy, and approvals by the organisation alone', async () => {
    const writes = [write('namespaces/fields/matters/Sequence')];
    const approval = (mspId: string): NamespaceRwSet =>
      namespace({
        name: '_lifecycle',
        collections: [collection(implicitCollection(mspId), { writes: [hashed('k')] })],
      });
    const by = (endorsers: readonly Person[], rwset: NamespaceRwSet): Uint8Array =>
      transaction({
        creator: lab.hrss.admin,
        endorsers,
        chaincode: '_lifecycle',
        answeredBy: { name: '_lifecycle', version: 'syscc' },
        rwset: [rwset],
      }).envelope;
    const verdict = await validateBlock(
      block(
        7n,
        by([lab.hrss.peer], namespace({ name: '_lifecycle', writes })),
        by([lab.hrss.peer, lab.data.peer], namespace({ name: '_lifecycle', writes })),
        by([lab.hrss.peer], approval('HrssMSP')),
        by([lab.data.peer], approval('HrssMSP')),
      ),
      { config: lab.config, state: stateWith() },
    );
    expect(codes(verdict)).to.deep.equal([
      'ENDORSEMENT_POLICY_FAILURE',
      'VALID',
      'VALID',
      'ENDORSEMENT_POLICY_FAILURE',
    ]);
  });

  it('make the chaincode they define callable from the next block on', async () => {
    const state = stateWith({});
    const call = (): Uint8Array =>
      transaction({
        creator: lab.hrss.client,
        endorsers: [lab.hrss.peer, lab.data.peer],
        rwset: [namespace({ writes: [write('k')] })],
      }).envelope;
    expect(codes(await commit(lab.config, state, block(7n, call())))).to.deep.equal([
      'INVALID_CHAINCODE',
    ]);
    const defined = stateWith();
    expect(codes(await commit(lab.config, defined, block(8n, call())))).to.deep.equal(['VALID']);
  });

  it('let a chaincode that writes for another be endorsed by both policies', async () => {
    const state = stateWith({
      [CHAINCODE]: definition({ validationParameter: policyBytes(`OR('HrssMSP.peer')`) }),
      archive: definition({ validationParameter: policyBytes(`OR('DataBureauMSP.peer')`) }),
    });
    const rwset = [
      namespace({ name: 'archive', writes: [write('k')] }),
      namespace({ writes: [write('k')] }),
    ];
    const by = (...endorsers: readonly Person[]): Uint8Array =>
      transaction({ creator: lab.hrss.client, endorsers, rwset }).envelope;
    const verdict = await validateBlock(
      block(7n, by(lab.hrss.peer), by(lab.data.peer), by(lab.hrss.peer, lab.data.peer)),
      { config: lab.config, state },
    );
    expect(codes(verdict)).to.deep.equal([
      'ENDORSEMENT_POLICY_FAILURE',
      'ENDORSEMENT_POLICY_FAILURE',
      'VALID',
    ]);
  });
});

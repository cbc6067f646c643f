import { randomBytes } from 'node:crypto';
import {
  channelConfigFrom,
  blockMetadataIndex,
  blockSignatureMessage,
  buildBlock,
  commitHash,
  creatorHeader,
  encodeBlock,
  encodeLastConfig,
  encodeOrdererMetadata,
  encodePayload,
  encodeChannelHeader,
  encodeSignatureHeader,
  encodeSignatureMetadata,
  encodeSignaturePolicy,
  headerHash,
  headerType,
  validateBlock,
  WireWriter,
  withCommitHash,
  withMetadata,
  withTransactionsFilter,
  type ChannelConfig,
  type ParsedBlock,
  principalKind,
  encodeConfig,
  type ConfigGroup,
} from '@yici/ledger';
import { encodeConfigEnvelope, MemoryState } from '@yici/ledger/testing';
import { CHANNEL, channelTree, editGroup, value } from '../../../support/ledger/channel.js';
import type { Lab } from '../../../support/ledger/lab.js';
import type { Person } from '../../../support/ledger/organization.js';

/** How the orderers of a chain sign: one by certificate, or numbered consenters of whom a quorum must. */
export type Ordering =
  | { readonly kind: 'raft'; readonly orderer: Person }
  | { readonly kind: 'bft'; readonly consenters: readonly Person[] };

export interface AppendOptions {
  /** Sign instead of all orderers: their positions among the consenters, or nobody. */
  readonly signers?: readonly number[];
  /** Signs in place of the orderers, by certificate. */
  readonly signer?: Person;
  /** In place of the newest config block's number. */
  readonly lastConfig?: bigint;
}

/** Makes a channel's blocks as its orderers and one honest peer would. */
export class TestChain {
  readonly blocks: ParsedBlock[];
  readonly #ordering: Ordering;
  readonly #state = new MemoryState();
  #config: ChannelConfig;
  #lastConfig = 0n;
  #commitHash: Uint8Array | undefined;

  constructor(lab: Lab, ordering: Ordering, edit: (tree: ConfigGroup) => ConfigGroup = same) {
    const organizations = [lab.hrss, lab.finance, lab.data].map((one) => one.organization);
    const tree = channelTree(
      organizations.map(({ definition }) => definition),
      lab.ordererOrganization.definition,
    );
    const channelGroup = edit(orderedBy(ordering, tree));
    const config = encodeConfig({ sequence: 0n, channelGroup });
    this.#ordering = ordering;
    this.#config = channelConfigFrom(config, CHANNEL);
    this.blocks = [genesisBlock(config)];
  }

  get config(): ChannelConfig {
    return this.#config;
  }

  /** What an auditor of this chain would pin. */
  get pin(): string {
    return Buffer.from(headerHash(this.blocks[0]!)).toString('hex');
  }

  /** Orders these envelopes into the next block, judges, signs and keeps it. */
  async append(envelopes: readonly Uint8Array[], options: AppendOptions = {}): Promise<void> {
    const last = this.blocks.at(-1)!;
    const raw = buildBlock({
      number: last.number + 1n,
      previousHash: headerHash(last),
      envelopes,
    });
    const verdict = await validateBlock(raw, { config: this.#config, state: this.#state });
    const codes = verdict.transactions.map(({ code }) => code);
    const heights = new Map(verdict.transactions.map(({ txId }, tx) => [txId, tx]));
    this.#commitHash = commitHash({
      codes: Uint8Array.from(codes),
      updates: verdict.updates,
      heightOf: (txId) => ({ block: raw.number, tx: heights.get(txId) ?? 0 }),
      previous: this.#commitHash,
    });
    if (verdict.config !== undefined) this.#lastConfig = raw.number;
    const judged = withCommitHash(withTransactionsFilter(raw, codes), this.#commitHash);
    this.blocks.push(this.sign(judged, options));
    this.#config = verdict.config ?? this.#config;
    const txIds = verdict.transactions.map(({ txId }) => txId);
    this.#state.apply(verdict.updates, txIds);
  }

  /** The block with LAST_CONFIG and the orderers' signatures. */
  sign(block: ParsedBlock, options: AppendOptions = {}): ParsedBlock {
    const lastConfig = options.lastConfig ?? this.#lastConfig;
    const value = encodeOrdererMetadata({ lastConfig, consenterMetadata: new Uint8Array(0) });
    const slot = new WireWriter().bytes(1, encodeLastConfig(lastConfig)).finish();
    const signatures = encodeSignatureMetadata(value, this.#signatures(block, value, options));
    return withMetadata(
      withMetadata(block, blockMetadataIndex.lastConfig, slot),
      blockMetadataIndex.signatures,
      signatures,
    );
  }

  #signatures(block: ParsedBlock, value: Uint8Array, { signer, signers }: AppendOptions) {
    if (signer !== undefined || this.#ordering.kind === 'raft') {
      const person = signer ?? (this.#ordering.kind === 'raft' ? this.#ordering.orderer : signer!);
      const header = creatorHeader(person.identity, randomBytes(24));
      return [
        { kind: 'creator' as const, header, signature: sealOf(person, block, value, header) },
      ];
    }
    const { consenters } = this.#ordering;
    return (signers ?? consenters.map((_, index) => index)).map((index) => {
      const header = new WireWriter()
        .varint(1, index + 1)
        .bytes(2, randomBytes(24))
        .finish();
      const signature = sealOf(consenters[index]!, block, value, header);
      return { kind: 'consenter' as const, header, signature };
    });
  }
}

function sealOf(
  person: Person,
  block: ParsedBlock,
  value: Uint8Array,
  header: Uint8Array,
): Uint8Array {
  return person.sign(blockSignatureMessage(value, header, block));
}

const same = (tree: ConfigGroup): ConfigGroup => tree;

/** An unsigned block whose only transaction is the config, as configtxgen makes it. */
export function genesisBlock(config: Uint8Array): ParsedBlock {
  const nonce = Buffer.alloc(24, 7);
  const headers = {
    channelHeader: encodeChannelHeader({ type: headerType.config, channelId: CHANNEL }),
    signatureHeader: encodeSignatureHeader({ creator: new Uint8Array(0), nonce }),
  };
  const data = encodeConfigEnvelope({ config, lastUpdate: undefined });
  const envelope = new WireWriter().bytes(1, encodePayload(headers, data)).finish();
  return buildBlock({ number: 0n, previousHash: new Uint8Array(0), envelopes: [envelope] });
}

function orderedBy(ordering: Ordering, tree: ConfigGroup): ConfigGroup {
  return editGroup(tree, ['Orderer'], (group) => {
    if (ordering.kind === 'raft') {
      const type = value(new WireWriter().string(1, 'etcdraft').finish());
      return { ...group, values: new Map([...group.values, ['ConsensusType', type]]) };
    }
    const values = new Map([...group.values, ['Orderers', value(orderers(ordering.consenters))]]);
    const policies = new Map([...group.policies, ['BlockValidation', quorum(ordering.consenters)]]);
    return { ...group, values, policies };
  });
}

/** common.Orderers. */
export function orderers(consenters: readonly Person[]): Uint8Array {
  const mapping = consenters.map(({ mspId, pem }, index) =>
    new WireWriter()
      .varint(1, index + 1)
      .string(2, '127.0.0.1')
      .varint(3, 6050 + index)
      .string(4, mspId)
      .bytes(5, Buffer.from(pem))
      .finish(),
  );
  return new WireWriter().repeated(1, mapping).finish();
}

function quorum(consenters: readonly Person[]) {
  const faulty = Math.floor((consenters.length - 1) / 3);
  const policy = encodeSignaturePolicy({
    version: 0,
    rule: {
      kind: 'outOf',
      n: Math.ceil((consenters.length + faulty + 1) / 2),
      rules: consenters.map((_, index) => ({ kind: 'signedBy' as const, index })),
    },
    principals: consenters.map(({ identity }) => ({
      classification: principalKind.identity,
      principal: identity,
    })),
  });
  return { version: 0n, modPolicy: 'Admins', policy: { type: 1, value: policy } };
}

/** A block's bytes with one thing changed. */
export function changed(block: ParsedBlock, changes: Partial<ParsedBlock>): Uint8Array {
  return encodeBlock({ ...block, ...changes });
}

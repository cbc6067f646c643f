import {
  definitionStructure,
  encodeApplicationPolicy,
  LIFECYCLE_NAMESPACE,
  NAMESPACES,
  storeStructure,
  validateBlock,
  validationCodeName,
  type BlockVerdict,
  type ChaincodeDefinition,
  type ChannelConfig,
  type ParsedBlock,
  type Version,
  parseSignaturePolicy,
} from '@yici/ledger';
import { MemoryState } from '@yici/ledger/testing';
import { channelConfig } from './channel.js';
import { createOrganization, type Person, type TestOrganization } from './organization.js';
import { CHAINCODE } from './transaction.js';

/** One department: its CA and one of each kind of person. */
export interface Department {
  readonly organization: TestOrganization;
  readonly client: Person;
  readonly peer: Person;
  readonly admin: Person;
}

/** A channel of three departments with one chaincode, and a state to judge blocks against. */
export interface Lab {
  readonly hrss: Department;
  readonly finance: Department;
  readonly data: Department;
  readonly orderer: Person;
  readonly ordererOrganization: TestOrganization;
  readonly config: ChannelConfig;
}

/** Makes the keys and the config; slow, so once for a file of tests. */
export async function createLab(): Promise<Lab> {
  const [hrss, finance, data, ordererOrganization] = await Promise.all([
    department('HrssMSP'),
    department('FinanceMSP'),
    department('DataBureauMSP'),
    createOrganization('OrdererMSP'),
  ]);
  const config = channelConfig({
    organizations: [hrss, finance, data].map(({ organization }) => organization.definition),
    orderer: ordererOrganization.definition,
  });
  const orderer = await ordererOrganization.issue('orderer0', 'orderer');
  return { hrss, finance, data, orderer, ordererOrganization, config };
}

async function department(mspId: string): Promise<Department> {
  const organization = await createOrganization(mspId);
  const [client, peer, admin] = await Promise.all([
    organization.issue('clerk1', 'client'),
    organization.issue('peer0', 'peer'),
    organization.issue('admin', 'admin'),
  ]);
  return { organization, client, peer, admin };
}

/** `peer.ApplicationPolicy` bytes of a policy in words. */
export function policyBytes(text: string): Uint8Array {
  return encodeApplicationPolicy({ kind: 'signature', policy: parseSignaturePolicy(text) });
}

export function definition(changes: Partial<ChaincodeDefinition> = {}): ChaincodeDefinition {
  return {
    sequence: 1,
    version: '1.0',
    endorsementPlugin: 'escc',
    initRequired: false,
    validationPlugin: 'vscc',
    validationParameter: encodeApplicationPolicy({
      kind: 'reference',
      path: '/Channel/Application/Endorsement',
    }),
    collections: [],
    ...changes,
  };
}

/** A state in which chaincodes are defined and nothing else is. */
export function stateWith(
  definitions: Readonly<Record<string, ChaincodeDefinition>> = { [CHAINCODE]: definition() },
): MemoryState {
  const state = new MemoryState();
  for (const [name, item] of Object.entries(definitions)) {
    storeStructure(lifecycleStore(state), NAMESPACES, name, definitionStructure(item));
  }
  return state;
}

function lifecycleStore(state: MemoryState): Parameters<typeof storeStructure>[0] {
  const version = { block: 1n, tx: 0 };
  const record = (key: string, next: { value: Uint8Array; version: Version } | undefined): void => {
    const writes = [{ namespace: LIFECYCLE_NAMESPACE, key, next, txId: '' }];
    state.apply({ writes, hashes: [] }, []);
  };
  return {
    get: (key) => state.get(LIFECYCLE_NAMESPACE, key)?.value,
    put: (key, bytes) => {
      record(key, { value: bytes, version });
    },
    delete: (key) => {
      record(key, undefined);
    },
  };
}

/** Puts a value into the state at a height. */
export function put(
  state: MemoryState,
  namespace: string,
  key: string,
  version: Version,
  metadata?: ReadonlyMap<string, Uint8Array>,
): void {
  const next = { value: Buffer.from('old'), version, ...(metadata && { metadata }) };
  state.apply({ writes: [{ namespace, key, next, txId: '' }], hashes: [] }, []);
}

/** Judges a block, and puts its updates into the state. */
export async function commit(
  config: ChannelConfig,
  state: MemoryState,
  parsed: ParsedBlock,
): Promise<BlockVerdict> {
  const verdict = await validateBlock(parsed, { config, state });
  const txIds = verdict.transactions.map(({ txId }) => txId);
  state.apply(verdict.updates, txIds);
  return verdict;
}

/** The codes by name. */
export function codes(verdict: BlockVerdict): readonly string[] {
  return verdict.transactions.map(({ code }) => validationCodeName(code));
}

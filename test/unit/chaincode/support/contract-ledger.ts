import './quiet.js';
import { contracts } from '@yici/chaincode';
import type {
  CommandInput,
  CommandName,
  LedgerRecord,
  QueryInput,
  QueryName,
  QueryOutput,
} from '@yici/domain/model';
import { compositeKey, keyKinds, queries } from '@yici/domain/model';
import { withVoucher } from '../../../support/vouchers.js';
import { certificates } from './certificates.js';
import { testChannel } from './channel.js';
import type { Act } from './ledger.js';
import type { ShimPeer } from './shim-peer.js';

export { testChannel };

type AnyContract = InstanceType<(typeof contracts)[number]>;
type Context = ReturnType<AnyContract['createContext']>;
type Certificate = keyof typeof certificates;

/** What an identity carries beside its MSP. */
export interface Credentials {
  readonly attributes: Readonly<Record<string, string>>;
  readonly certificate: Certificate;
}

/**
 * The contracts over a map instead of a peer: enough of the stub for reads, writes, ranges and events. What a real peer
 * adds (versions, endorsement, isolation) is tested end to end on the embedded network.
 */
export class ContractLedger {
  readonly state = new Map<string, Buffer>();
  readonly policies = new Map<string, Buffer>();
  readonly reads: string[] = [];
  /** What the private collections hold: collection and key. */
  readonly privately = new Map<string, string>();
  #transient: [string, Buffer][] = [];
  event: { name: string; payload: string } | undefined;
  /** Names of all events so far. */
  readonly events: string[] = [];
  #transactions = 0;
  readonly #peer: ShimPeer | undefined;

  /** With a peer, reads and writes of keys go through the shim to it. */
  constructor(peer?: ShimPeer) {
    this.#peer = peer;
  }

  async run<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    act: Act,
    secret?: unknown,
  ): Promise<LedgerRecord> {
    this.#transient =
      secret === undefined ? [] : [['private', Buffer.from(JSON.stringify(secret), 'utf8')]];
    try {
      const { under } = act;
      const sealed = withVoucher(name, input);
      const given = under === undefined ? sealed : { ...sealed, under };
      return JSON.parse(await this.call(name, JSON.stringify(given), act)) as LedgerRecord;
    } finally {
      this.#transient = [];
    }
  }

  async query<N extends QueryName>(
    name: N,
    input: QueryInput<N>,
    mspId = 'HrssMSP',
    role: Act['role'] = 'clerk',
  ): Promise<QueryOutput<N>> {
    const act: Act = {
      mspId,
      role,
      user: `hrss.${role}1`,
      at: '2026-03-10T01:00:00.000Z',
    };
    const answer = JSON.parse(await this.call(name, JSON.stringify(input), act)) as unknown;
    return queries[name].output.parse(answer) as QueryOutput<N>;
  }

  /** One transaction with its raw argument; nothing is kept of one that is refused. */
  async call(
    name: CommandName | QueryName,
    text: string,
    act: Act,
    credentials: Credentials = {
      attributes: { 'yici.role': act.role, 'hf.EnrollmentID': act.user },
      certificate: 'client',
    },
  ): Promise<string> {
    const [contract, transaction = ''] = name.split('.');
    const instance = contracts.map((Kind) => new Kind()).find((one) => one.getName() === contract);
    const context = instance!.createContext();
    this.reads.length = 0;
    const writes = new Map<string, Buffer>();
    this.#equip(context, act, credentials, writes);
    const method = Reflect.get(instance!, transaction) as (
      context: Context,
      text: string,
    ) => Promise<string>;
    const answer = await method.call(instance, context, text);
    for (const [key, value] of writes) this.state.set(key, value);
    return answer;
  }

  #equip(context: Context, act: Act, credentials: Credentials, writes: Map<string, Buffer>): void {
    this.#transactions += 1;
    const txId = this.#transactions.toString(16).padStart(64, '0');
    const stub = {
      getTxID: () => txId,
      getChannelID: () => testChannel,
      getDateTimestamp: () => new Date(act.at),
      createCompositeKey: (objectType: string, attributes: string[]) =>
        compositeKey({ objectType, attributes }),
      getStateByPartialCompositeKey: (objectType: string, attributes: string[]) =>
        Promise.resolve(this.#iterate(objectType, attributes, '', Infinity).iterator),
      getStateByPartialCompositeKeyWithPagination: (
        objectType: string,
        attributes: string[],
        pageSize: number,
        bookmark: string,
      ) => Promise.resolve(this.#iterate(objectType, attributes, bookmark, pageSize)),
      getTransient: () => new Map(this.#transient),
      putPrivateData: (collection: string, key: string, value: Buffer) =>
        Promise.resolve(void this.privately.set(held(collection, key), value.toString('utf8'))),
      purgePrivateData: (collection: string, key: string) =>
        Promise.resolve(void this.privately.delete(held(collection, key))),
      getPrivateData: (collection: string, key: string) =>
        Promise.resolve(Buffer.from(this.privately.get(held(collection, key)) ?? '', 'utf8')),
      setEvent: (name: string, payload: Buffer) => {
        this.event = { name, payload: payload.toString('utf8') };
        this.events.push(name);
      },
      getFunctionAndParameters: () => ({ fcn: 'nothing', params: [] }),
    };
    const { state, policies } = this;
    const keys = this.#peer?.stub(txId, { state, policies, writes }) ?? {
      getState: (key: string) => {
        this.reads.push(key);
        return Promise.resolve(this.state.get(key) ?? Buffer.alloc(0));
      },
      putState: (key: string, value: Buffer) => Promise.resolve(void writes.set(key, value)),
      setStateValidationParameter: (key: string, policy: Uint8Array) =>
        Promise.resolve(void this.policies.set(key, Buffer.from(policy))),
    };
    const clientIdentity = {
      getMSPID: () => act.mspId,
      getIDBytes: () => Buffer.from(certificates[credentials.certificate]),
      getAttributeValue: (name: string) => credentials.attributes[name] ?? null,
    };
    Object.assign(context, { stub: Object.assign(keys, stub), clientIdentity });
  }

  #iterate(objectType: string, attributes: string[], bookmark: string, pageSize: number) {
    const prefix = compositeKey({ objectType, attributes });
    const keys = [...this.state.keys()].filter((key) => key.startsWith(prefix)).sort();
    const from = keys.filter((key) => key >= bookmark);
    const page = from.slice(0, pageSize);
    let next = 0;
    const iterator = {
      next: () => {
        const key = page[next++];
        return Promise.resolve(
          key === undefined
            ? { done: true }
            : { done: false, value: { value: this.state.get(key) } },
        );
      },
      close: () => Promise.resolve(),
    };
    const metadata = {
      fetchedRecordsCount: page.length,
      bookmark: from[page.length] ?? '',
    };
    return { iterator, metadata };
  }

  /** Every key and value as text. */
  dump(): Map<string, string> {
    return new Map([...this.state].map(([key, value]) => [key, value.toString('utf8')]));
  }

  keyOf(kind: keyof typeof keyKinds, ...attributes: string[]): string {
    return compositeKey({ objectType: keyKinds[kind].objectType, attributes });
  }
}

const held = (collection: string, key: string) => `${collection} ${key}`;

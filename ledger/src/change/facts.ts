import { smartBftOptions, raftOptions } from './options.js';
import {
  anchorPeers,
  batchSize,
  batchTimeout,
  bftConsenters,
  consensusType,
  decodeCapabilities,
  ordererAddresses,
  raftMetadata,
  type Consenter,
} from '../config/values.js';
import { sha256 } from '../crypto/hash.js';
import type { Sentence } from '../errors.js';
import { parseCertificate } from '../identity/certificate.js';
import { decodeMspConfig } from '../identity/msp-definition.js';

/** One thing that an element of the config says: how it is called, and what it is. */
export interface Fact {
  readonly name: Sentence;
  readonly value: string;
}
/** By a key that is the same before and after. */
type Facts = ReadonlyMap<string, Fact>;
type Reader = (value: Uint8Array) => Facts;

/** What a value of the config says, by its key; undefined where this program does not know it. */
export function factsOf(key: string, value: Uint8Array): Facts | undefined {
  return readers.get(key)?.(value);
}

/** A fact that both languages call by the same name: a setting. */
const setting = (name: string, value: string | number): [string, Fact] => [
  name,
  { name: { zh: name, en: name }, value: String(value) },
];

/** Members of a list, each a fact of its own: one that is not there before is added, not changed. */
function members(name: Sentence, values: Iterable<string>): [string, Fact][] {
  return [...values].map((value) => [`${name.en} ${value}`, { name, value }]);
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'BatchSize',
    (value) => {
      const { maxMessageCount, absoluteMaxBytes, preferredMaxBytes } = batchSize.decode(value);
      return new Map([
        setting('batch.maxMessages', maxMessageCount),
        setting('batch.absoluteMaxBytes', absoluteMaxBytes),
        setting('batch.preferredMaxBytes', preferredMaxBytes),
      ]);
    },
  ],
  [
    'BatchTimeout',
    (value) => new Map([setting('batch.timeout', batchTimeout.decode(value).timeout)]),
  ],
  ['ConsensusType', consensusFacts],
  ['Orderers', (value) => new Map(bftConsenters.decode(value).consenters.flatMap(consenterFacts))],
  ['MSP', mspFacts],
  [
    'AnchorPeers',
    (value) =>
      new Map(
        members(
          { zh: '对外公布的对等节点', en: 'announced peer' },
          anchorPeers.decode(value).anchorPeers.map(({ host, port }) => `${host}:${port}`),
        ),
      ),
  ],
  [
    'Endpoints',
    (value) =>
      new Map(
        members(
          { zh: '排序节点地址', en: 'orderer address' },
          ordererAddresses.decode(value).addresses,
        ),
      ),
  ],
  [
    'Capabilities',
    (value) => new Map(members({ zh: '能力', en: 'capability' }, decodeCapabilities(value))),
  ],
]);

function consensusFacts(value: Uint8Array): Facts {
  const { type, metadata, state } = consensusType.decode(value);
  const facts = [setting('consensus', type), setting('consensus state', state)];
  if (type === 'BFT') {
    return new Map([...facts, ...options('bft', smartBftOptions.decode(metadata))]);
  }
  const raft = raftMetadata.decode(metadata);
  const addresses = raft.consenters.map(({ host, port, serverTlsCert, clientTlsCert }) =>
    [`${host}:${port}`, digest(serverTlsCert), digest(clientTlsCert)].join(' '),
  );
  const name = { zh: '排序节点（地址和 TLS 证书）', en: 'consenter (address, TLS certificates)' };
  return new Map([
    ...facts,
    ...(raft.options === undefined ? [] : options('raft', raftOptions.decode(raft.options))),
    ...members(name, addresses),
  ]);
}

const options = (section: string, all: object): [string, Fact][] =>
  Object.entries(all).map(([name, value]) => setting(`${section}.${name}`, String(value)));

function consenterFacts(consenter: Consenter): [string, Fact][] {
  const { id, host, port, mspId, identity, clientTlsCert, serverTlsCert } = consenter;
  const of = (zh: string, en: string, value: string): [string, Fact] => [
    `${id} ${en}`,
    { name: { zh: `排序节点 ${id} 的${zh}`, en: `consenter ${id}: ${en}` }, value },
  ];
  return [
    of('部门', 'department', mspId),
    of('地址', 'address', `${host}:${port}`),
    of('签名证书', 'signing certificate', digest(identity)),
    of('TLS 服务端证书', 'TLS server certificate', digest(serverTlsCert)),
    of('TLS 客户端证书', 'TLS client certificate', digest(clientTlsCert)),
  ];
}

function mspFacts(value: Uint8Array): Facts {
  const definition = decodeMspConfig(value);
  const { nodeOus, rootCerts, intermediateCerts, tlsRootCerts, tlsIntermediateCerts } = definition;
  const certificates = (zh: string, en: string, all: readonly Uint8Array[]) =>
    members({ zh, en }, all.map(digest));
  const { admins, revocationList, organizationalUnits, crypto } = definition;
  return new Map([
    ...members({ zh: 'MSP 标识', en: 'MSP id' }, [definition.mspId]),
    ...certificates('根证书', 'root certificate', rootCerts),
    ...certificates('中间证书', 'intermediate certificate', intermediateCerts),
    ...certificates('TLS 根证书', 'TLS root certificate', tlsRootCerts),
    ...certificates('TLS 中间证书', 'TLS intermediate certificate', tlsIntermediateCerts),
    ...certificates('管理员证书', 'administrator certificate', admins),
    ...certificates('吊销列表', 'revocation list', revocationList),
    ...members({ zh: '须有的组织单元', en: 'unit to have' }, organizationalUnits.map(unitText)),
    setting('hashing', Object.values(crypto ?? {}).join(' ')),
    setting('NodeOUs', String(nodeOus?.enable === true)),
    ...(['client', 'peer', 'admin', 'orderer'] as const).map((unit) =>
      setting(`NodeOU ${unit}`, unitText(nodeOus?.[unit])),
    ),
  ]);
}

function unitText(
  unit: { readonly identifier: string; readonly certificate?: Uint8Array } | undefined,
) {
  if (unit === undefined) return '-';
  const { identifier, certificate } = unit;
  return certificate === undefined ? identifier : `${identifier} @ ${digest(certificate)}`;
}

/** SHA-256 of a certificate, as `openssl x509 -fingerprint` prints it without colons; of other bytes, of them. */
export function digest(bytes: Uint8Array): string {
  return Buffer.from(sha256(derOf(bytes))).toString('hex');
}

function derOf(bytes: Uint8Array): Uint8Array {
  try {
    return parseCertificate(bytes).der;
  } catch {
    return bytes;
  }
}

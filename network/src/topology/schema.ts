import { departmentFunction, role, section } from '@yici/domain/model';
import { z } from 'zod';
import { written } from '@yici/terminal/issues';
import { crossChecks } from './checks.js';
import { withNativePorts } from './derive.js';

const identifier = written(/^[a-z][a-z0-9-]{0,30}$/, {
  zh: '须为小写字母、数字和连字符，以字母开头，最多 31 个字符',
  en: 'lower-case letters, digits and dashes',
});
const mspId = written(/^[A-Za-z][A-Za-z0-9.-]{0,62}$/, {
  zh: '须为字母、数字、点和连字符，以字母开头，最多 63 个字符',
  en: 'letters, digits, dots and dashes',
});
/** 0 requests a free port; it is chosen once, when the network is created, and kept. */
const port = z.int().min(0).max(65535);
const duration = written(/^[0-9]+(ms|s|m)$/, {
  zh: '须为数字加单位 ms、s 或者 m，例如 50ms',
  en: 'a number with ms, s or m, as 50ms',
});
/**
 * Permitted difference between a proposal's time and a peer's clock. The rules assume five minutes at most
 * (docs/adr/0014-time-of-an-act.md).
 */
const windowSeconds = z.int().min(1).max(300).default(300);
const host = written(/^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/, {
  zh: '须为主机名或者地址',
  en: 'a host name or an address',
});
const policyRule = z.string().min(1).max(4096);

const user = z.strictObject({
  name: written(/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/, {
    zh: '须为 <部门>.<名称>，例如 hrss.clerk1',
    en: '<department>.<name>, as hrss.clerk1',
  }),
  role,
  /** The section (科室) that the user belongs to. */
  section: section.optional(),
});

const ports = z.strictObject({
  peer: port,
  orderer: port.optional(),
  chaincode: port.optional(),
  peerChaincode: port.optional(),
  peerOperations: port.optional(),
  ordererAdmin: port.optional(),
  ordererOperations: port.optional(),
});

/** One department of the file. */
export const departmentSchema = z.strictObject({
  id: identifier,
  mspId,
  name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  /** Exercise level of GB/T 39046 A.2: national, province, city, county, township, village. */
  level: z.enum(['national', 'province', 'city', 'county', 'township', 'village']),
  /** Administrative division, GB/T 2260, with or without the statistical suffix. */
  regionCode: written(/^[0-9]{6}([0-9]{6})?$/, {
    zh: '须为六位或者十二位数字（GB/T 2260）',
    en: 'six or twelve digits (GB/T 2260)',
  }),
  /** Offices that the law gives a part in other departments' acts; claimed when the department registers. */
  functions: z.array(departmentFunction).default([]),
  host: host.default('127.0.0.1'),
  ports,
  orderer: z.boolean().default(false),
  users: z.array(user).default([]),
});

const policies = z.strictObject({
  endorsement: policyRule.default('MAJORITY Endorsement'),
  lifecycleEndorsement: policyRule.default('MAJORITY Endorsement'),
  readers: policyRule.default('ANY Readers'),
  writers: policyRule.default('ANY Writers'),
  admins: policyRule.default('MAJORITY Admins'),
});

const batch = z.strictObject({
  maxMessages: z.int().min(1).max(100_000).default(500),
  absoluteMaxBytes: z.int().min(1024).max(51_380_224).default(10_485_760),
  preferredMaxBytes: z.int().min(1024).max(51_380_224).default(2_097_152),
  timeout: duration.default('75ms'),
});

const bft = z.strictObject({
  requestPoolSize: z.int().min(1).default(100_000),
  incomingMessageBufferSize: z.int().min(1).default(200),
  requestForwardTimeout: duration.default('2s'),
  requestComplainTimeout: duration.default('20s'),
  requestAutoRemoveTimeout: duration.default('3m'),
  viewChangeResendInterval: duration.default('1s'),
  viewChangeTimeout: duration.default('5s'),
  leaderHeartbeatTimeout: duration.default('10s'),
  leaderHeartbeatCount: z.int().min(1).default(10),
  collectTimeout: duration.default('1s'),
});

const chaincode = z.strictObject({
  name: written(/^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$/, {
    zh: '须为字母、数字，可用单个 - 或者 _ 分隔',
    en: 'letters, digits, single - or _',
  }).default('yici'),
  version: written(/^[A-Za-z0-9_.+-]+$/, {
    zh: '须为字母、数字和 _.+-',
    en: 'letters, digits and _.+-',
  }).default('1.0'),
  label: written(/^[A-Za-z0-9][A-Za-z0-9_.+-]*$/, {
    zh: '须为字母、数字和 _.+-，以字母或者数字开头',
    en: 'letters, digits and _.+-',
  }).default('yici_1.0'),
  sequence: z.int().min(1).default(1),
  /** Folder of the chaincode package; default: the project's own chaincode. */
  path: z.string().min(1).optional(),
  /** host:port of an externally run chaincode server; no process is started then. */
  address: written(/^[^:\s]+:[0-9]{1,5}$/, { zh: '须为 主机:端口', en: 'host:port' }).optional(),
  /** Package id of that server (`--chaincode-id`); default: the id of the package made from `label`. */
  packageId: z.string().min(1).max(300).optional(),
  port: port.default(9999),
  /** Embedded engine: a process for each department, on its `ports.chaincode`, instead of one for all. */
  perDepartment: z.boolean().default(false),
  /** Only with `address`: false if that server has no TLS. Processes started here always use mutual TLS. */
  tls: z.boolean().optional(),
  /** A signature policy in Fabric's language, or a channel policy path; default: the channel's endorsement policy. */
  policy: policyRule.optional(),
  /** A collections file in the format of Fabric's `--collections-config`. */
  collections: z.string().min(1).optional(),
  /**
   * Whether to add the collections for confidential values, one for each department and reading role; default: true for
   * the project's own chaincode, false for others.
   */
  valuesCollections: z.boolean().optional(),
  initRequired: z.boolean().default(false),
});

/** What of a topology stands in the channel's configuration: it makes the genesis block, and later changes by consent. */
export const channelSettings = { batch, bft, policies };

/** The project's own chaincode is used when no other is named. */
function isOwn({ path, address }: { path?: string | undefined; address?: string | undefined }) {
  return path === undefined && address === undefined;
}

/**
 * The topology file, for either engine. All defaults of a network are defined here. Documented field by field in
 * docs/topology.md.
 */
export const topologySchema = z
  .strictObject({
    version: z.literal(1),
    channel: written(/^[a-z][a-z0-9.-]{0,248}$/, {
      zh: '须为 Fabric 的通道名称：小写字母、数字、点和连字符，以字母开头',
      en: "Fabric's channel names: lower case, digits, . and -",
    }),
    domain: host.default('yici.internal'),
    engine: z.enum(['embedded', 'fabric']).default('embedded'),
    ordering: z.enum(['bft', 'raft']).default('bft'),
    /** Permits a number of consenters that tolerates no fault. */
    allowNoFaultTolerance: z.boolean().default(false),
    policies: policies.prefault({}),
    batch: batch.prefault({}),
    bft: bft.prefault({}),
    certificateDays: z.int().min(1).max(36_500).default(3650),
    /** Default: twice as long as the certificates. */
    rootDays: z.int().min(1).max(73_000).optional(),
    windowSeconds,
    departments: z.array(departmentSchema).min(1),
    chaincode: chaincode.prefault({}),
    demo: z.strictObject({ data: z.string().min(1) }).optional(),
  })
  // Defaults that depend on the engine are filled in here, so that all other code gets a complete topology.
  .transform((given) => ({
    ...given,
    rootDays: given.rootDays ?? given.certificateDays * 2,
    departments: withNativePorts(given.engine, given.departments),
    chaincode: {
      ...given.chaincode,
      tls: given.chaincode.address === undefined || given.chaincode.tls !== false,
      valuesCollections: given.chaincode.valuesCollections ?? isOwn(given.chaincode),
    },
  }))
  .superRefine(crossChecks);

/** A checked topology, defaults filled in. */
export type Topology = z.output<typeof topologySchema>;
/** What may be written in the file. */
export type TopologyInput = z.input<typeof topologySchema>;
export type Department = Topology['departments'][number];
export type User = Department['users'][number];

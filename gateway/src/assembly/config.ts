import { existsSync, readFileSync } from 'node:fs';
import { issuesIn, issuesText, written } from '@yici/terminal/issues';
import { parse } from 'yaml';
import { z } from 'zod';
import { mediaTypes } from '../documents/media.js';
import { s3Schema } from '../documents/s3-objects.js';
import { GatewayError } from '../errors.js';
import { limitsSchema } from '../http/limits.js';
import { fabricNetworkSchema } from '../peer/fabric-network/config.js';
import { schedulerSchema } from '../scheduler/scheduler.js';

const file = z.string().min(1);

/** A service account whose key the gateway stores; its files are read once, when the account is created. */
const custodialSchema = z.strictObject({
  account: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  mspId: z.string().min(1),
  certificate: file,
  key: file,
});

const embeddedSchema = z.strictObject({
  kind: z.literal('embedded'),
  /** Topology file; default: the data folder's own, for a new folder the demo's. */
  topology: file.exactOptional(),
  /** The gateway's identity; default: the user with the role `gateway`. */
  user: z.string().exactOptional(),
  /** Whether the peers and the orderer listen on their ports. */
  listen: z.boolean().default(true),
});

/** Address of a peer and how to authenticate it. */
const peerFields = {
  endpoint: written(/^.+:[0-9]{1,5}$/, { zh: '须写作 主机:端口', en: 'must be host:port' }),
  /** PEM of the TLS root of the peer's department; absent: plain text, for tests on loopback only. */
  tlsRoot: file.exactOptional(),
  /** Host name in the peer's TLS certificate, if it differs from the endpoint's host. */
  tlsHostname: z.string().min(1).exactOptional(),
};

const fabricSchema = z.strictObject({
  kind: z.literal('fabric'),
  channel: z.string().min(1),
  chaincode: z.string().min(1).default('yici'),
  /** The department's own peer. */
  ...peerFields,
  /** The gateway's own department and identity. */
  mspId: z.string().min(1),
  certificate: file,
  key: file,
  /** TLS client certificate and key, for peers that request them. */
  tlsClient: z.strictObject({ certificate: file, key: file }).exactOptional(),
  /** Peers used, in this order, while the own one is unavailable; of the own department unless `mspId` is given. */
  fallback: z
    .array(z.strictObject({ ...peerFields, mspId: z.string().min(1).exactOptional() }))
    .default([]),
  /** Folder of blocks that the own peer does not have, since it began with a snapshot, as `yici-network blocks export` writes them. */
  olderBlocks: file.exactOptional(),
  /** Time limit of a call to a peer, in milliseconds. */
  deadline: z.int().min(100).max(600_000).default(30_000),
  /** How long a start waits for the first peer to answer, in milliseconds. */
  startWithin: z.int().min(0).max(600_000).default(15_000),
});

/** The gateway's configuration; all defaults are defined here. */
export const configSchema = z.strictObject({
  state: file.default('.yici'),
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** The audience of logins; default `<gateway's user>@<channel>`. */
  audience: z.string().min(1).max(200).exactOptional(),
  /** Public addresses as origins, behind a reverse proxy; default: the socket's own. Logins name one of them. */
  addresses: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1)
    .exactOptional(),
  engine: z
    .discriminatedUnion('kind', [embeddedSchema, fabricSchema, fabricNetworkSchema])
    .prefault({ kind: 'embedded' }),
  custodial: z.array(custodialSchema).default([]),
  /** File of the key that encrypts them; default `keys/custody.key` of the data folder. Unused with YICI_GATEWAY_PASSPHRASE. */
  custodyKey: file.exactOptional(),
  /** The document store: location of the encrypted bytes, maximum size and permitted media types. */
  documents: z
    .strictObject({
      store: z
        .discriminatedUnion('kind', [z.strictObject({ kind: z.literal('folder') }), s3Schema])
        .prefault({ kind: 'folder' }),
      maxBytes: z
        .int()
        .min(1024)
        .default(64 * 1024 * 1024),
      /** Limits per department: bytes and number of documents that are not erased. */
      quota: z
        .strictObject({
          bytes: z
            .int()
            .min(0)
            .default(64 * 1024 ** 3),
          count: z.int().min(0).default(250_000),
        })
        .prefault({}),
      types: z
        .array(z.enum(mediaTypes))
        .min(1)
        .default([...mediaTypes]),
    })
    .prefault({}),
  scheduler: schedulerSchema.prefault({}),
  /** Whether `GET /v1/public/explanations` answers whoever asks, without a login. */
  publicExplanations: z.boolean().default(false),
  /** Lets whoever sits at this machine take a role of the demo in the console; for the demo on loopback alone. */
  demoRoles: z.boolean().default(false),
  rebuildIndex: z.boolean().default(false),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  limits: limitsSchema.prefault({}),
});
export type GatewayConfig = z.output<typeof configSchema>;
export type EmbeddedEngine = z.output<typeof embeddedSchema>;
export type FabricEngine = z.output<typeof fabricSchema>;

/** Command line options; they override the environment, which overrides the file. */
export interface CommandLine {
  readonly config?: string;
  readonly state?: string;
  readonly topology?: string;
  readonly host?: string;
  readonly port?: string;
  readonly audience?: string;
  readonly demoRoles?: boolean;
  readonly rebuildIndex?: boolean;
  readonly logLevel?: string;
  readonly rateLimit?: string;
  readonly listenPeers?: boolean;
  readonly scheduler?: boolean;
}

const fileSchema = z.record(z.string(), z.unknown());
const engineOverrides = z.looseObject({ kind: z.string() });

/**
 * The configuration from file, environment (`YICI_STATE`, `YICI_HOST`, `YICI_PORT`, `YICI_TOPOLOGY`, `YICI_AUDIENCE`,
 * `YICI_CUSTODY_KEY`, `YICI_LOG_LEVEL`, `YICI_RATE_LIMIT`, `YICI_SCHEDULER`=off) and command line.
 * @throws GatewayError CONFIG_INVALID with every offending field
 */
export function readConfig(line: CommandLine, env: NodeJS.ProcessEnv): GatewayConfig {
  const stored = line.config === undefined ? {} : readFile(line.config);
  const flat = defined({
    state: line.state ?? env['YICI_STATE'],
    host: line.host ?? env['YICI_HOST'],
    port: line.port ?? env['YICI_PORT'],
    custodyKey: env['YICI_CUSTODY_KEY'],
    audience: line.audience ?? env['YICI_AUDIENCE'],
    logLevel: line.logLevel ?? env['YICI_LOG_LEVEL'],
    rebuildIndex: line.rebuildIndex,
    demoRoles: line.demoRoles,
  });
  const engine = { kind: 'embedded', ...record(stored['engine']), ...engineLine(line, env) };
  const limits = { ...record(stored['limits']), ...limitsLine(line, env) };
  const scheduler = { ...record(stored['scheduler']), ...schedulerLine(line, env) };
  const given = { ...stored, ...flat, engine, limits, scheduler };
  const parsed = configSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error, given);
}

/** 0 disables the limit. */
function limitsLine(line: CommandLine, env: NodeJS.ProcessEnv): Record<string, unknown> {
  const requestsPerMinute = line.rateLimit ?? env['YICI_RATE_LIMIT'];
  const off = requestsPerMinute === '0' ? { anonymousPerMinute: 0 } : {};
  return defined({ requestsPerMinute, ...off });
}

function schedulerLine(line: CommandLine, env: NodeJS.ProcessEnv): Record<string, unknown> {
  const off = line.scheduler === false || env['YICI_SCHEDULER'] === 'off';
  return off ? { enabled: false } : {};
}

function engineLine(line: CommandLine, env: NodeJS.ProcessEnv): Record<string, unknown> {
  return defined({
    topology: line.topology ?? env['YICI_TOPOLOGY'],
    listen: line.listenPeers === false ? false : undefined,
  });
}

function readFile(path: string): Record<string, unknown> {
  if (!existsSync(path)) {
    throw new GatewayError('CONFIG_INVALID', {
      zh: `没有配置文件 ${path}。`,
      en: `There is no configuration file ${path}.`,
    });
  }
  try {
    return fileSchema.parse(parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const words = {
      zh: `配置文件 ${path} 不是可读的 YAML。`,
      en: `The configuration file ${path} cannot be read as YAML.`,
    };
    throw new GatewayError('CONFIG_INVALID', words, { cause });
  }
}

const record = (value: unknown): Record<string, unknown> =>
  engineOverrides.partial().safeParse(value).data ?? {};

const defined = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

function invalid(error: z.ZodError, given: unknown): GatewayError {
  const issues = issuesIn(error, given);
  const text = issuesText(issues);
  return new GatewayError(
    'CONFIG_INVALID',
    {
      zh: `网关配置不符合要求：${text.zh}。按所列路径修改。`,
      en: `The configuration is not valid: ${text.en}`,
    },
    { details: { issues } },
  );
}

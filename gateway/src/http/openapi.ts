import {
  attestationRecord,
  calendarRecord,
  calendarVersionRecord,
  caseEventRecord,
  caseRecord,
  datasetRecord,
  departmentRecord,
  dutyRecord,
  matterRecord,
  useRecord,
} from '@yici/chaincode/model';
import { z } from 'zod';
import { commandRoutes, type CommandRoute } from '../commands/route-table.js';
import { transactionStates } from '../commands/transaction-view.js';
import { caseRowSchema, inboxRowSchema } from '../index-store/rows.js';
import { without } from '../without.js';
import { eventsQuery } from './event-routes.js';
import { committedTransaction, networkView } from './chain-routes.js';
import { commandQuery } from './command-routes.js';
import type { AnyReadRoute } from './read-route.js';
import { readRoutes } from './read-routes.js';
import {
  challengeAnswer,
  challengeBody,
  openedSession,
  sessionBody,
  sessionView,
} from './session-routes.js';
import { emptyBody, signatureBody, statusQuery } from './transaction-routes.js';

type Json = Readonly<Record<string, unknown>>;

const bytes = z.base64();
const code = z.strictObject({ number: z.number().int(), name: z.string() });

/** What every step of a write answers with. */
export const transactionSchema = z.strictObject({
  id: z.string().describe('The gateway’s id, the same over retries.'),
  txId: z.string().describe('Fabric transaction id of the current attempt.'),
  attempt: z.number().int(),
  state: z.enum(transactionStates),
  command: z.string(),
  input: z.record(z.string(), z.unknown()),
  summary: z.record(z.string(), z.unknown()).describe('Decoded from the proposal’s bytes.'),
  sign: z
    .strictObject({ kind: z.enum(['proposal', 'transaction']), bytes, digest: z.string() })
    .optional()
    .describe('What to sign next: ECDSA, DER, low S, over SHA-256 of the bytes.'),
  result: z.unknown().optional(),
  block: z.number().int().optional(),
  code: code.optional().describe('Fabric’s TxValidationCode.'),
  retry: z.literal(true).optional(),
  error: z
    .strictObject({
      code: z.string(),
      detail: z.string(),
      source: z.string(),
      details: z.record(z.string(), z.unknown()),
    })
    .optional(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string(),
  requestId: z.string(),
  source: z.enum(['gateway', 'contract', 'peer']),
  errors: z
    .array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() }))
    .optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** Schemas that answers refer to by name instead of repeating them. */
const components: Readonly<Record<string, z.ZodType>> = {
  Attestation: attestationRecord,
  Calendar: calendarRecord,
  CalendarVersion: calendarVersionRecord,
  Case: caseRecord,
  CaseEvent: caseEventRecord,
  CaseRow: caseRowSchema,
  CommittedTransaction: committedTransaction,
  Dataset: datasetRecord,
  Department: departmentRecord,
  Duty: dutyRecord,
  InboxItem: inboxRowSchema,
  Matter: matterRecord,
  Network: networkView,
  Problem: problemSchema,
  Session: sessionView,
  Transaction: transactionSchema,
  Use: useRecord,
};

/** The whole API as OpenAPI 3.1, from the same schemas and route tables that serve it. */
export function openApiDocument(version: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: '一次 Yici gateway',
      version,
      description:
        'Government departments file and answer matters on a shared ledger. Writes answer with a signing request; ' +
        'reads come from the gateway’s index of the ledger.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ bearer: [] }],
    tags: Object.entries(rooms).map(([name, description]) => ({ name, description })),
    paths: mergePaths(pathItems()),
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A session’s token (ys_…) or an API key (yk_…).',
        },
      },
      schemas: Object.fromEntries(
        Object.entries(components).map(([name, schema]) => [name, jsonSchema(schema)]),
      ),
    },
  };
}

/** Every path of the API with its methods, as documented. */
export function apiPaths(): { readonly path: string; readonly methods: readonly string[] }[] {
  const paths = new Map<string, string[]>();
  for (const [path, method] of pathItems()) {
    paths.set(path, [...(paths.get(path) ?? []), method.toUpperCase()]);
  }
  return [...paths].map(([path, methods]) => ({ path, methods }));
}

const pathItems = (): PathItem[] => [
  ...commandRoutes.map(commandPath),
  ...readRoutes.map(readPath),
  ...fixedPaths(),
];

/** What the operations are grouped by: the first part of the path, in the order a reader needs them. */
const rooms = {
  sessions: '登录会话 Logging in',
  network: '网络 The network',
  departments: '部门 Departments',
  duties: '职责（三定） Duties',
  calendars: '工作日历 Working calendars',
  matters: '事项 Matters',
  cases: '办件 Cases',
  inbox: '待办 What waits for a department',
  datasets: '数据集 Data sets',
  attestations: '存证 Attestations',
  transactions: '交易：签名、提交、结果 Transactions: signing, submitting, outcome',
  events: '事件流 Events',
  blocks: '区块 Blocks',
  commands: '命令一览 The commands',
} as const;

const room = (path: string): string => path.split('/')[2] ?? '';

type PathItem = readonly [path: string, method: string, operation: Json];

function mergePaths(items: readonly PathItem[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [path, method, operation] of items) {
    paths[path] = { ...paths[path], [method]: operation };
  }
  return paths;
}

function commandPath(route: CommandRoute): PathItem {
  return [
    route.path,
    'post',
    {
      operationId: route.name,
      tags: [room(route.path)],
      summary: bilingual(route.summary),
      description: `Roles: ${route.roles.join(', ')}. Contract function ${route.function}.`,
      parameters: [
        ...pathParameters(route.path),
        ...queryParameters(commandQuery),
        idempotencyHeader,
      ],
      requestBody: jsonBody(route.body),
      responses: {
        200: jsonAnswer('Committed (custodial accounts).', transactionSchema),
        202: jsonAnswer(
          'A signing request; or submitted and not committed yet (custodial).',
          transactionSchema,
        ),
        ...problems,
      },
    },
  ];
}

const idempotencyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

function readPath(route: AnyReadRoute): PathItem {
  return [
    route.path,
    'get',
    {
      operationId: `get ${route.path}`,
      tags: [room(route.path)],
      summary: bilingual(route.summary),
      ...(route.ledgerQuery === undefined
        ? {}
        : { description: `\`source=ledger\` asks the peer: contract query ${route.ledgerQuery}.` }),
      parameters: [...pathParameters(route.path), ...queryParameters(route.query)],
      responses: { 200: jsonAnswer('', route.response), ...problems },
    },
  ];
}

function fixedPaths(): PathItem[] {
  const open = { security: [] };
  const step = (name: string, summary: string, body: z.ZodType, status: number): PathItem => [
    `/v1/transactions/{id}/${name}`,
    'post',
    {
      operationId: `transaction.${name}`,
      tags: ['transactions'],
      summary,
      parameters: pathParameters('{id}'),
      requestBody: jsonBody(body),
      responses: { [status]: jsonAnswer('', transactionSchema), ...problems },
    },
  ];
  return [
    operation('/v1/sessions/challenge', 'post', '取登录质询 · Ask for a login challenge', {
      ...open,
      requestBody: jsonBody(challengeBody),
      responses: { 201: jsonAnswer('', challengeAnswer), ...problems },
    }),
    operation('/v1/sessions', 'post', '签名登录 · Log in with a signed challenge', {
      ...open,
      requestBody: jsonBody(sessionBody),
      responses: { 201: jsonAnswer('', openedSession), ...problems },
    }),
    operation('/v1/sessions/current', 'get', '当前会话 · This session', {
      responses: { 200: jsonAnswer('', sessionView), ...problems },
    }),
    operation('/v1/sessions/current', 'delete', '退出 · Log out', {
      responses: { 204: { description: 'Ended.' }, ...problems },
    }),
    step('endorse', '交回提案签名，取得背书 · Give the proposal’s signature', signatureBody, 200),
    step('submit', '交回交易签名，提交 · Give the transaction’s signature', signatureBody, 202),
    step('retry', '冲突后重试 · Try again after a conflict', emptyBody, 202),
    operation('/v1/transactions/{id}', 'get', '交易状态 · How a transaction stands', {
      parameters: [...pathParameters('{id}'), ...queryParameters(statusQuery)],
      responses: {
        200: jsonAnswer('', z.union([transactionSchema, committedTransaction])),
        ...problems,
      },
    }),
    operation('/v1/network', 'get', '网络概况 · The channel, its departments and height', {
      ...open,
      responses: { 200: jsonAnswer('', networkView), ...problems },
    }),
    operation('/v1/commands', 'get', '命令一览 · How each command is reached', {
      ...open,
      responses: { 200: jsonAnswer('', z.looseObject({})), ...problems },
    }),
    operation('/v1/events', 'get', '事件流 · Events as they are committed', {
      parameters: queryParameters(eventsQuery),
      responses: {
        200: { description: 'Server-sent events.', content: { 'text/event-stream': {} } },
        ...problems,
      },
    }),
  ];
}

const operation = (path: string, method: string, summary: string, rest: Json): PathItem => [
  path,
  method,
  { operationId: `${method} ${path}`, tags: [room(path)], summary, ...rest },
];

const bilingual = (summary: { readonly zh: string; readonly en: string }): string =>
  `${summary.zh} · ${summary.en}`;

const problems = {
  default: {
    description: 'What went wrong (RFC 9457).',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  },
};

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => ({
    name: match[1],
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(schema: z.ZodType): Json[] {
  const { properties = {}, required = [] } = querySchema.parse(
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  );
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name) && !('default' in property),
    schema: property,
  }));
}

const querySchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  required: z.array(z.string()).optional(),
});

const jsonBody = (schema: z.ZodType): Json => ({
  required: true,
  content: { 'application/json': { schema: jsonSchema(schema) } },
});

const jsonAnswer = (description: string, schema: z.ZodType): Json => ({
  description: description === '' ? 'Done.' : description,
  content: { 'application/json': { schema: reference(schema) } },
});

/** A named schema by reference, a page of named ones with the reference inside, anything else in full. */
function reference(schema: z.ZodType): Json {
  const name = Object.entries(components).find(([, known]) => known === schema)?.[0];
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  if (!(schema instanceof z.ZodObject)) return jsonSchema(schema);
  const items: unknown = schema.shape['items'];
  if (!(items instanceof z.ZodArray) || !('next' in schema.shape)) return jsonSchema(schema);
  return {
    type: 'object',
    properties: {
      items: { type: 'array', items: reference(items.element as z.ZodType) },
      next: { type: ['string', 'null'] },
    },
    required: ['items', 'next'],
  };
}

function jsonSchema(schema: z.ZodType): Json {
  return without(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), '$schema');
}

import {
  behindPage,
  caseRowSchema,
  committedTransaction,
  documentView,
  draftView,
  signoffChains,
  signoffView,
  figuresView,
  inboxItemSchema,
  measureView,
  networkView,
  oneThingGraph,
  problem,
  sessionView,
  shareClockRowSchema,
  transactionView,
} from '@yici/api';
import { keyKinds, type RecordKind } from '@yici/domain/model';
import { z } from 'zod';
import { without } from '../without.js';

export type Json = Readonly<Record<string, unknown>>;

/** Records of the ledger that answers show. */
const shownRecords: readonly RecordKind[] = [
  'attestation',
  'calendar',
  'calendarVersion',
  'card',
  'case',
  'caseEvent',
  'contest',
  'dataTopic',
  'dataset',
  'delegation',
  'department',
  'duty',
  'dutyRuling',
  'dutyOverlap',
  'dutyVersion',
  'evaluation',
  'matter',
  'order',
  'urge',
  'matterOfDuty',
  'oneThing',
  'oneThingCase',
  'review',
  'share',
  'shareGrant',
  'use',
];

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Schemas that answers refer to by name instead of repeating them. */
export const components: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(
    shownRecords.map((kind) => [capitalised(kind), keyKinds[kind].schema as z.ZodType]),
  ),
  CaseRow: caseRowSchema,
  CommittedTransaction: committedTransaction,
  Document: documentView,
  Draft: draftView,
  Signoff: signoffView,
  SignoffChains: signoffChains,
  InboxItem: inboxItemSchema,
  Figures: figuresView,
  FigureRecords: behindPage,
  Measure: measureView,
  Network: networkView,
  OneThingGraph: oneThingGraph,
  Problem: problem,
  Session: sessionView,
  ShareClock: shareClockRowSchema,
  Transaction: transactionView,
};

/** The tag of a path's operations: its first part after the version. */
const room = (path: string): string => path.split('/')[2] ?? '';

export type PathItem = readonly [path: string, method: string, operation: Json];

/** `get /v1/cases/{caseNo}/events` -> `getCasesByCaseNoEvents`; client generators use it as a function name. */
const operationId = (method: string, path: string): string =>
  method +
  path
    .split('/')
    .slice(2)
    .flatMap((part) => (part.startsWith('{') ? ['by', part.slice(1, -1)] : part.split('-')))
    .map(capitalised)
    .join('');

export const operation = (path: string, method: string, summary: string, rest: Json): PathItem => [
  path,
  method,
  { operationId: operationId(method, path), tags: [room(path)], summary, ...rest },
];

export const bilingual = (summary: { readonly zh: string; readonly en: string }): string =>
  `${summary.zh} · ${summary.en}`;

export const problems = {
  default: {
    description: 'What went wrong (RFC 9457).',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  },
};

export function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => ({
    name: match[1],
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

export function queryParameters(schema: z.ZodType): Json[] {
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

export const jsonBody = (schema: z.ZodType): Json => ({
  required: true,
  content: { 'application/json': { schema: jsonSchema(schema) } },
});

export const jsonAnswer = (description: string, schema: z.ZodType) => ({
  description: description === '' ? 'Done.' : description,
  content: { 'application/json': { schema: reference(schema) } },
});

/** Refers to a named schema, or to the named items of a page; other schemas are included in full. */
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

export function jsonSchema(schema: z.ZodType): Json {
  return without(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), '$schema');
}

export const binary = { schema: { type: 'string', format: 'binary' } };

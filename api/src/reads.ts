import type { Words } from '@yici/domain/model';
import type { z } from 'zod';
import type { Read, Shape } from './definition.js';
import { actReads } from './reads/acts.js';
import { attestationReads } from './reads/attestations.js';
import { caseReads } from './reads/cases.js';
import { chainReads, otherReads } from './reads/chain.js';
import { datasetReads } from './reads/datasets.js';
import { documentContent, documentReads } from './reads/documents.js';
import { draftReads } from './reads/drafts.js';
import { dutyReads } from './reads/duties.js';
import { journalReads } from './reads/journal.js';
import { matterReads } from './reads/matters.js';
import { oneThingReads } from './reads/one-things.js';
import { registryReads } from './reads/registry.js';
import { publicReads } from './reads/public.js';
import { reportReads } from './reads/reports.js';
import { responsibilityReads } from './reads/responsibility.js';
import { sharingReads } from './reads/sharing.js';
import { signoffReads } from './reads/signoffs.js';
import { statsReads } from './reads/stats.js';
import { supervisionReads } from './reads/supervision.js';

/** Every read of the API by its name. */
export const reads = {
  ...registryReads,
  ...matterReads,
  ...dutyReads,
  ...datasetReads,
  ...oneThingReads,
  ...caseReads,
  ...attestationReads,
  ...responsibilityReads,
  ...sharingReads,
  ...chainReads,
  ...documentReads,
  'documents.content': documentContent,
  ...draftReads,
  ...signoffReads,
  ...supervisionReads,
  ...journalReads,
  ...statsReads,
  ...reportReads,
  ...publicReads,
  ...actReads,
  ...otherReads,
} as const satisfies Readonly<Record<string, Read>>;

export type Reads = typeof reads;
export type ReadName = keyof Reads;
/** Names of reads that are answered page by page. */
export type ListName = {
  [N in ReadName]: Reads[N] extends { readonly item: z.ZodType } ? N : never;
}[ReadName];

export type AnswerOf<N extends ReadName> = z.output<Reads[N]['answer']>;
export type ItemOf<N extends ListName> = z.output<Reads[N]['item']>;

/** The same by types that follow a name. */
export const namedReads: {
  readonly [N in ReadName]: Read<Shape, Shape, z.ZodType<AnswerOf<N>>>;
} = reads;
export const namedLists: {
  readonly [N in ListName]: Omit<Read, 'answer'> & { readonly item: z.ZodType<ItemOf<N>> };
} = reads;

/** What is read at a path, in OpenAPI's or Express's style; undefined of one that is newer than this program. */
export const summaryAt = (path: string): Words | undefined =>
  Object.values<Read>(reads).find((read) => read.path === path.replace(/:(\w+)/g, '{$1}'))?.summary;

type Value = string | number | boolean | undefined;
/** What a read is asked with: what its path names, and of its query what is given. */
export type Asked<N extends ReadName> = {
  readonly [P in keyof Reads[N]['params']['shape']]: string | number;
} & { readonly [Q in keyof Reads[N]['query']['shape']]?: Value };

/** Path and query of a request. */
export function addressOf(
  { path, params, query }: Pick<Read, 'path' | 'params' | 'query'>,
  asked: Readonly<Record<string, Value>>,
): string {
  const place = Object.keys(params.shape).reduce(
    (text, name) => text.replace(`{${name}}`, encodeURIComponent(String(asked[name]))),
    path,
  );
  const given = new URLSearchParams();
  for (const name of Object.keys(query.shape)) {
    if (asked[name] !== undefined) given.set(name, String(asked[name]));
  }
  return given.size === 0 ? place : `${place}?${given.toString()}`;
}

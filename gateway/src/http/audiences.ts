import { audiences, queryAudiences, type Audience, type QueryName } from '@yici/chaincode/model';
import { room } from './openapi-schemas.js';

/** Whom the reads of a room are for, as far as no query of the contract says it. */
const ofRooms: Readonly<Record<string, Audience>> = {
  sessions: 'caller',
  network: 'anybody',
  commands: 'anybody',
  departments: 'members',
  duties: 'members',
  'duty-overlaps': 'members',
  reviews: 'members',
  calendars: 'members',
  matters: 'members',
  'speed-up': 'members',
  'one-things': 'members',
  'one-thing-cases': 'concerned',
  cases: 'concerned',
  'duty-rulings': 'concerned',
  delegations: 'members',
  inbox: 'concerned',
  datasets: 'members',
  'data-topics': 'members',
  attestations: 'concerned',
  cards: 'concerned',
  urges: 'concerned',
  orders: 'concerned',
  evaluations: 'concerned',
  stats: 'members',
  'app-keys': 'members',
  shares: 'concerned',
  'unmatched-shares': 'concerned',
  'share-clocks': 'concerned',
  documents: 'keeper',
  transactions: 'caller',
  events: 'concerned',
  blocks: 'members',
  'config-blocks': 'members',
  audits: 'members',
  reads: 'keeper',
  journal: 'keeper',
  'journal-anchors': 'members',
};

/** Reads that are for others than their room. */
const ofPaths: Readonly<Record<string, Audience>> = {
  '/v1/stats/{measure}/cases': 'concerned',
  '/v1/shares/{shareId}/values': 'readers',
  '/v1/journal/heads': 'members',
  '/v1/transactions/{txId}/receipt': 'concerned',
};

/** Whom a read is for; undefined for a room that nobody has thought about, which a test refuses. */
export function audienceOf(path: string, query?: QueryName): Audience | undefined {
  return ofPaths[path] ?? (query === undefined ? ofRooms[room(path)] : queryAudiences[query]);
}

/** For whom, and whether that is confidentiality, in both languages; docs/adr/0017 says why. */
export function audienceText(path: string, query?: QueryName): string {
  const audience = audienceOf(path, query);
  if (audience === undefined) return '';
  const { zh, en } = audiences[audience];
  return `${zh}。${en}`;
}

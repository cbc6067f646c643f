import type { QueryName } from '@yici/chaincode/model';
import type { z } from 'zod';
import type { Viewer } from '../access/access.js';
import type { Caller } from '../callers/caller.js';
import { validated } from '../validate.js';
import type { AppDependencies } from './context.js';

/** What a read route's handler gets: everything validated. */
export interface ReadContext<P, Q> {
  readonly params: P;
  readonly query: Q;
  readonly caller: Caller;
  readonly viewer: Viewer;
  /** `Accept` prefers CSV to JSON. */
  readonly wantsCsv: boolean;
  readonly deps: AppDependencies;
}

/** A read, with what its path and query parse to: Express, OpenAPI and validation derive from it. */
interface ReadRoute<P = unknown, Q = unknown> {
  /** OpenAPI style. */
  readonly path: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly params: z.ZodType<P>;
  readonly query: z.ZodType<Q>;
  /** What the answer is, for OpenAPI. */
  readonly response: z.ZodType;
  /** Media types of an answer that is a file of its own; else JSON. */
  readonly produces?: readonly string[];
  /** Media types that the same answer can have beside JSON. */
  readonly alsoProduces?: readonly string[];
  /** The contract's query behind `?source=ledger`, for OpenAPI. */
  readonly ledgerQuery?: QueryName;
  readonly handle: (context: ReadContext<P, Q>) => unknown;
}

/** A route with its types closed over, as the router and OpenAPI use it. */
export interface AnyReadRoute extends Omit<ReadRoute, 'handle'> {
  /** Validates path and query, then answers. @throws GatewayError VALIDATION_FAILED */
  readonly run: (context: ReadContext<unknown, unknown>) => unknown;
}

/** Keeps a route's types together: the handler sees exactly what its schemas give. */
export function readRoute<P, Q>(route: ReadRoute<P, Q>): AnyReadRoute {
  const { handle, ...rest } = route;
  return {
    ...rest,
    run: (context) =>
      handle({
        ...context,
        params: validated(route.params, context.params, 'path'),
        query: validated(route.query, context.query, 'query'),
      }),
  };
}

/** A file to keep: its media type, the name to save it under, its bytes. */
export class Attachment {
  readonly type: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The records in it, as JSON would show them. */
  readonly shows: unknown;

  constructor(type: string, name: string, bytes: Uint8Array, shows?: unknown) {
    this.type = type;
    this.name = name;
    this.bytes = bytes;
    this.shows = shows;
  }
}

/** JSON that is a text already, sent as it is: a record exactly as on the ledger. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

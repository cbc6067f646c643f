import type { Read } from '@yici/api';
import type { Language } from '@yici/domain/model';
import type { z } from 'zod';
import type { Viewer } from '../../access/access.js';
import type { Caller } from '../../callers/caller.js';
import type { Page } from '../../store/page.js';
import { validated } from '../../validate.js';
import type { AppDependencies } from '../context.js';

/** Input of a read's handler, validated by the read's definition. */
export interface ReadContext<D extends Read> {
  readonly read: D;
  readonly params: z.output<D['params']>;
  readonly query: z.output<D['query']>;
  readonly caller: Caller;
  readonly viewer: Viewer;
  /** `Accept` prefers CSV to JSON. */
  readonly wantsCsv: boolean;
  /** By `Accept-Language`: of what is made to be read. */
  readonly language: Language;
  readonly deps: AppDependencies;
}

type Answer<D extends Read> = D extends { readonly item: infer I extends z.ZodType }
  ? Page<z.output<I>>
  : z.output<D['answer']>;
type Given<D extends Read> = Answer<D> | JsonText | Attachment;
export type Handler<D extends Read> = (context: ReadContext<D>) => Given<D> | Promise<Given<D>>;

export type Handlers<G extends Readonly<Record<string, Read>>> = {
  readonly [N in keyof G]: Handler<G[N]>;
};

export interface ServedRead {
  readonly read: Read;
  /** Validates path and query, then answers. @throws GatewayError VALIDATION_FAILED */
  readonly run: (context: Omit<ReadContext<Read>, 'read'>) => unknown;
}

export function served<G extends Readonly<Record<string, Read>>>(
  reads: G,
  handlers: Handlers<G>,
): ServedRead[] {
  const join = (name: keyof G): ServedRead => servedBy(reads[name], handlers[name]);
  return Object.keys(handlers).map(join);
}

function servedBy<D extends Read>(read: D, handle: Handler<D>): ServedRead {
  return {
    read,
    run: (context) =>
      handle({
        ...context,
        read,
        params: validated<D['params']>(read.params, context.params, 'path'),
        query: validated<D['query']>(read.query, context.query, 'query'),
      }),
  };
}

/** An answer that is saved as a file. */
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

/** An answer that already is JSON text: a record exactly as on the ledger. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

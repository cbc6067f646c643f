import { randomUUID } from 'node:crypto';
import { draftView, type Actor, type DraftLine, type DraftView, type SignoffLine } from '@yici/api';
import { z } from 'zod';
import { SealedFiles, type SealedKind } from '../custody/sealed-files.js';
import { GatewayError, recordNotFound } from '../errors.js';
import { hasDiskSpace } from '../store/disk.js';
import { lineOf, signoffFile, type SignoffFile } from './signoff-file.js';
import { StoreHealth, type StoreGuard } from '../store/health.js';
import { KeyedQueue } from '../store/keyed-queue.js';
import { pageOfSorted, type Page, type PageRequest } from '../store/page.js';
import { without } from '../without.js';

export type Draft = Omit<DraftView, 'findings'>;
export type NewDraft = Pick<Draft, 'kind' | 'command' | 'title' | 'input'>;
export type DraftChange = Partial<Pick<Draft, 'title' | 'input'>> & Pick<Draft, 'version'>;

/** What the store keeps: drafts and templates, and the sign-offs of what was drafted. */
type Kept = Draft | SignoffFile;
type Line = DraftLine | SignoffLine;

export const sealedDrafts: SealedKind<Kept> = {
  schema: z.discriminatedUnion('kind', [draftView.omit({ findings: true }), signoffFile]),
  purpose: 'yici draft v1',
  what: 'The draft',
};

/** Drafts, templates and sign-offs under way of a department at the most. */
const mostOfDepartment = 1_000;
/** From its last change to its erasure, in milliseconds: thirty days. */
const lifetime = 30 * 86_400_000;

interface Parts {
  readonly files: SealedFiles<Kept>;
  readonly guard: StoreGuard;
  readonly most: number;
  readonly now: () => Date;
}

/**
 * What officials of a department write for each other before one of them signs it. Its texts may name persons: each is a
 * file of its own, encrypted as the keys of documents are, and erased like them. Lists are kept in memory.
 */
export class DraftStore {
  readonly #parts: Parts;
  readonly #lines = new Map<string, Line>();
  readonly #queue = new KeyedQueue();

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws GatewayError KEY_STORE_UNREADABLE */
  static async open(
    directory: string,
    key: Uint8Array,
    now: () => Date = () => new Date(),
    health = new StoreHealth(),
    most = mostOfDepartment,
  ): Promise<DraftStore> {
    const files = new SealedFiles(directory, key, sealedDrafts);
    const guard = health.guard('drafts', () => hasDiskSpace(directory));
    const store = new DraftStore({ files, guard, most, now });
    await files.sweep();
    for (const id of await files.ids()) {
      const draft = files.read(id);
      if (draft !== undefined) store.#lines.set(id, headOf(draft));
    }
    return store;
  }

  /** @throws GatewayError DRAFT_QUOTA, STORAGE_FAILED */
  create(by: Actor, given: NewDraft): Promise<Draft> {
    const { department, user } = by;
    // One at a time, so that two do not take the last place.
    return this.#queue.run(department, async () => {
      this.#assertRoom(department);
      const at = this.#parts.now().toISOString();
      const id = `dft_${randomUUID()}`;
      const began = { id, ...given, department, by: user, at, version: 1 };
      return this.#write({ ...began, ...this.#changed(user, given.kind) });
    });
  }

  /** Keeps a new sign-off; one that has its id already is given back. @throws GatewayError DRAFT_QUOTA, STORAGE_FAILED */
  begin(file: SignoffFile, note: () => Promise<unknown>): Promise<SignoffFile> {
    return this.#queue.run(file.department, async () => {
      if (this.findSignoff(file.id) !== undefined) return this.readSignoff(file.id);
      this.#assertRoom(file.department);
      await note();
      return this.#write(file);
    });
  }

  /** The head of a draft; undefined when there is none, or its time is over. */
  find(id: string): DraftLine | undefined {
    const line = this.#lines.get(id);
    return line === undefined || !isDraft(line) || this.#isOver(line) ? undefined : line;
  }

  /** @throws GatewayError KEY_STORE_UNREADABLE, RECORD_NOT_FOUND */
  read(id: string): Draft {
    const draft = this.find(id) && this.#parts.files.read(id);
    if (draft === undefined || !isDraft(draft)) throw recordNotFound('draft', [id]);
    return draft;
  }

  findSignoff(id: string): SignoffLine | undefined {
    const line = this.#lines.get(id);
    return line === undefined || isDraft(line) ? undefined : line;
  }

  /** @throws GatewayError KEY_STORE_UNREADABLE, RECORD_NOT_FOUND */
  readSignoff(id: string): SignoffFile {
    const file = this.findSignoff(id) && this.#parts.files.read(id);
    if (file === undefined || isDraft(file)) throw recordNotFound('signoff', [id]);
    return file;
  }

  /** Sign-offs of a department, or of all. */
  signoffs(department?: string): SignoffLine[] {
    const all = department === undefined ? [...this.#lines.values()] : this.#of(department);
    return all.filter((line) => !isDraft(line));
  }

  /** Works on a sign-off while nobody else does. @throws GatewayError RECORD_NOT_FOUND, STORAGE_FAILED */
  work<T>(id: string, work: (file: SignoffFile, tools: SignoffTools) => Promise<T>): Promise<T> {
    return this.#queue.run(id, () =>
      work(this.readSignoff(id), {
        keep: (file) => this.#write(file),
        erase: () => this.#erase(id),
      }),
    );
  }

  /** A department's drafts, the last changed first. */
  list(
    department: string,
    shown: (line: DraftLine) => boolean,
    request: PageRequest,
  ): Page<DraftLine> {
    const seen = this.#of(department).filter(isDraft).filter(shown);
    return pageOfSorted(seen, placeOf, request);
  }

  /** @throws GatewayError DRAFT_CHANGED unless `version` is the newest, RECORD_NOT_FOUND, STORAGE_FAILED */
  change(id: string, { user }: Actor, { version, ...change }: DraftChange): Promise<Draft> {
    return this.#queue.run(id, () => {
      const draft = this.#newest(id, version);
      return this.#write({
        ...{ ...draft, ...change, version: version + 1 },
        ...this.#changed(user, draft.kind),
      });
    });
  }

  /** @throws GatewayError DRAFT_CHANGED unless `version` is the newest, RECORD_NOT_FOUND, STORAGE_FAILED */
  discard(id: string, version: number): Promise<void> {
    return this.#queue.run(id, () => {
      this.#newest(id, version);
      return this.#erase(id);
    });
  }

  /** Erases drafts whose time is over. */
  async sweep(): Promise<void> {
    const over = [...this.#lines.values()].filter((line) => this.#isOver(line));
    for (const { id } of over) {
      await this.#queue.run(id, async () => {
        const line = this.#lines.get(id);
        if (line !== undefined && this.#isOver(line)) await this.#erase(id);
      });
    }
  }

  close(): Promise<void> {
    return this.#parts.guard.close();
  }

  #newest(id: string, version: number): Draft {
    const draft = this.read(id);
    if (draft.version === version) return draft;
    throw changedMeanwhile(draft);
  }

  async #write<K extends Kept>(kept: K): Promise<K> {
    const { files, guard } = this.#parts;
    await guard.write(() => files.write(kept.id, kept));
    this.#lines.set(kept.id, headOf(kept));
    return kept;
  }

  /** What was issued is a record of the department's, and takes nobody's place. @throws GatewayError DRAFT_QUOTA */
  #assertRoom(department: string): void {
    const { most } = this.#parts;
    const open = this.#of(department).filter((line) => isDraft(line) || line.state !== 'issued');
    if (open.length >= most) throw full(department, most);
  }

  async #erase(id: string): Promise<void> {
    const { files, guard } = this.#parts;
    await guard.write(() => files.erase(id));
    this.#lines.delete(id);
  }

  #changed(user: string, kind: Draft['kind']) {
    const now = this.#parts.now();
    const end = new Date(now.getTime() + lifetime).toISOString();
    const expiresAt = kind === 'template' ? null : end;
    return { changedBy: user, changedAt: now.toISOString(), expiresAt };
  }

  #of(department: string): Line[] {
    const all = [...this.#lines.values()];
    return all.filter((line) => line.department === department && !this.#isOver(line));
  }

  #isOver({ expiresAt }: Line): boolean {
    return expiresAt !== null && new Date(expiresAt) <= this.#parts.now();
  }
}

interface SignoffTools {
  readonly keep: (file: SignoffFile) => Promise<SignoffFile>;
  readonly erase: () => Promise<void>;
}

const isDraft = <T extends { readonly kind: string }>(
  one: T,
): one is Exclude<T, { readonly kind: 'signoff' }> => one.kind !== 'signoff';

const headOf = (kept: Kept): Line => (isDraft(kept) ? without(kept, 'input') : lineOf(kept));

/** Somebody else was faster. */
export function changedMeanwhile({ id, version, changedBy }: Line): GatewayError {
  const message = 'The draft was changed meanwhile; look at it again.';
  return new GatewayError('DRAFT_CHANGED', message, {
    details: { id, newest: version, changedBy },
  });
}

/** The last changed first: what is later comes before. */
export const placeOf = ({ changedAt, id }: Pick<Line, 'changedAt' | 'id'>): string =>
  `${String(8.64e15 - Date.parse(changedAt)).padStart(17, '0')} ${id}`;

function full(department: string, most: number): GatewayError {
  const message = 'The department has as many drafts and templates as it may; discard some.';
  return new GatewayError('DRAFT_QUOTA', message, { details: { department, most } });
}

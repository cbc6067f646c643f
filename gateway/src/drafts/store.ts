import { randomUUID } from 'node:crypto';
import { draftView, type Actor, type DraftLine, type DraftView } from '@yici/api';
import { SealedFiles, type SealedKind } from '../custody/sealed-files.js';
import { GatewayError, recordNotFound } from '../errors.js';
import { hasDiskSpace } from '../store/disk-space.js';
import { StoreHealth, type StoreGuard } from '../store/health.js';
import { KeyedQueue } from '../store/keyed-queue.js';
import { pageOfSorted, type Page, type PageRequest } from '../store/page.js';
import { without } from '../without.js';

export type Draft = Omit<DraftView, 'findings'>;
export type NewDraft = Pick<Draft, 'kind' | 'command' | 'title' | 'input'>;
export type DraftChange = Partial<Pick<Draft, 'title' | 'input'>> & Pick<Draft, 'version'>;

export const sealedDrafts: SealedKind<Draft> = {
  schema: draftView.omit({ findings: true }),
  purpose: 'yici draft v1',
  what: 'The draft',
};

/** Drafts and templates of a department at the most. */
const mostOfDepartment = 1_000;
/** From its last change to its erasure, in milliseconds: thirty days. */
const lifetime = 30 * 86_400_000;

interface Parts {
  readonly files: SealedFiles<Draft>;
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
  readonly #lines = new Map<string, DraftLine>();
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
      if (draft !== undefined) store.#lines.set(id, without(draft, 'input'));
    }
    return store;
  }

  /** @throws GatewayError DRAFT_QUOTA, STORAGE_FAILED */
  create(by: Actor, given: NewDraft): Promise<Draft> {
    const { department, user } = by;
    // One at a time, so that two do not take the last place.
    return this.#queue.run(department, async () => {
      const most = this.#parts.most;
      if (this.#of(department).length >= most) throw full(department, most);
      const at = this.#parts.now().toISOString();
      const id = `dft_${randomUUID()}`;
      const began = { id, ...given, department, by: user, at, version: 1 };
      return this.#write({ ...began, ...this.#changed(user, given.kind) });
    });
  }

  /** The head of a draft; undefined when there is none, or its time is over. */
  find(id: string): DraftLine | undefined {
    const line = this.#lines.get(id);
    return line === undefined || this.#isOver(line) ? undefined : line;
  }

  /** @throws GatewayError KEY_STORE_UNREADABLE, RECORD_NOT_FOUND */
  read(id: string): Draft {
    const draft = this.find(id) && this.#parts.files.read(id);
    if (draft === undefined) throw recordNotFound('draft', [id]);
    return draft;
  }

  /** A department's drafts, the last changed first. */
  list(
    department: string,
    shown: (line: DraftLine) => boolean,
    request: PageRequest,
  ): Page<DraftLine> {
    const seen = this.#of(department).filter(shown);
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
    const { changedBy, version: newest } = draft;
    const message = 'The draft was changed meanwhile; look at it again.';
    throw new GatewayError('DRAFT_CHANGED', message, { details: { id, newest, changedBy } });
  }

  async #write(draft: Draft): Promise<Draft> {
    const { files, guard } = this.#parts;
    await guard.write(() => files.write(draft.id, draft));
    this.#lines.set(draft.id, without(draft, 'input'));
    return draft;
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

  #of(department: string): DraftLine[] {
    const all = [...this.#lines.values()];
    return all.filter((line) => line.department === department && !this.#isOver(line));
  }

  #isOver({ expiresAt }: DraftLine): boolean {
    return expiresAt !== null && new Date(expiresAt) <= this.#parts.now();
  }
}

/** The last changed first: what is later comes before. */
const placeOf = ({ changedAt, id }: DraftLine): string =>
  `${String(8.64e15 - Date.parse(changedAt)).padStart(17, '0')} ${id}`;

function full(department: string, most: number): GatewayError {
  const message = 'The department has as many drafts and templates as it may; discard some.';
  return new GatewayError('DRAFT_QUOTA', message, { details: { department, most } });
}

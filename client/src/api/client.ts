import type { CommandInput, ShareValues, Language } from '@yici/domain/model';
import {
  addressOf,
  calendarPreview,
  changeInForce,
  documentView,
  draftView,
  namedLists,
  pendingChange,
  pendingChanges,
  reads,
  signoffChains,
  signoffView,
  unframed,
  type AnswerOf,
  type Asked,
  type CalendarPreview,
  type CommandLine,
  type DocumentView,
  type DraftView,
  type ItemOf,
  type LedgerEvent,
  type ListName,
  type NetworkView,
  type PendingChange,
  type ReadName,
  type Session,
  type SignoffChains,
  type SignoffView,
} from '@yici/api';
import type { ChannelConfig } from '@yici/ledger';
import { ClientError } from '../errors.js';
import type { Identity } from '../identity/identity.js';
import type { AppSigner } from '../signers/sm2.js';
import { ChannelTrust } from '../trust/channel-trust.js';
import { checkNetwork, pinnedGateway } from './pinned-gateway.js';
import { ask, everyItem } from './ask.js';
import { contentOf, putDocument, type DocumentUpload } from './documents.js';
import { withAppSignature } from './app-signature.js';
import { events, type EventOptions } from './events.js';
import { execute, type Committed, type ExecuteOptions } from './execute.js';
import { createHttp, type Http } from './http.js';
import { openSession } from './login.js';
import { configBlocks } from './receipt.js';
import { saveReceipt, type SavedReceipt } from './saved-receipt.js';
import type { Hand } from './signing.js';
import { readValues } from './values.js';

export interface ClientOptions {
  /** e.g. `http://127.0.0.1:8080` */
  readonly baseUrl: string;
  /** Signs requests to the gateway that it pins; absent for a custodial account or for reading with a session token. */
  readonly identity?: Identity;
  /** A session token or a custodial account's API key. */
  readonly token?: string;
}

export type NewSignoff = Pick<SignoffView, 'command' | 'title' | 'input'> & {
  readonly comment?: string;
  readonly under?: string;
};

/** A step of a sign-off, of the version that was read. */
export interface SignoffStep {
  readonly version: number;
  readonly comment?: string;
  readonly input?: SignoffView['input'];
  readonly to?: 'before' | 'drafter';
  readonly under?: string;
}

const changesPath = '/v1/channel/changes';

/** One caller of one gateway. Every method throws {@link ClientError}. */
export class YiciClient {
  readonly #http: Http;
  readonly #identity: Identity | undefined;
  #network: Promise<NetworkView> | undefined;
  #trust: ChannelTrust | undefined;
  #routes: Promise<ReadonlyMap<string, CommandLine>> | undefined;

  constructor(options: ClientOptions) {
    this.#http = createHttp(options.baseUrl, options.token, options.identity?.fetch);
    this.#identity = options.identity;
  }

  get gateway(): string {
    return this.#http.baseUrl;
  }

  /** In which language the gateway words its refusals from now on. */
  set language(language: Language) {
    this.#http.language = language;
  }

  /** The genesis hash that the identity pins, hex. */
  get genesisHash(): string | undefined {
    return this.#identity?.pins?.genesisHash;
  }

  get token(): string | undefined {
    return this.#http.token;
  }

  network(): Promise<NetworkView> {
    return (this.#network ??= this.read('network.get', {}));
  }

  /** The channel's configuration as its chain proves it; undefined for a custodial account, which pins nothing. */
  async channelConfig(): Promise<ChannelConfig | undefined> {
    const trust = (await this.#hand())?.trust;
    await trust?.refresh();
    return trust?.config();
  }

  /** Opens a session with a signed challenge. @throws ClientError IDENTITY_UNPINNED, GATEWAY_NOT_PINNED */
  async login(): Promise<Session> {
    const hand = await this.#hand();
    if (hand === undefined)
      throw new ClientError('USAGE', {
        zh: '登录须有身份目录。',
        en: 'Logging in needs an identity.',
      });
    return openSession(this.#http, hand);
  }

  session(): Promise<Session> {
    return this.read('sessions.current', {});
  }

  async logout(): Promise<void> {
    await this.#http.open(reads['sessions.current'].path, { method: 'DELETE' });
    this.#http.token = undefined;
  }

  /**
   * Runs a command (`case.submit`, ...) until it is committed. `input.private` travels in the transaction's transient
   * map: the endorsing peers get it, no block holds it.
   */
  async execute(
    command: string,
    input: Readonly<Record<string, unknown>>,
    options?: ExecuteOptions,
  ): Promise<Committed> {
    const [hand, routes] = await Promise.all([this.#hand(), this.#commandRoutes()]);
    const route = routes.get(command);
    if (route === undefined)
      throw new ClientError('USAGE', {
        zh: `没有命令 ${command}。`,
        en: `There is no command ${command}.`,
      });
    const { private: secret, ...given } = input;
    if (secret !== undefined && !route.private)
      throw new ClientError('USAGE', {
        zh: `${command} 不接收非公开内容。`,
        en: `${command} takes nothing private.`,
      });
    const whole = {
      ...{ http: this.#http, route },
      ...(secret !== undefined && { secret }),
      ...(hand && { hand }),
    };
    const signer = options?.appSigner;
    const signed = signer === undefined ? given : await this.#withSm2(route, given, signer, hand);
    return execute(whole, signed, options);
  }

  /** A transaction's receipt, unchecked; {@link verifyReceipt} checks it. */
  receipt(txId: string): Promise<SavedReceipt> {
    return saveReceipt(this.#http, txId);
  }

  read<N extends ReadName>(name: N, asked: Asked<N>): Promise<AnswerOf<N>> {
    return ask(this.#http, name, asked);
  }

  list<N extends ListName>(name: N, asked: Asked<N>): AsyncIterable<ItemOf<N>> {
    return everyItem(this.#http, namedLists[name], asked);
  }

  /** The confidential values of a share, as {@link readValues}. */
  async shareValues(shareId: string): Promise<ShareValues> {
    return readValues(this.#http, await this.#hand(), shareId);
  }

  /** An answer's raw bytes, e.g. an export. */
  async bytes<N extends ReadName>(name: N, asked: Asked<N>): Promise<Uint8Array> {
    const response = await this.#http.open(addressOf(reads[name], asked));
    return new Uint8Array(await response.arrayBuffer());
  }

  /**
   * Whole blocks from a number on, as many as the gateway gives at once; none when `from` is not written yet. For supervisors.
   * @throws ClientError GATEWAY_ANSWER_INVALID when the answer is cut off
   */
  async wholeBlocks(from: number, to?: number): Promise<readonly Uint8Array[]> {
    const blocks = unframed(await this.bytes('blocks.whole', { from, to }));
    if (blocks !== undefined) return blocks;
    const message = { zh: '网关给出的区块不完整。', en: 'The gateway’s blocks are cut off.' };
    throw new ClientError('GATEWAY_ANSWER_INVALID', message);
  }

  putDocument(upload: DocumentUpload): Promise<DocumentView> {
    return putDocument(this.#http, upload);
  }

  /** A document's content; it throws at the end when its digest is not the ledger's, as {@link contentOf}. */
  documentContent(info: DocumentView, digest?: string): AsyncIterable<Uint8Array> {
    return contentOf(this.#http, info, digest);
  }

  /** Lets further departments read a document; this cannot be withdrawn. */
  grantDocument(id: string, departments: readonly string[]): Promise<DocumentView> {
    return this.#changeDocument(id, 'readers', { departments });
  }

  /** Destroys a document's encryption key. */
  eraseDocument(id: string, reason: string): Promise<DocumentView> {
    return this.#changeDocument(id, 'erase', { reason });
  }

  #changeDocument(id: string, act: string, body: object): Promise<DocumentView> {
    const path = `/v1/documents/${encodeURIComponent(id)}/${act}`;
    return this.#http.call(documentView, path, { method: 'POST', body });
  }

  /** What a calendar would move of the due dates of open cases, before anybody proposes it. */
  previewCalendar(calendar: CommandInput<'calendar.import'>): Promise<CalendarPreview> {
    const body = calendar;
    return this.#http.call(calendarPreview, '/v1/calendars/preview', { method: 'POST', body });
  }

  /** Begins a draft or template of a command, for the own department. */
  newDraft(body: Pick<DraftView, 'kind' | 'command' | 'title' | 'input'>): Promise<DraftView> {
    return this.#http.call(draftView, '/v1/drafts', { method: 'POST', body });
  }

  /** Refused unless `version` is the newest. */
  changeDraft(
    id: string,
    body: Partial<Pick<DraftView, 'title' | 'input'>> & Pick<DraftView, 'version'>,
  ): Promise<DraftView> {
    const path = `/v1/drafts/${encodeURIComponent(id)}/change`;
    return this.#http.call(draftView, path, { method: 'POST', body });
  }

  /** Erases a draft; refused unless `version` is the newest. */
  async discardDraft(id: string, version: number): Promise<void> {
    const path = `/v1/drafts/${encodeURIComponent(id)}/discard`;
    await this.#http.open(path, { method: 'POST', body: { version } });
  }

  /** Begins a sign-off inside the department; a repeat with the same key gives the first. */
  beginSignoff(body: NewSignoff, key: string): Promise<SignoffView> {
    const headers = { 'idempotency-key': key };
    return this.#http.call(signoffView, '/v1/signoffs', { method: 'POST', body, headers });
  }

  /** Refused unless `version` is the newest. */
  stepSignoff(
    id: string,
    step: 'approve' | 'return' | 'issue',
    body: SignoffStep,
  ): Promise<SignoffView> {
    const path = `/v1/signoffs/${encodeURIComponent(id)}/${step}`;
    return this.#http.call(signoffView, path, { method: 'POST', body });
  }

  /** Erases a sign-off that is with its drafter; refused unless `version` is the newest. */
  async withdrawSignoff(id: string, version: number): Promise<void> {
    const path = `/v1/signoffs/${encodeURIComponent(id)}/withdraw`;
    await this.#http.open(path, { method: 'POST', body: { version } });
  }

  /** Replaces the department's chains; refused unless `version` is the newest. */
  setSignoffChains(body: Pick<SignoffChains, 'version' | 'chains'>): Promise<SignoffChains> {
    return this.#http.call(signoffChains, '/v1/signoff/chains', { method: 'PUT', body });
  }

  /** Changes of the channel that wait for signatures at this gateway, unchecked. */
  async channelChanges(): Promise<readonly PendingChange[]> {
    return (await this.#http.call(pendingChanges, changesPath)).items;
  }

  /** Brings signatures on a change of the channel. */
  putChannelChange(body: PendingChange['change']): Promise<PendingChange> {
    return this.#http.call(pendingChange, changesPath, { method: 'POST', body });
  }

  /** Brings a change into force that enough departments have signed; the config's sequence after it. */
  async submitChannelChange(id: string): Promise<number> {
    const path = `${changesPath}/${encodeURIComponent(id)}/submit`;
    return (await this.#http.call(changeInForce, path, { method: 'POST', body: {} })).sequence;
  }

  events(options?: EventOptions): AsyncIterable<LedgerEvent> {
    return events(this.#http, options);
  }

  async #withSm2(
    route: CommandLine,
    input: Readonly<Record<string, unknown>>,
    signer: AppSigner,
    hand: Hand | undefined,
  ): Promise<Readonly<Record<string, unknown>>> {
    const network = hand?.pins ?? (await this.network());
    return withAppSignature({ network, route, session: await this.session() }, input, signer);
  }

  /** The signer; undefined without an identity. @throws ClientError when the gateway is not the pinned one */
  async #hand(): Promise<Hand | undefined> {
    const identity = this.#identity;
    if (identity === undefined) return undefined;
    const pins = pinnedGateway(identity.pins, this.#http.baseUrl);
    checkNetwork(pins, await this.network());
    this.#trust ??= new ChannelTrust(pins.genesisHash, configBlocks(this.#http));
    return { identity, pins, trust: this.#trust };
  }

  #commandRoutes(): Promise<ReadonlyMap<string, CommandLine>> {
    return (this.#routes ??= this.read('commands.list', {}).then(
      ({ items }) => new Map(items.map((route) => [route.name, route])),
    ));
  }
}

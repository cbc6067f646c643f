import type { Handle, Template } from 'pkcs11js';
import { KeyError } from './errors.js';
import { binding, initialize, moduleAt, resultOf, type Module } from './module.js';
import { pinOf, triesLeft, type Pin } from './pin.js';
import type { TokenUri } from './uri.js';

const tokens = new Map<string, Token>();

/** A session for this thread, and one for signatures that another thread waits for. */
export type Place = 'here' | 'aside';
export interface Session {
  readonly handle: Handle;
  /** Handles of keys, by their URI: they are good for the session that found them. */
  readonly keys: Map<string, Handle>;
}
export type Work<T> = (module: Module, session: Session) => T;

/** One login at one token, for the life of the process: a session is opened again when the token lost it. */
export class Token {
  readonly #uri: TokenUri;
  readonly #module: Module;
  readonly #pin: Pin;
  readonly #sessions = new Map<Place, Session>();
  /** Ends when the newest work aside does. */
  #last: Promise<unknown> = Promise.resolve();
  /** A PIN that was refused is not tried again: every try brings the token nearer to locking itself. */
  #refused: KeyError | undefined;

  /** @throws KeyError TOKEN_SUPPORT_MISSING, TOKEN_MODULE_UNUSABLE, TOKEN_MISSING, TOKEN_PIN_MISSING, TOKEN_PIN_WRONG, TOKEN_PIN_LOCKED */
  static at(uri: TokenUri): Token {
    const name = `${uri.module}\n${uri.token}`;
    const token = tokens.get(name) ?? new Token(uri);
    tokens.set(name, token);
    return token;
  }

  private constructor(uri: TokenUri) {
    this.#uri = uri;
    this.#module = moduleAt(uri.module);
    this.#slot();
    this.#pin = pinOf(uri);
    this.#session('here');
  }

  /**
   * Does something in a session; once more in another one if the token lost that, or what was found in it.
   * @throws KeyError TOKEN_FAILED with what the token said, and as {@link at}
   */
  use<T>(work: Work<T>, place: Place = 'here'): T {
    try {
      return work(this.#module, this.#session(place));
    } catch (error) {
      this.#lost(place, error);
    }
    try {
      return work(this.#module, this.#session(place));
    } catch (cause) {
      throw this.#lostAgain(place, cause);
    }
  }

  /** As {@link use}, for what another thread waits for: one after the other, as a token works. */
  aside<T>(work: Work<Promise<T>>): Promise<T> {
    const done = this.#last.then(async () => {
      try {
        return await work(this.#module, this.#session('aside'));
      } catch (error) {
        this.#lost('aside', error);
      }
      try {
        return await work(this.#module, this.#session('aside'));
      } catch (cause) {
        throw this.#lostAgain('aside', cause);
      }
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Handles of the objects that have these attributes. */
  find(template: Template, place: Place): Handle[] {
    return this.use((module, { handle }) => {
      module.C_FindObjectsInit(handle, template);
      try {
        // Two say already that the description is not one key's.
        return module.C_FindObjects(handle, 2);
      } finally {
        module.C_FindObjectsFinal(handle);
      }
    }, place);
  }

  #session(place: Place): Session {
    const session = this.#sessions.get(place) ?? { handle: this.#login(), keys: new Map() };
    this.#sessions.set(place, session);
    return session;
  }

  #lost(place: Place, error: unknown): void {
    if (resultOf(error) === undefined) throw error;
    this.#leave(place);
  }

  #lostAgain(place: Place, cause: unknown): unknown {
    this.#leave(place);
    return resultOf(cause) === undefined ? cause : this.#failed(cause);
  }

  #slot(): Handle {
    const { token } = this.#uri;
    const labels: string[] = [];
    for (const slot of this.#slots()) {
      const label = this.#labelIn(slot);
      if (label === token) return slot;
      labels.push(label);
    }
    const there = labels.filter((label) => label !== '');
    const words = {
      zh: `模块 ${this.#uri.module} 中没有令牌“${token}”，现有：${there.join('、') || '无'}。请插入该令牌，或者更正 URI 中的 token。`,
      en: `The module ${this.#uri.module} has no token "${token}"; it has: ${there.join(', ') || 'none'}. Insert the token, or correct the URI's token.`,
    };
    throw new KeyError('TOKEN_MISSING', words, { details: { token, found: there } });
  }

  #slots(): Handle[] {
    try {
      initialize(this.#module);
      return this.#module.C_GetSlotList(true);
    } catch (cause) {
      throw this.#failed(cause);
    }
  }

  /** A slot whose token cannot be asked, having been taken out just now, has none. */
  #labelIn(slot: Handle): string {
    try {
      return this.#module.C_GetTokenInfo(slot).label.trimEnd();
    } catch (error) {
      if (resultOf(error) === undefined) throw error;
      return '';
    }
  }

  #login(): Handle {
    if (this.#refused !== undefined) throw this.#refused;
    const { CKF_SERIAL_SESSION, CKF_RW_SESSION, CKU_USER } = binding();
    const slot = this.#slot();
    this.#refuseLastTry(slot);
    const session = this.#open(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION);
    try {
      this.#module.C_Login(session, CKU_USER, this.#pin.pin);
    } catch (cause) {
      // Another session of this process has logged in; all share it.
      if (resultOf(cause) === binding().CKR_USER_ALREADY_LOGGED_IN) return session;
      this.#close(session);
      this.#refused = this.#pinRefused(cause, slot);
      throw this.#refused ?? this.#failed(cause);
    }
    return session;
  }

  #open(slot: Handle, flags: number): Handle {
    try {
      return this.#module.C_OpenSession(slot, flags);
    } catch (cause) {
      throw this.#failed(cause);
    }
  }

  #leave(place: Place): void {
    const session = this.#sessions.get(place);
    this.#sessions.delete(place);
    if (session !== undefined) this.#close(session.handle);
  }

  /** One that the token has lost cannot be closed. */
  #close(session: Handle): void {
    try {
      this.#module.C_CloseSession(session);
    } catch (error) {
      if (resultOf(error) === undefined) throw error;
    }
  }

  /** A service that is started again and again would lock the token: the last try is a person's. */
  #refuseLastTry(slot: Handle): void {
    const left = triesLeft(this.#module.C_GetTokenInfo(slot).flags);
    if (left === 'locked' || (left === 'last' && !this.#pin.typed)) throw this.#locked(left);
  }

  #pinRefused(error: unknown, slot: Handle): KeyError | undefined {
    const { CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE, CKR_PIN_LOCKED } = binding();
    const result = resultOf(error);
    if (result === CKR_PIN_LOCKED) return this.#locked('locked');
    if (![CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE].some((each) => each === result))
      return undefined;
    const { token } = this.#uri;
    const left = triesLeft(this.#module.C_GetTokenInfo(slot).flags);
    const said = left && triesWords[left];
    const words = {
      zh: `令牌“${token}”的口令（PIN）不正确${said ? `；${said.zh}` : ''}。请更正后再试。`,
      en: `The PIN of the token "${token}" is wrong${said ? `; ${said.en}` : ''}. Correct it before trying again.`,
    };
    return new KeyError('TOKEN_PIN_WRONG', words, { details: { token, ...(left && { left }) } });
  }

  #locked(left: 'last' | 'locked'): KeyError {
    const { token } = this.#uri;
    const { zh, en } = triesWords[left];
    const words = {
      zh: `令牌“${token}”：${zh}。请核对口令后用厂商的工具登录一次或者解锁，再试。`,
      en: `Token "${token}": ${en}. Check the PIN, log in once or unlock it with the vendor's tool, then try again.`,
    };
    return new KeyError('TOKEN_PIN_LOCKED', words, { details: { token, left } });
  }

  #failed(cause: unknown): KeyError {
    const { token, module } = this.#uri;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const words = {
      zh: `令牌“${token}”没有完成操作（${reason}）。请检查设备是否在线，以及模块 ${module} 的日志。`,
      en: `The token "${token}" did not do it (${reason}): check that the device is there, and the log of ${module}.`,
    };
    return new KeyError('TOKEN_FAILED', words, { details: { token, reason }, cause });
  }
}

const triesWords = {
  few: { zh: '令牌称所剩尝试次数不多', en: 'the token says that few tries are left' },
  last: { zh: '令牌称只剩最后一次尝试', en: 'the token says that one try is left' },
  locked: { zh: '口令已被锁定', en: 'its PIN is locked' },
} as const;

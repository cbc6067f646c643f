import { createSigner } from '@yici/ledger';

/** A user's certificate and key, as the network keeps them. */
export interface UserFiles {
  readonly mspId: string;
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** One logged-in user. */
export interface LoggedIn {
  readonly token: string;
  readonly session: Answer;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

export interface CallOptions {
  readonly body?: unknown;
  /** A body as it is, JSON or not. */
  readonly raw?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that a user's session is added to. */
export interface UserRequest extends Omit<RequestInit, 'headers'> {
  readonly headers?: Readonly<Record<string, string>>;
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** What came back; tests look into its JSON by dotted paths (`errors.0.path`). */
export class Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;

  constructor(response: Response, text: string) {
    this.status = response.status;
    this.headers = response.headers;
    this.text = text;
    this.json = parse(text);
  }

  at(path: string): unknown {
    return path.split('.').reduce((value: unknown, field) => {
      if (typeof value !== 'object' || value === null) return undefined;
      return Reflect.get(value, field) as unknown;
    }, this.json);
  }

  str(path: string): string {
    const value = this.at(path);
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  list(path: string): unknown[] {
    const value = this.at(path);
    return Array.isArray(value) ? value : [];
  }

  /** One field of every item of a list. */
  each(path: string, field: string): unknown[] {
    return this.list(path).map((_, index) => this.at(`${path}.${index}.${field}`));
  }

  /** The bytes that are to be signed next. */
  get toSign(): Uint8Array {
    return Buffer.from(this.str('sign.bytes'), 'base64');
  }

  get id(): string {
    return this.str('id');
  }
}

/** What a story needs of the API: everything by user, so that several gateways can share it. */
export interface Door extends Pick<
  Api,
  'get' | 'post' | 'run' | 'step' | 'fetch' | 'as' | 'identity'
> {
  /** Where a user calls. */
  urlOf(user: string): string;
}

/** The API as a client without our own client library sees it: requests, answers, signatures. */
export class Api {
  readonly url: string;
  readonly #identity: (user: string) => Promise<UserFiles>;
  readonly #users = new Map<string, Promise<LoggedIn>>();

  constructor(url: string, identity: (user: string) => Promise<UserFiles>) {
    this.url = url;
    this.#identity = identity;
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const { token, headers } = options;
    const body =
      options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    return new Answer(response, await response.text());
  }

  identity(user: string): Promise<UserFiles> {
    return this.#identity(user);
  }

  /** Where everybody calls. */
  urlOf(): string {
    return this.url;
  }

  /** A request of the user's as it is, for bodies and answers that are not JSON. */
  async fetch(
    user: string,
    path: string,
    { headers, ...init }: UserRequest = {},
  ): Promise<Response> {
    const { token } = await this.as(user);
    return fetch(this.url + path, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
  }

  /** The user's session, opened once. */
  as(user: string): Promise<LoggedIn> {
    const known = this.#users.get(user) ?? this.login(user);
    this.#users.set(user, known);
    return known;
  }

  /** Everybody logs in anew: for a clock that went on further than a session lasts. */
  forgetSessions(): void {
    this.#users.clear();
  }

  async login(user: string): Promise<LoggedIn> {
    const { mspId, certificatePem, keyPem } = await this.#identity(user);
    const sign = createSigner(keyPem);
    const credentials = { mspId, certificate: certificatePem };
    const challenge = await this.call('POST', '/v1/sessions/challenge', { body: credentials });
    const signature = base64(sign(Buffer.from(challenge.str('message'))));
    const session = await this.call('POST', '/v1/sessions', {
      body: { ...credentials, challenge: challenge.str('challenge'), signature },
    });
    return { token: session.str('token'), session, sign };
  }

  async get(user: string, path: string): Promise<Answer> {
    return this.call('GET', path, { token: (await this.as(user)).token });
  }

  async post(
    user: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return this.call('POST', path, { body, token: (await this.as(user)).token, headers });
  }

  /** Signs what a transaction asks for and posts the signature to its next step. */
  async step(user: string, transaction: Answer, step: 'endorse' | 'submit'): Promise<Answer> {
    const { sign } = await this.as(user);
    const signature = base64(sign(transaction.toSign));
    return this.post(user, `/v1/transactions/${transaction.id}/${step}`, { signature });
  }

  /** A command all the way to its block; the first answer that is not a success otherwise. */
  async run(user: string, path: string, body: unknown): Promise<Answer> {
    const proposed = await this.post(user, path, body);
    if (proposed.status !== 202) return proposed;
    const endorsed = await this.step(user, proposed, 'endorse');
    if (endorsed.status !== 200) return endorsed;
    const submitted = await this.step(user, endorsed, 'submit');
    if (submitted.status !== 202) return submitted;
    return this.get(user, `/v1/transactions/${proposed.id}?wait=20`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

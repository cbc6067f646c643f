import { ClientError } from '@yici/client';
import { Cast, type CastOptions, type Committed } from '@yici/client/testing';
import { expect } from 'chai';
import type { Browser, Response } from 'playwright-core';
import { z } from 'zod';
import { Visitor } from './visitor.js';

type Input = Readonly<Record<string, unknown>>;

const committedView = z.object({
  id: z.string(),
  state: z.literal('committed'),
  txId: z.string(),
  block: z.number(),
  input: z.record(z.string(), z.unknown()),
  result: z.unknown(),
});
const problem = z.looseObject({ code: z.string(), detail: z.string() });

/** What a page was answered of one act. */
interface Heard {
  committed?: z.output<typeof committedView>;
  refused?: z.output<typeof problem>;
}

/** The users of the demo, each at a browser: what they send is filled in, looked at and signed there. Reads are their client's. */
export class CastAtBrowsers extends Cast {
  /** How many acts were signed, with which codes others were refused, and which the form let nobody send: these are sent without it. */
  readonly played = { signed: 0, refused: [] as string[], stopped: [] as string[] };
  readonly #browser: Browser;
  readonly #url: string;
  readonly #visitors = new Map<string, Promise<Visitor>>();
  /** One page does one act after the other. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(browser: Browser, options: CastOptions) {
    super(options);
    this.#browser = browser;
    this.#url = options.baseUrl;
  }

  override run(user: string, command: string, input: Input): Promise<Committed> {
    const before = this.#last.get(user) ?? Promise.resolve();
    const done = before.then(async () => {
      const committed = await this.#act(await this.#at(user), command, input);
      return committed ?? super.run(user, command, input);
    });
    this.#last.set(
      user,
      done.catch(() => undefined),
    );
    return done;
  }

  override async close(): Promise<void> {
    const visitors = await Promise.all(this.#visitors.values());
    // Refused acts are the story's own.
    for (const visitor of visitors) await visitor.leave(400, 403, 404, 409, 422);
    await super.close();
  }

  #at(user: string): Promise<Visitor> {
    const known = this.#visitors.get(user);
    if (known !== undefined) return known;
    const entering = Visitor.at(this.#browser, this.#url).then(async (visitor) => {
      await visitor.enterAs(user);
      return visitor;
    });
    this.#visitors.set(user, entering);
    return entering;
  }

  async #act(visitor: Visitor, command: string, input: Input): Promise<Committed | undefined> {
    const { page } = visitor;
    await visitor.show('/');
    await visitor.visit(`/acts/${command}`);
    await fillIn(visitor, input);
    const heard: Heard = {};
    const listen = (response: Response) => void note(response, heard);
    page.on('response', listen);
    try {
      return await this.#sent(visitor, command, heard);
    } finally {
      page.off('response', listen);
    }
  }

  async #sent(visitor: Visitor, command: string, heard: Heard): Promise<Committed | undefined> {
    const { page } = visitor;
    const failure = page.getByTestId('failure');
    const wrong = page.locator('form .ant-form-item-has-error');
    const receipt = page.getByText('本浏览器已核验');
    await page.getByTestId('act').click();
    await page.getByTestId('sign').or(failure).or(wrong).first().waitFor();
    if ((await wrong.count()) > 0) {
      this.played.stopped.push(command);
      return undefined;
    }
    // Somebody reads what is signed, and what it rests on.
    await visitor.settled();
    const sign = page.getByTestId('sign');
    const outcome = sign.or(failure).or(receipt).first();
    // Whoever was overtaken by somebody else's act is asked to sign it anew.
    while (await sign.isVisible()) {
      await sign.click();
      await sign.waitFor({ state: 'hidden' });
      await outcome.waitFor({ timeout: 60_000 });
    }
    const said = await failure.allTextContents();
    await page.getByTestId('close').click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    if (said.length === 0) {
      // An act that is done leads back to where it was begun.
      await page.waitForURL((url) => url.pathname === '/');
      this.played.signed += 1;
      const { committed } = heard;
      return {
        ...(committed ?? expect.fail(`${command}: no outcome`)),
        verified: true,
      };
    }
    const { code, detail, ...rest } = heard.refused ?? expect.fail(`${command}: ${said.join()}`);
    this.played.refused.push(code);
    expect(said.join(), command).to.include(detail);
    throw new ClientError('GATEWAY_REFUSED', detail, { details: { code, detail, ...rest } });
  }
}

async function note(response: Response, heard: Heard): Promise<void> {
  if (!response.url().includes('/v1/')) return;
  // An event stream and a page that was left have no body.
  const body: unknown = await response.json().catch(() => undefined);
  const committed = committedView.safeParse(body).data;
  if (committed !== undefined) heard.committed = committed;
  const refused = response.ok() ? undefined : problem.safeParse(body).data;
  if (refused !== undefined) heard.refused = refused;
}

/** The form takes all of it from a file, as it does by hand, and values from the file that hands them over; what is plain is typed anew. */
async function fillIn({ page }: Visitor, { private: values, ...input }: Input): Promise<void> {
  await page.getByTestId('from-file').setInputFiles(jsonFile(input));
  for (const [name, value] of Object.entries(input)) {
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const id = `root_${name}`;
    // What chooses from a list or a calendar shows it in other words.
    const place = page.locator(
      `input[id="${id}"]:not([role], .ant-picker input), textarea[id="${id}"]`,
    );
    if ((await place.count()) === 0) continue;
    // The file is read first.
    const isRead = ([at, text]: readonly [string, string]) =>
      (document.getElementById(at) as HTMLInputElement | null)?.value === text;
    await page.waitForFunction(isRead, [id, String(value)] as const);
    await place.fill('');
    await place.fill(String(value));
  }
  if (values !== undefined) await page.getByTestId('values-file').setInputFiles(jsonFile(values));
}

const jsonFile = (value: unknown) => ({
  name: '内容.json',
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(value)),
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { shanghaiDate, shiftDate } from '@yici/domain/model';
import { expect } from 'chai';
import type { StartedDemo } from './started-demo.js';

/** A command that a screen offers, and what it says the command does. */
interface Offered {
  readonly what: string;
  readonly line: string;
}

/** In milliseconds: a demo's limit of a minute, the clocks' tolerance, a gateway's round. */
const longestWait = 240_000;
const lookEvery = 3_000;

/** Somebody who knows nothing but what is printed, and what the own work is about. */
export class Official {
  readonly #demo: StartedDemo;
  /** What was printed, the newest last. */
  readonly #screens: string[];
  #files = 0;
  #folder = '';

  constructor(demo: StartedDemo) {
    this.#demo = demo;
    this.#screens = [demo.printed];
  }

  /** As somebody whose identity folder `npm start` names, by a line that it prints for a first role. */
  async enters(user: string): Promise<void> {
    const login = offeredIn(this.#demo.printed).find(({ line }) => line.includes(' login '));
    if (login === undefined) expect.fail(`npm start leads nobody in:\n${this.#demo.printed}`);
    await this.#type(login.line.replace(/(identities\/)\S+/, `$1${user}`));
    await this.does('查看待办');
  }

  /** What the newest screen that offers it has for this, typed with every place filled. */
  async does(what: string, own: Readonly<Record<string, string>> = {}): Promise<string> {
    return this.#type(await this.#filled(this.#offered(what), own));
  }

  /** Looks there until it offers this: time has to pass. */
  async looksUntil(where: string, what: string): Promise<void> {
    const line = await this.#filled(this.#offered(where), {});
    const until = Date.now() + longestWait;
    for (;;) {
      const text = await this.#type(line);
      if (offeredIn(text).some((one) => one.what.startsWith(what))) return;
      if (Date.now() > until) expect.fail(`never offered: ${what}\n${text}`);
      await delay(lookEvery);
    }
  }

  async looksAtInbox(): Promise<string> {
    return this.#type('yici inbox');
  }

  /** Nothing is left that waits for this official alone: what is left is said to wait for these roles. */
  async isDone(others = '（nobody）'): Promise<void> {
    const text = await this.looksAtInbox();
    if (/没有待办|没有需由本人办理的/.test(text)) return;
    const rows = text.slice(0, text.indexOf('办理：')).split('\n').slice(2, -1);
    expect(rows.filter((row) => !row.includes(others)).join('\n'), text).to.equal('');
  }

  /** Of the row that says this, on the newest screen that has one: the code that it begins, else the first word. */
  sees(text: string): string {
    const rows = [...this.#screens].reverse().flatMap((screen) => screen.split('\n'));
    const row = rows.find((line) => line.includes(text) && / {2}/.test(line.trim()));
    if (row === undefined) expect.fail(`nothing shown says ${text}`);
    const words = row.trim().split(/\s+/);
    const code = text.endsWith('-') ? words.find((word) => word.startsWith(text)) : undefined;
    return code ?? words[0] ?? '';
  }

  #offered(what: string): string {
    for (const screen of [...this.#screens].reverse()) {
      const found = offeredIn(screen).find((one) => one.what.startsWith(what));
      if (found !== undefined) return found.line;
    }
    return expect.fail(`no screen offers ${what}; the newest:\n${this.#screens.at(-1) ?? ''}`);
  }

  async #type(line: string): Promise<string> {
    const { exitCode, text } = await this.#demo.type(line);
    this.#screens.push(text);
    expect(exitCode, `$ ${line}\n${text}`).to.equal(0);
    return text;
  }

  /** Places as the program writes them: `--a|--b` and `<甲|乙>` are choices, by default the first; files are at hand. */
  async #filled(line: string, own: Readonly<Record<string, string>>): Promise<string> {
    const chosen = line.replaceAll(/--[a-z-]+(?:\|--[a-z-]+)+/g, (all) => {
      const flags = all.split('|');
      return flags.find((flag) => flag.slice(2) in own) ?? flags[0] ?? '';
    });
    const parts: string[] = [];
    let rest = chosen;
    for (;;) {
      const found = /^([^<]*?)(--[a-z-]+ )?([^<\s]*)<([^>]*)>/.exec(rest);
      if (found === null) break;
      const [all, before = '', flag = '', code = '', place = ''] = found;
      const value = own[flag.slice(2).trim()] ?? own[place] ?? (await this.#valueOf(flag, place));
      parts.push(before, flag, code, value);
      rest = rest.slice(all.length);
    }
    return [...parts, rest].join('');
  }

  async #valueOf(flag: string, place: string): Promise<string> {
    const today = shanghaiDate(new Date().toISOString());
    // Of a field of a form how it is written comes last.
    switch (place.split('，').at(-1)) {
      case '文件':
        return this.#paper();
      case '目录':
        if (flag === '--out ') this.#folder = `归档包${String(++this.#files)}`;
        return this.#folder;
      case '年-月-日':
        return flag.endsWith('to ') ? shiftDate(today, 7) : today;
      case '工作日数':
      case '数字':
      case '整数':
        return '5';
      default:
        return likely(place);
    }
  }

  async #paper(): Promise<string> {
    const name = `文书${String(++this.#files)}.pdf`;
    await writeFile(join(this.#demo.folder, name), `%PDF-1.4 演示文件 ${name}`);
    return name;
  }
}

/** Of choices the first; of what the place says it is like, just that. */
const likely = (place: string): string =>
  /，如 (.+)$/.exec(place)?.[1] ??
  (place.includes('|') ? place.split('|')[0] : undefined) ??
  '见附件';

/** `<what>：yici …` of a screen, and of `npm start` `npx yici …  # <what>`. */
function offeredIn(screen: string): Offered[] {
  return screen.split('\n').flatMap((line): Offered[] => {
    const first = /^\s*npx (yici [^#]*?)\s*# (.*)$/.exec(line);
    if (first !== null) return [{ line: first[1] ?? '', what: first[2] ?? '' }];
    const found = /^\s*(?:下一步 )?([^：]*)：(yici .*)$/.exec(line);
    return found === null ? [] : [{ what: found[1] ?? '', line: found[2] ?? '' }];
  });
}

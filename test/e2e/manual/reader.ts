import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { RunningGateway } from '../../support/gateway/running-gateway.js';
import type { Section, Typed } from './pages.js';

/** `<办件编号>` in the manual stands for what the reader has seen under that name. */
const placeholder = /<(\p{Script=Han}[^<>]*)>/gu;

/** In milliseconds: the limit of a demo's on-the-spot item, the clocks' tolerance, and a gateway's round. */
const longestWait = 200_000;
const lookEvery = 5_000;

/** Does what the manual says, as typed, and looks at what it says is seen. */
export class Reader {
  readonly #seen: Map<string, string>;
  readonly #gateway: RunningGateway;

  constructor(gateway: RunningGateway, known: Readonly<Record<string, string>>) {
    this.#gateway = gateway;
    this.#seen = new Map(Object.entries(known));
  }

  async does(step: Section['steps'][number]): Promise<void> {
    if (step.kind === 'written') {
      await writeFile(join(this.#gateway.folder, step.name), this.#filled(step.content));
      return;
    }
    const command = this.#filled(step.command);
    await this.#prepare(command);
    const until = Date.now() + (step.patient ? longestWait : 0);
    let seen = await this.#types(command, step);
    while (seen.missing !== undefined && Date.now() < until) {
      await delay(lookEvery);
      seen = await this.#types(command, step);
    }
    if (seen.missing !== undefined) expect.fail(`not printed: ${seen.missing}\n${seen.told}`);
  }

  async #types(command: string, { at, refused, shown }: Typed) {
    const { exitCode, out, err } = await this.#gateway.shell(command);
    const told = `${at}: ${command}\n${out}${err}`;
    expect(exitCode, told).to.equal(refused ? 1 : 0);
    return { told, missing: this.#missing(shown, (refused ? err : out).split('\n')) };
  }

  #filled(text: string): string {
    return text.replaceAll(placeholder, (_, name: string) => {
      const seen = this.#seen.get(name);
      if (seen === undefined) expect.fail(`the manual has not shown <${name}> before: ${text}`);
      return seen;
    });
  }

  /** Papers that a reader has at hand. */
  async #prepare(command: string): Promise<void> {
    const taken = command.replaceAll(/ --output \S+/g, '');
    for (const [name] of taken.matchAll(/[\p{Script=Han}\w]+\.(?:pdf|ofd|sig)/gu)) {
      const path = join(this.#gateway.folder, name);
      if (!existsSync(path)) await writeFile(path, `演示文件：${name}`);
    }
  }

  /** The first line that was not printed in its turn, if any; `…` stands for anything. */
  #missing(shown: readonly string[], printed: readonly string[]): string | undefined {
    let from = 0;
    for (const line of shown) {
      const { pattern, names } = this.#patternOf(line);
      const at = printed.findIndex((one, no) => no >= from && pattern.test(one));
      if (at < 0) return line;
      const found = pattern.exec(printed[at] ?? '') ?? [];
      for (const [no, name] of names.entries()) this.#seen.set(name, found[no + 1] ?? '');
      from = at + 1;
    }
    return undefined;
  }

  #patternOf(line: string): { readonly pattern: RegExp; readonly names: readonly string[] } {
    const names: string[] = [];
    const source = line
      .trim()
      .split(/(<\p{Script=Han}[^<>]*>|…|\s+)/u)
      .map((part) => {
        if (part === '…') return '.*';
        if (/^\s+$/.test(part)) return '\\s+';
        const name = /^<(.*)>$/.exec(part)?.[1];
        if (name === undefined) return escaped(part);
        const seen = this.#seen.get(name);
        if (seen !== undefined) return escaped(seen);
        names.push(name);
        return '(\\S+?)';
      })
      .join('');
    return { pattern: new RegExp(`^\\s*${source}\\s*$`, 'u'), names };
  }
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

import type { ChannelConfig } from '../config/channel.js';
import { mapConfig, type ConfigElement } from '../config/config-map.js';
import type { Sentence } from '../errors.js';
import { compareUtf8 } from '../rwset/order.js';
import { digest, factsOf, type Fact } from './facts.js';
import { ruleText } from './rule-text.js';

/** One line of what a change does. */
export interface Difference {
  /** The element's path in the config, `Orderer/BatchTimeout`. */
  readonly element: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly words: Sentence;
}

/**
 * Everything that differs between two configs, in words; no element that differs is left out. By the elements' paths: Fabric writes
 * a config's parts in any order, and departments compare by voice what each has before it.
 */
export function differences(before: ChannelConfig, after: ChannelConfig): Difference[] {
  const [from, to] = [mapConfig(before.tree), mapConfig(after.tree)];
  const ids = [...new Set([...from.keys(), ...to.keys()])];
  const lines = ids.flatMap((id) => {
    const [was, is] = [from.get(id), to.get(id)];
    const element = [...((is ?? was)?.path.slice(1) ?? []), (is ?? was)?.key].join('/');
    return linesOf(was, is).map((line) => ({ element, ...line }));
  });
  return lines.sort((left, right) => compareUtf8(left.element, right.element));
}

type Line = Omit<Difference, 'element'>;

function linesOf(was: ConfigElement | undefined, is: ConfigElement | undefined): Line[] {
  const isWhole = was === undefined || is === undefined;
  const old = was === undefined ? none : factsIn(was, isWhole);
  const now = is === undefined ? none : factsIn(is, isWhole);
  const lines = [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    lineOf(old.get(key), now.get(key)),
  );
  if (lines.length > 0 || was === undefined || is === undefined) return lines;
  // Facts that this program reads may be fewer than what the bytes say.
  const [left, right] = [bytesOf(was), bytesOf(is)];
  return left === right ? [] : lineOf(bytesFact(left), bytesFact(right));
}

const usualModPolicy = 'Admins';
const none: ReadonlyMap<string, Fact> = new Map();

/** Who may change an element that comes or goes as a whole is said only where it is not the usual. */
function factsIn(element: ConfigElement, isWhole: boolean): ReadonlyMap<string, Fact> {
  const { modPolicy } = element.item;
  if (isWhole && modPolicy === usualModPolicy) return contentOf(element);
  const guard = {
    name: { zh: '更改须满足的策略', en: 'policy for changing it' },
    value: modPolicy,
  };
  return new Map([...contentOf(element), ['mod policy', guard]]);
}

function contentOf(element: ConfigElement): ReadonlyMap<string, Fact> {
  switch (element.kind) {
    case 'group':
      return new Map([['group', { name: { zh: '组', en: 'group' }, value: element.key }]]);
    case 'policy': {
      const { policy } = element.item;
      const value = policy === undefined ? '-' : ruleText(policy);
      return new Map([['rule', { name: { zh: '策略', en: 'policy' }, value }]]);
    }
    case 'value':
      return (
        factsOf(element.key, element.item.value) ??
        new Map([['bytes', bytesFact(digest(element.item.value))]])
      );
  }
}

function bytesOf(element: ConfigElement): string {
  switch (element.kind) {
    case 'group':
      return '';
    case 'policy':
      return digest(element.item.policy?.value ?? new Uint8Array(0));
    case 'value':
      return digest(element.item.value);
  }
}

const bytesFact = (value: string): Fact => ({
  name: { zh: '内容的 SHA-256', en: 'SHA-256 of its content' },
  value,
});

function lineOf(was: Fact | undefined, is: Fact | undefined): Line[] {
  if (was?.value === is?.value) return [];
  if (was === undefined) return is === undefined ? [] : [whole('added', addedWord, is)];
  if (is === undefined) return [whole('removed', removedWord, was)];
  const values = `${was.value} → ${is.value}`;
  const words = { zh: `${is.name.zh}：${values}`, en: `${is.name.en}: ${values}` };
  return [{ kind: 'changed', words }];
}

const addedWord = { zh: '增加', en: 'added' };
const removedWord = { zh: '移除', en: 'removed' };

const whole = (kind: Difference['kind'], verb: Sentence, { name, value }: Fact): Line => ({
  kind,
  words: { zh: `${verb.zh}：${name.zh} ${value}`, en: `${verb.en}: ${name.en} ${value}` },
});

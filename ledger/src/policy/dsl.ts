import { rolePrincipal, type MspRoleName, type Principal } from '../identity/principal.js';
import { malformedPolicy, type SignaturePolicy, type SignatureRule } from './signature-policy.js';

/** `MSP.role` as Fabric accepts it (policydsl/policyparser.go). */
const PRINCIPAL = /^([A-Za-z0-9.-]+)\.(admin|member|client|peer|orderer)$/;
const TOKEN = /\s*(?:([A-Za-z]+)|(\d+)|'([^']*)'|"([^"]*)"|([(),]))/y;
const MAX_DEPTH = 50;

type Token =
  | { readonly kind: 'word' | 'number' | 'text' | 'mark'; readonly value: string }
  | { readonly kind: 'end'; readonly value: '' };

type Node =
  | { readonly kind: 'principal'; readonly mspId: string; readonly role: MspRoleName }
  | { readonly kind: 'gate'; readonly n: number; readonly args: readonly Node[] };

/**
 * Parses Fabric's policy language, e.g. `OR('HrssMSP.peer', AND('FinanceMSP.peer', 'DataBureauMSP.peer'))` or
 * `OutOf(2, ...)`, to the very policy that Fabric's own parser makes (inner gates number their principals first,
 * repeated principals stay repeated).
 * @throws LedgerError MALFORMED_POLICY
 */
export function parseSignaturePolicy(text: string): SignaturePolicy {
  const tokens = tokenize(text);
  const cursor = { position: 0 };
  const next = (): Token => tokens[cursor.position++] ?? { kind: 'end', value: '' };
  const root = parseGate(next(), next, 0);
  if (next().kind !== 'end')
    throw malformedPolicy({
      zh: '在最后一个括号之后还有内容',
      en: 'goes on after its last bracket',
    });
  const principals: Principal[] = [];
  const rule = build(root, principals);
  return { version: 0, rule, principals };
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  const pattern = new RegExp(TOKEN.source, 'y');
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null)
      throw malformedPolicy({
        zh: `第 ${at + 1} 个字符处无法读取`,
        en: `cannot be read at character ${at + 1}`,
      });
    tokens.push(tokenOf(match));
  }
  return tokens;
}

function tokenOf([, word, number, single, double, mark]: RegExpExecArray): Token {
  if (word !== undefined) return { kind: 'word', value: word };
  if (number !== undefined) return { kind: 'number', value: number };
  if (mark !== undefined) return { kind: 'mark', value: mark };
  return { kind: 'text', value: single ?? double ?? '' };
}

function parseGate(name: Token, next: () => Token, depth: number): Node {
  if (name.kind !== 'word' || depth > MAX_DEPTH)
    throw malformedPolicy({ zh: '须由 AND、OR、OutOf 组成', en: 'is not made of AND, OR, OutOf' });
  expectMark(next(), '(');
  const counted = gateName(name.value) === 'outof';
  const count = counted ? parseCount(next(), next) : undefined;
  const args: Node[] = [];
  let separator = ',';
  while (separator === ',') {
    args.push(parseArgument(next(), next, depth + 1));
    separator = next().value;
  }
  if (separator !== ')') throw malformedPolicy({ zh: '缺少右括号', en: 'lacks a closing bracket' });
  const n = count ?? (gateName(name.value) === 'and' ? args.length : 1);
  if (n > args.length + 1)
    throw malformedPolicy({
      zh: `要求 ${n} 个，而只列出 ${args.length} 个`,
      en: `asks for ${n} of ${args.length}`,
    });
  return { kind: 'gate', n, args };
}

function gateName(word: string): 'and' | 'or' | 'outof' {
  const spellings = { and: ['And', 'and', 'AND'], or: ['Or', 'or', 'OR'] } as const;
  if (spellings.and.some((spelling) => spelling === word)) return 'and';
  if (spellings.or.some((spelling) => spelling === word)) return 'or';
  if (['OutOf', 'outof', 'OUTOF'].includes(word)) return 'outof';
  throw malformedPolicy({
    zh: `中的 ${word} 不是 AND、OR、OutOf`,
    en: `has an unknown gate ${word}`,
  });
}

function parseCount(token: Token, next: () => Token): number {
  const number = token.kind === 'number' || (token.kind === 'text' && /^\d+$/.test(token.value));
  if (!number)
    throw malformedPolicy({ zh: '的 OutOf 没有写明个数', en: 'has an OutOf without a number' });
  expectMark(next(), ',');
  return Number(token.value);
}

function parseArgument(token: Token, next: () => Token, depth: number): Node {
  if (token.kind !== 'text') return parseGate(token, next, depth);
  const match = PRINCIPAL.exec(token.value);
  const [, mspId, role] = match ?? [];
  if (mspId === undefined || !isRole(role))
    throw malformedPolicy({
      zh: `中的主体 ${token.value} 须写作 MSP.角色（admin、member、client、peer、orderer）`,
      en: `has a principal that is no MSP.role: ${token.value}`,
    });
  return { kind: 'principal', mspId, role };
}

function isRole(role: string | undefined): role is MspRoleName {
  return role !== undefined && ['admin', 'member', 'client', 'peer', 'orderer'].includes(role);
}

function expectMark(token: Token, mark: string): void {
  if (token.kind !== 'mark' || token.value !== mark)
    throw malformedPolicy({ zh: `缺少 ${mark}`, en: `lacks a ${mark}` });
}

/** Inner gates first: Fabric evaluates the arguments of a gate before it numbers the gate's own principals. */
function build(node: Node, principals: Principal[]): SignatureRule {
  if (node.kind === 'principal') {
    principals.push(rolePrincipal(node.mspId, node.role));
    return { kind: 'signedBy', index: principals.length - 1 };
  }
  const rules = new Map<Node, SignatureRule>();
  for (const kind of ['gate', 'principal'] as const) {
    for (const arg of node.args) if (arg.kind === kind) rules.set(arg, build(arg, principals));
  }
  return {
    kind: 'outOf',
    n: node.n,
    rules: node.args.flatMap((arg) => rules.get(arg) ?? []),
  };
}

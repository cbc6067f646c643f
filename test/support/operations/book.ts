import { readFileSync } from 'node:fs';

/** A command of a page, as it is printed. */
export interface PrintedCommand {
  readonly line: number;
  /** Without what is said beside it, and in one line. */
  readonly command: string;
}

/** The commands of a page's blocks, from the first to the last. */
export function commandsOf(page: string): PrintedCommand[] {
  const commands: PrintedCommand[] = [];
  let inBlock = false;
  let begun = '';
  for (const [index, text] of readFileSync(page, 'utf8').split('\n').entries()) {
    if (/^ *```/.test(text)) inBlock = /^ *```sh$/.test(text);
    else if (inBlock) {
      const typed = `${begun}${text.replace(/(^|\s)#\s.*$/, '').trim()}`;
      begun = typed.endsWith('\\') ? typed.slice(0, -1) : '';
      if (begun === '' && typed !== '') commands.push({ line: index + 1, command: typed });
    }
  }
  return commands;
}

/** A command that another suite runs, because this one has not what it needs. */
export interface RunElsewhere {
  readonly like: RegExp;
  readonly file: string;
  /** By which that suite is known to run it. */
  readonly has: string;
  readonly why: string;
}

const onNodes = 'e2e/fabric/operations';
const needsNodes = 'needs nodes of Fabric on hosts of their own';
const fetches = 'fetches a release of Fabric, here from a server of the suite';

/** Every command of docs/operations.md that the suite of the book does not run itself. */
export const runElsewhere: readonly RunElsewhere[] = [
  {
    like: /^yici-network up .*--engine fabric/,
    ...{ file: 'integration/fabric/starts.test.ts', has: "'up', '--engine', 'fabric'" },
    why: 'needs nodes of Fabric',
  },
  {
    like: /^npm start /,
    ...{ file: 'e2e/start/start.test.ts', has: "'npm', ['start', '--'" },
    why: 'builds the console first',
  },
  {
    like: /^npm run release /,
    ...{ file: 'e2e/release/release.test.ts', has: "'network/scripts/release.mjs'" },
    why: 'packs the whole project',
  },
  {
    like: /^yici-network fabric install(?: --mirror \S+)?$/,
    ...{ file: 'integration/fabric-binaries/install.test.ts', has: "'fabric', 'install'" },
    why: fetches,
  },
  {
    like: /^yici-network fabric install --archive /,
    ...{ file: 'integration/fabric-binaries/install.test.ts', has: "install('--archive'" },
    why: fetches,
  },
  {
    like: /^yici-network fabric install --bin-dir /,
    ...{ file: 'unit/fabric-binaries/archive.test.ts', has: 'cache.install({ binDir' },
    why: 'needs binaries of Fabric',
  },
  {
    like: /^yici-network identity approve /,
    ...{ file: 'e2e/console/story/identity.test.ts', has: "'identity', 'approve', number" },
    why: 'needs a request that a browser has made',
  },
  {
    like: /^npm ci --prefix gateway\/tracing$|^export (?:NODE_OPTIONS|OTEL_)/,
    ...{ file: 'integration/tracing/tracing.test.ts', has: 'gateway/tracing/register.mjs' },
    why: 'installs packages',
  },
  {
    like: /^yici-network node snapshot /,
    ...{ file: `${onNodes}/hosts.test.ts`, has: "node('snapshot')" },
    why: needsNodes,
  },
  {
    like: /^yici-network node up --snapshot /,
    ...{ file: `${onNodes}/hosts.test.ts`, has: "up('--snapshot'" },
    why: needsNodes,
  },
  {
    like: /^yici-network node join /,
    ...{ file: `${onNodes}/hosts.test.ts`, has: "node('join')" },
    why: needsNodes,
  },
  {
    like: /^yici-network node approvals /,
    ...{ file: `${onNodes}/hosts.test.ts`, has: "node('approvals')" },
    why: needsNodes,
  },
  {
    like: /^yici-network node msp /,
    ...{ file: `${onNodes}/roots.test.ts`, has: "'node', 'msp'" },
    why: needsNodes,
  },
  {
    like: /^npm rebuild pkcs11js /,
    ...{ file: 'integration/pkcs11/keys.test.ts', has: 'npm rebuild pkcs11js' },
    why: 'compiles, as the run of all suites does before this one',
  },
  {
    like: /^yici-network keys make --token /,
    ...{ file: 'conformance/authorities/external.test.ts', has: "'--token', softToken().uri()" },
    why: 'needs a token',
  },
  {
    like: /^yici-network keys renew peer --token /,
    ...{ file: 'integration/pkcs11/network.test.ts', has: "'--token', token.uri()" },
    why: 'needs a token',
  },
  {
    like: /^yici identity (?:enroll|collect) /,
    ...{
      file: 'integration/pkcs11/network.test.ts',
      has: "'identity', 'collect', folder(), '--check'",
    },
    why: 'needs a registrar who approves in between',
  },
  {
    like: /^yici-network keys request /,
    ...{ file: 'integration/operations/external-ca.test.ts', has: "'keys', 'request'" },
    why: 'needs another authority',
  },
  {
    like: /^yici-network keys accept /,
    ...{ file: 'integration/operations/external-ca.test.ts', has: "'accept'," },
    why: 'needs another authority',
  },
  {
    like: /^yici-network keys renew orderer-tls .*--in-force /,
    ...{
      file: 'unit/topology/certificates.test.ts',
      has: "'--in-force', block('new.block', sent)",
    },
    why: 'needs the configuration that has the new certificate in force',
  },
];

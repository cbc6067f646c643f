import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { acceptsConnections, freePorts } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { fabricTool } from '../fabric.js';

const run = promisify(execFile);

/** Where a program is: on the path, or beside Fabric's own binaries; undefined where it is not. */
export function toolAt(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), dirname(fabricTool('peer'))];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** A certificate authority that runs as its own program does. */
export interface Authority {
  /** Its root, with its intermediates where it has any. */
  readonly chain: string;
  /** Issues for every request of a folder whose name fits. */
  issueAll(folder: string, fits: RegExp): Promise<string[]>;
  close(): Promise<void>;
}

interface Made {
  readonly folder: string;
  readonly port: number;
  readonly server: ChildProcess;
  readonly chain: string;
}

abstract class Running implements Authority {
  protected readonly made: Made;

  constructor(made: Made) {
    this.made = made;
  }

  get chain(): string {
    return this.made.chain;
  }

  async issueAll(folder: string, fits: RegExp): Promise<string[]> {
    const issued: string[] = [];
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.csr'))) {
      if (!fits.test(name)) continue;
      const out = join(folder, name.replace(/csr$/, 'pem'));
      await this.issue(join(folder, name), out);
      issued.push(out);
    }
    return issued;
  }

  async close(): Promise<void> {
    const { server } = this.made;
    if (server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill();
    await ended;
  }

  protected abstract issue(csr: string, out: string): Promise<void>;
}

async function started(
  program: string,
  args: readonly string[],
  folder: string,
  port: number,
): Promise<ChildProcess> {
  const server = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Fabric CA's second door, which no option moves.
    env: { ...process.env, FABRIC_CA_SERVER_OPERATIONS_LISTENADDRESS: '127.0.0.1:0' },
  });
  const log = createWriteStream(join(folder, 'server.log'));
  server.stdout.pipe(log);
  server.stderr.pipe(log);
  const deadline = performance.now() + 30_000;
  while (!(await acceptsConnections(port, '127.0.0.1'))) {
    if (server.exitCode !== null || performance.now() > deadline) {
      server.kill();
      expect.fail(readFileSync(join(folder, 'server.log'), 'utf8'));
    }
    await delay(50);
  }
  return server;
}

/** Takes names and extensions from the request: docs/operations.md, section 8. */
const template = `{
  "subject": {{ toJson .Insecure.CR.Subject }},
  "extensions": {{ toJson .Insecure.CR.Extensions }}
}`;
const stepConfig = z.looseObject({
  authority: z.looseObject({
    provisioners: z.array(z.looseObject({})),
    backdate: z.string().optional(),
  }),
});

/** step-ca: a root, and the intermediate that issues. */
export class StepCa extends Running {
  static readonly tools = ['step-ca', 'step'];

  static async open(directory: string, name: string): Promise<StepCa> {
    const folder = join(directory, name);
    mkdirSync(folder, { recursive: true });
    const [port = 0] = await freePorts(1);
    writeFileSync(join(folder, 'password'), 'for-tests-only\n');
    writeFileSync(join(folder, 'template'), template);
    await run(
      toolAt('step') ?? '',
      [
        ...['ca', 'init', '--deployment-type', 'standalone', '--name', name, '--dns', '127.0.0.1'],
        ...['--address', `127.0.0.1:${port}`, '--provisioner', 'province'],
        ...['--password-file', join(folder, 'password')],
      ],
      { env: { ...process.env, STEPPATH: folder } },
    );
    const file = join(folder, 'config/ca.json');
    const config = stepConfig.parse(JSON.parse(readFileSync(file, 'utf8')));
    const [provisioner] = config.authority.provisioners;
    Object.assign(provisioner ?? {}, {
      options: { x509: { templateFile: join(folder, 'template') } },
      claims: { disableSmallstepExtensions: true, defaultTLSCertDuration: '24h' },
    });
    // Else what it issues in its first minute began before its intermediate, which Fabric refuses.
    config.authority.backdate = '0s';
    writeFileSync(file, JSON.stringify(config));
    const chain = join(folder, 'chain.pem');
    const parts = ['intermediate_ca.crt', 'root_ca.crt'].map((each) =>
      readFileSync(join(folder, 'certs', each), 'utf8'),
    );
    writeFileSync(chain, parts.join(''));
    const serve = [file, '--password-file', join(folder, 'password')];
    const server = await started(toolAt('step-ca') ?? '', serve, folder, port);
    return new StepCa({ folder, port, server, chain });
  }

  protected override async issue(csr: string, out: string): Promise<void> {
    const { folder, port } = this.made;
    await run(toolAt('step') ?? '', [
      ...['ca', 'sign', csr, out, '--force', '--provisioner', 'province'],
      ...['--provisioner-password-file', join(folder, 'password')],
      ...['--ca-url', `https://127.0.0.1:${port}`, '--root', join(folder, 'certs/root_ca.crt')],
    ]);
  }
}

const enrolled = z.object({
  result: z.object({ Cert: z.base64(), ServerInfo: z.object({ CAChain: z.base64() }) }),
});

/** Fabric CA: units and attributes come from its register, the rest from the request. */
export class FabricCa extends Running {
  static readonly tools = ['fabric-ca-server', 'fabric-ca-client'];
  readonly #units = new Set<string>();

  static async open(directory: string, name: string): Promise<FabricCa> {
    const folder = join(directory, name);
    mkdirSync(folder, { recursive: true });
    const [port = 0] = await freePorts(1);
    const server = await started(
      toolAt('fabric-ca-server') ?? '',
      [
        ...['start', '--home', folder, '--boot', 'registrar:for-tests-only'],
        ...['--address', '127.0.0.1', '--port', String(port), '--csr.cn', name],
      ],
      folder,
      port,
    );
    const authority = new FabricCa({ folder, port, server, chain: join(folder, 'ca-cert.pem') });
    await authority.#client('enroll', '--url', `http://registrar:for-tests-only@127.0.0.1:${port}`);
    return authority;
  }

  async #client(...args: string[]): Promise<void> {
    const home = join(this.made.folder, 'registrar');
    await run(toolAt('fabric-ca-client') ?? '', [...args, '--home', home]);
  }

  /** As the request says, whoever asks is entered in the register, and then enrolled by it. */
  protected override async issue(csr: string, out: string): Promise<void> {
    const url = `http://127.0.0.1:${this.made.port}`;
    const { stdout: text } = await run('openssl', ['req', '-in', csr, '-noout', '-text']);
    const name = / CN ?= ?([^\s,]+)/.exec(text)?.[1] ?? '';
    const [type = 'client', unit = ''] = [...text.matchAll(/OU ?= ?([^\s,]+)/g)].map(
      ([, each = '']) => each,
    );
    const role = /"yici\.role":"(\w+)"/.exec(text)?.[1];
    if (unit !== '' && !this.#units.has(unit)) {
      await this.#client('affiliation', 'add', unit, '--url', url);
      this.#units.add(unit);
    }
    await this.#client(
      ...['register', '--url', url, '--id.name', name, '--id.secret', 'once', '--id.type', type],
      ...['--id.affiliation', unit],
      ...(role === undefined ? [] : ['--id.attrs', `yici.role=${role}:ecert`]),
    );
    const response = await fetch(`${url}/api/v1/enroll`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${name}:once`).toString('base64')}` },
      body: JSON.stringify({
        certificate_request: readFileSync(csr, 'utf8'),
        profile: csr.endsWith('.tls.csr') ? 'tls' : '',
      }),
    });
    const { result } = enrolled.parse(await response.json());
    writeFileSync(out, Buffer.from(result.Cert, 'base64'));
  }
}

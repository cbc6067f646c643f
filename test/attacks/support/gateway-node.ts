import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Api } from '../../integration/gateway/support/api.js';
import { GatewayProcess } from '../../integration/gateway/support/process.js';
import { worldTopology } from '../../integration/gateway/support/world.js';

/** A gateway with the embedded network in it as one process, over a data folder that may be looked into between two starts. */
export class GatewayNode {
  readonly directory = mkdtempSync(join(tmpdir(), 'yici-attack-'));
  readonly #configFile = join(this.directory, 'gateway.yaml');
  #running: GatewayProcess | undefined;
  #url = '';

  constructor(config: object = {}) {
    writeFileSync(join(this.directory, 'topology.yaml'), stringify(worldTopology));
    writeFileSync(
      this.#configFile,
      stringify({ limits: { requestsPerMinute: 0, loginsPerMinute: 0 }, ...config }),
    );
  }

  /** The data folder. */
  get state(): string {
    return join(this.directory, 'state');
  }

  get url(): string {
    return this.#url;
  }

  get process(): GatewayProcess {
    if (this.#running === undefined) throw new RangeError('it was never started');
    return this.#running;
  }

  /** Starts it and gives a fresh API to it. */
  async start(): Promise<Api> {
    const topology = join(this.directory, 'topology.yaml');
    const where = ['--state', this.state, '--topology', topology, '--config', this.#configFile];
    this.#running = new GatewayProcess([...where, '--port', '0', '--no-listen-peers']);
    this.#url = (await this.#running.ready).url;
    return this.api();
  }

  /** An API whose users have not logged in yet. */
  api(): Api {
    return new Api(this.#url, (user) => {
      const read = (name: string) =>
        readFileSync(join(this.state, 'identities', user, name), 'utf8');
      const { mspId } = JSON.parse(read('connection.json')) as { mspId: string };
      return Promise.resolve({ mspId, certificatePem: read('cert.pem'), keyPem: read('key.pem') });
    });
  }

  async dispose(): Promise<void> {
    await this.#running?.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NetworkError } from '../../errors.js';
import { getOrAdd } from '../../get-or-add.js';
import { ChaincodeConnection, type ConnectionOptions } from '../chaincode/connection.js';
import type { Packages } from '../endorse/definitions.js';
import type { Logger } from '../../logger.js';
import { refused } from '../simulate/refused.js';
import { readServicePackage, type ServicePackage } from './package-archive.js';

/** A chaincode process available to the peers. */
export interface ChaincodeService extends Omit<ServicePackage, 'label'> {
  /** The only department that uses this process; absent: all of them. */
  readonly mspId?: string;
}

export interface InstalledPackage extends ServicePackage {
  /** The package's bytes, when it was installed as a package. */
  readonly source?: Uint8Array;
}

interface PackagesOptions {
  readonly services: readonly ChaincodeService[];
  /** Folder of packages installed through `_lifecycle`; absent: kept in memory until the peer closes. */
  readonly directory?: string | undefined;
  readonly connection: Pick<ConnectionOptions, 'dialTimeoutMs' | 'executeTimeoutMs'>;
}

/** The chaincode packages of each department's peer, and the connections to their processes. */
export class ChaincodePackages implements Packages {
  readonly #options: PackagesOptions;
  readonly #logger: Logger;
  readonly #installed = new Map<string, Map<string, InstalledPackage>>();
  readonly #connections = new Map<string, ChaincodeConnection>();
  #revision = 0;

  constructor(options: PackagesOptions, dependencies: { readonly logger: Logger }) {
    this.#options = options;
    this.#logger = dependencies.logger;
  }

  /** Loads packages installed earlier. */
  async load(mspIds: Iterable<string>): Promise<void> {
    for (const mspId of mspIds) {
      const folder = this.#folder(mspId);
      const names = folder === undefined ? [] : await readdir(folder).catch(() => []);
      for (const name of names.filter((one) => one.endsWith('.tar.gz'))) {
        await this.#remember(mspId, await readFile(join(folder ?? '', name)));
      }
    }
  }

  get revision(): number {
    return this.#revision;
  }

  of(mspId: string): Iterable<string> {
    return this.list(mspId).map(({ packageId }) => packageId);
  }

  list(mspId: string): readonly InstalledPackage[] {
    const given = this.#options.services
      .filter((service) => service.mspId === undefined || service.mspId === mspId)
      .map((service) => ({ ...service, label: service.packageId.split(':')[0] ?? '' }));
    return [...given, ...(this.#installed.get(mspId)?.values() ?? [])];
  }

  /** @throws NetworkError SIMULATION_REFUSED when it is no service package or is already installed. */
  async install(mspId: string, source: Uint8Array): Promise<InstalledPackage> {
    const installed = await readServicePackage(source);
    const { packageId } = installed;
    if (this.list(mspId).some((one) => one.packageId === packageId)) {
      const text = `chaincode already successfully installed (package ID '${packageId}')`;
      throw refused(text);
    }
    const folder = this.#folder(mspId);
    if (folder !== undefined) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${packageId.replace(':', '.')}.tar.gz`), source);
    }
    return this.#remember(mspId, source);
  }

  /** Whether two departments' peers use one process for a package. */
  share(packageId: string, left: string, right: string): boolean {
    const address = this.#find(left, packageId)?.address;
    return address !== undefined && address === this.#find(right, packageId)?.address;
  }

  /** The connection between a department's peer and the process of a package. @throws NetworkError CHAINCODE_UNAVAILABLE */
  connection(mspId: string, packageId: string): ChaincodeConnection {
    return getOrAdd(this.#connections, `${mspId}/${packageId}`, () => {
      const found = this.#find(mspId, packageId);
      if (!found) {
        const text = `chaincode package '${packageId}' is not installed`;
        throw new NetworkError('CHAINCODE_UNAVAILABLE', {
          zh: `没有安装链码包 ${packageId}。先安装该链码包。`,
          en: text,
        });
      }
      const { address, tls } = found;
      const options = { ...this.#options.connection, packageId, address, tls };
      return new ChaincodeConnection(options, { logger: this.#logger });
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#connections.values()].map((connection) => connection.close()));
    this.#connections.clear();
  }

  async #remember(mspId: string, source: Uint8Array): Promise<InstalledPackage> {
    const installed = { ...(await readServicePackage(source)), source };
    getOrAdd(this.#installed, mspId, () => new Map()).set(installed.packageId, installed);
    this.#revision += 1;
    return installed;
  }

  #find(mspId: string, packageId: string): InstalledPackage | undefined {
    return this.list(mspId).find((one) => one.packageId === packageId);
  }

  #folder(mspId: string): string | undefined {
    const { directory } = this.#options;
    return directory === undefined ? undefined : join(directory, mspId);
  }
}

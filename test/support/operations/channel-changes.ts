import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseConfigBlock } from '@yici/ledger';
import { dataFolder } from '@yici/network';
import {
  exportBlocks,
  exportCertificates,
  freePorts,
  makeDepartmentKeys,
  openDepartmentHost,
  readTopology,
} from '@yici/network/testing';
import { stringify } from 'yaml';
import { z } from 'zod';
import { yiciNetworkHere } from '../../integration/topology/support.js';

/** Longest wait until every consenter signs blocks after one came or became another. */
const signsWithin = 120_000;
const shown = z.object({ silent: z.array(z.number()) });
const revoked = z.object({ crl: z.string() });
/** What the channel must be told when a consenter's key of a kind is another. */
const consenterChanges = { orderer: 'replace-consenter', 'orderer-tls': 'consenter-tls' } as const;

/** A network of native nodes, every department started from one data folder. */
interface ChangedNetwork {
  /** Its data folder. */
  readonly state: string;
  /** Where what the changes need may lie. */
  readonly folder: string;
  /** Hex. */
  readonly genesisHash: string;
  /** Ids of its departments. */
  readonly departments: readonly string[];
  /** Ends a node in order and starts it again. */
  startAgain(name: string): Promise<void>;
}

/** Changes of a network's channel by the commands that operators type. */
export class ChannelChanges {
  readonly #stand: ChangedNetwork;

  constructor(stand: ChangedNetwork) {
    this.#stand = stand;
  }

  /** A fifth department, with an orderer and a peer, from a folder of its own. */
  async joins(id: string): Promise<{ readonly close: () => Promise<void> }> {
    const [peer = 0, orderer = 0, ...others] = await freePorts(7);
    const own = readTopology(this.#at('topology.yaml'));
    const [peerChaincode, peerOperations, chaincode, ordererAdmin, ordererOperations] = others;
    const added = {
      ...{ id, mspId: `${id}MSP`, name: { zh: id, en: id }, level: 'city', regionCode: '331100' },
      ...{ orderer: true, users: [{ name: `${id}.clerk1`, role: 'clerk' }] },
      ports: {
        ...{ peer, orderer, peerChaincode, peerOperations },
        ...{ chaincode, ordererAdmin, ordererOperations },
      },
    };
    const wider = this.#beside(`${id}.yaml`);
    writeFileSync(wider, stringify({ ...own, departments: [...own.departments, added] }));
    const keys = this.#beside(`${id}-keys`);
    const file = this.#beside(`${id}.certificates.json`);
    makeDepartmentKeys(dataFolder(keys), wider, id, 'a sentence of the test');
    exportCertificates(readTopology(wider), keys, id, file);
    await this.#change(['add-department', file, '--topology', wider], 1);
    const { genesisHash } = this.#stand;
    const genesis = this.#at('genesis.block');
    await this.#done('keys', 'collect', '--genesis', genesis, '--pin', genesisHash, '--dir', keys);
    const host = this.hostOf(id);
    await this.#done('render', '--department', id, '--dir', keys, '--out', host);
    const opened = await openDepartmentHost({
      ...{ directory: host, binDir: process.env['YICI_FABRIC_BIN'] },
    });
    await this.#allSign();
    return opened;
  }

  /** The others remove a department, orderer and all, and each of them signs blocks then. */
  async leaves(id: string): Promise<void> {
    const silent = await this.#change(['remove-department', `${id}MSP`], 1);
    if (silent) await this.#allSign();
  }

  /** The folder of a department that has joined. */
  hostOf(id: string): string {
    return this.#beside(`${id}-host`);
  }

  /** A consenter gets other keys, to sign with or for TLS too: prepared, agreed on, and taken into use. */
  async replaces(id: string, ...kinds: (keyof typeof consenterChanges)[]): Promise<void> {
    const renewals = (kinds.length === 0 ? (['orderer'] as const) : kinds).map((kind) => ({
      change: consenterChanges[kind],
      file: this.#beside(`${id}-${kind}.json`),
      renew: ['keys', 'renew', kind, '--department', id, '--dir', this.#stand.state],
    }));
    for (const { change, file, renew } of renewals) {
      await this.#done(...renew, '--new-key', '--out', file);
      await this.#change([change, file], 1);
    }
    const inForce = await this.#newestConfig();
    for (const { renew } of renewals) await this.#done(...renew, '--in-force', inForce);
    await this.#stand.startAgain(`orderer0.${id}`);
    await this.#allSign();
  }

  /** A department's peer is to be found at another port of this machine, where the next start has it. */
  async anchors(id: string, port: number): Promise<void> {
    await this.#change(['anchor-peer', this.#mspOf(id), `127.0.0.1:${String(port)}`], 0, [id]);
  }

  /** A department revokes users of its own; nobody is bound by that. Returns the file of its list. */
  async revokes(...users: readonly string[]): Promise<string> {
    let list = '';
    for (const user of users) {
      const out = await this.#done(
        'identity',
        'revoke',
        user,
        '--json',
        '--dir',
        this.#stand.state,
      );
      list = revoked.parse(JSON.parse(out)).crl;
    }
    return list;
  }

  /** The channel has a department's list of whom it revoked. */
  async lists(id: string, list: string): Promise<void> {
    await this.#change(['revocation-list', this.#mspOf(id), list], 0, [id]);
  }

  /** A peer gets a new signing certificate, and TLS certificates for another key. */
  async renews(id: string): Promise<void> {
    const renew = ['--department', id, '--dir', this.#stand.state];
    await this.#done('keys', 'renew', 'peer', ...renew);
    await this.#done('keys', 'renew', 'peer-tls', '--new-key', ...renew);
    await this.#stand.startAgain(`peer0.${id}`);
  }

  /** Proposed by one, signed by three unless others suffice, submitted; whether a consenter does not sign yet, which exit 1 says. */
  async #change(
    what: readonly string[],
    silent: number,
    signers = this.#stand.departments.slice(0, 3),
  ): Promise<boolean> {
    const file = this.#beside(`${what[0] ?? ''}.json`);
    const place = ['--dir', this.#stand.state];
    await this.#done('channel', 'propose', ...what, '--out', file, ...place);
    await this.#done('channel', 'sign', file, '--department', ...signers, '--yes', ...place);
    const { code, err } = await yiciNetworkHere('channel', 'submit', file, ...place);
    if (code > silent) throw new RangeError(err);
    return code > 0;
  }

  async #done(...args: string[]): Promise<string> {
    const { code, out, err } = await yiciNetworkHere(...args);
    if (code !== 0) throw new RangeError(`${args.join(' ')}: ${out}${err}`);
    return out;
  }

  async #allSign(): Promise<void> {
    const deadline = performance.now() + signsWithin;
    for (;;) {
      const show = ['channel', 'show', '--signing', '--json', '--dir', this.#stand.state];
      const { out, err } = await yiciNetworkHere(...show);
      const { data } = shown.safeParse(JSON.parse(out === '' ? '{}' : out));
      if (data?.silent.length === 0) return;
      if (performance.now() > deadline) throw new RangeError(`not all sign: ${out}${err}`);
      await pause(500);
    }
  }

  /** The file of the newest config block. */
  async #newestConfig(): Promise<string> {
    const out = this.#beside('config-blocks');
    await exportBlocks(dataFolder(this.#stand.state), out, 0n, this.#stand.departments[0]);
    const numbers = readdirSync(out).map((name) => Number.parseInt(name, 10));
    for (const number of numbers.sort((one, other) => other - one)) {
      const file = join(out, `${String(number)}.block`);
      if (isConfig(readFileSync(file))) return file;
    }
    throw new RangeError('there is no config block');
  }

  #mspOf(id: string): string {
    const { departments } = readTopology(this.#at('topology.yaml'));
    return departments.find((each) => each.id === id)?.mspId ?? '';
  }

  #at(name: string): string {
    return join(this.#stand.state, name);
  }

  #beside(name: string): string {
    return join(this.#stand.folder, name);
  }
}

function isConfig(block: Uint8Array): boolean {
  try {
    parseConfigBlock(block);
    return true;
  } catch {
    return false;
  }
}

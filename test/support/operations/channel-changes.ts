import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { dataFolder } from '@yici/network';
import {
  exportCertificates,
  makeDepartmentKeys,
  openDepartmentHost,
  readTopology,
  type TopologyInput,
} from '@yici/network/testing';
import { stringify } from 'yaml';
import { z } from 'zod';
import { freeNativePorts } from '../fabric-network.js';
import { yiciNetworkHere, type Outcome } from '../../integration/topology/support.js';

/** Longest wait until every consenter signs blocks after one came or became another. */
const signsWithin = 120_000;
const shown = z.object({ silent: z.array(z.number()) });
const revoked = z.object({ crl: z.string() });
const failed = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
/** What the channel must be told when a consenter's key of a kind is another. */
const consenterChanges = { orderer: 'replace-consenter', 'orderer-tls': 'consenter-tls' } as const;

/** Of roots of departments that make their own keys. */
const passphrase = 'a sentence of the test';
type Department = TopologyInput['departments'][number];

/** A command that did not do what it was typed for, and why. */
export interface Refusal {
  readonly command: string;
  /** Its error's; `SILENT` where some consenter does not sign blocks. */
  readonly code: string;
  readonly message: string;
  /** Numbers of the consenters that do not sign. */
  readonly silent?: readonly number[];
}

/** A network of native nodes, every department started from one data folder. */
export interface ChangedNetwork {
  /** Its data folder. */
  readonly state: string;
  /** Where what the changes need may lie. */
  readonly folder: string;
  /** Hex. */
  readonly genesisHash: string;
  /** Ids of its departments. */
  readonly departments: readonly string[];
  /** Where who joins is to be found; unless given, at loopback and any ports. */
  readonly joining?: Pick<Department, 'host' | 'ports'>;
  /** The folder with a department's keys, unless that is the data folder. */
  keysOf?(id: string): string;
  /** Types a command of the channel where a department does, at any when none is given; unless given, with the data folder. */
  types?(args: readonly string[], id?: string): Promise<Outcome>;
  /** Ends a node in order and starts it again, with the keys and certificates that its department has now. */
  startAgain(name: string): Promise<void>;
  /** Starts the nodes of a department that joined. */
  open?(id: string, directory: string): Promise<Opened>;
  /** Whether a command that was refused is typed once more; unless given it never is. */
  again?(refused: Refusal): Promise<boolean>;
}

interface Opened {
  close(): Promise<void>;
}

/** Changes of a network's channel by the commands that operators type. */
export class ChannelChanges {
  readonly #stand: ChangedNetwork;

  constructor(stand: ChangedNetwork) {
    this.#stand = stand;
  }

  /** A fifth department, with an orderer and a peer, from a folder of its own. */
  async joins(id: string): Promise<Opened> {
    const own = readTopology(this.#at('topology.yaml'));
    const added = {
      ...{ id, mspId: `${id}MSP`, name: { zh: id, en: id }, level: 'city', regionCode: '331100' },
      ...{ orderer: true, users: [{ name: `${id}.clerk1`, role: 'clerk' }] },
      ...(this.#stand.joining ?? { ports: await freeNativePorts() }),
    };
    const wider = this.#beside(`${id}.yaml`);
    writeFileSync(wider, stringify({ ...own, departments: [...own.departments, added] }));
    const keys = this.#beside(`${id}-keys`);
    const file = this.#beside(`${id}.certificates.json`);
    makeDepartmentKeys(dataFolder(keys), wider, id, passphrase);
    exportCertificates(readTopology(wider), keys, id, file);
    await this.#change(['add-department', file, '--topology', wider], 1);
    const { genesisHash } = this.#stand;
    const genesis = this.#at('genesis.block');
    await this.#done('keys', 'collect', '--genesis', genesis, '--pin', genesisHash, '--dir', keys);
    const host = this.hostOf(id);
    await this.#done('render', '--department', id, '--dir', keys, '--out', host);
    const opened = await (this.#stand.open?.(id, host) ?? openJoined(host));
    await this.allSign();
    return opened;
  }

  /** The others remove a department, orderer and all, and each of them signs blocks then. */
  async leaves(id: string): Promise<void> {
    const silent = await this.#change(['remove-department', `${id}MSP`], 1);
    if (silent) await this.allSign();
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
      renew: ['keys', 'renew', kind, ...this.#keysOf(id)],
    }));
    for (const { change, file, renew } of renewals) {
      await this.#done(...renew, '--new-key', '--out', file);
      await this.#change([change, file], 1);
    }
    for (const { renew } of renewals) {
      // Read anew each time: the peer that is asked may not have the block yet.
      const used = async () => here([...renew, '--in-force', await this.#blocks()]);
      await this.#tried(renew, used);
    }
    await this.#stand.startAgain(`orderer0.${id}`);
    await this.allSign();
  }

  /** A department's peer is to be found at another port of this machine, where the next start has it. */
  async anchors(id: string, port: number): Promise<void> {
    await this.#change(['anchor-peer', this.#mspOf(id), `127.0.0.1:${String(port)}`], 0, [id]);
  }

  /** A department revokes users of its own; nobody is bound by that. Returns the file of its list. */
  async revokes(...users: readonly string[]): Promise<string> {
    let list = '';
    for (const user of users) {
      const out = await this.#done('identity', 'revoke', user, '--dir', this.#stand.state);
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
    const renew = this.#keysOf(id);
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
    rmSync(file, { force: true });
    await this.#typed(['channel', 'propose', ...what, '--out', file]);
    for (const id of signers) {
      await this.#typed(['channel', 'sign', file, '--department', id, '--yes'], id);
    }
    const submit = ['channel', 'submit', file];
    return (await this.#tried(submit, () => this.#types(submit), silent)).code > 0;
  }

  async #done(...args: string[]): Promise<string> {
    return (await this.#tried(args, () => here(args))).out;
  }

  /** Types a command of the channel, where a department does when one is given. */
  #typed(args: readonly string[], id?: string): Promise<Outcome> {
    return this.#tried(args, () => this.#types(args, id));
  }

  #types(args: readonly string[], id?: string): Promise<Outcome> {
    return (
      this.#stand.types?.([...args, '--json'], id) ?? here([...args, '--dir', this.#stand.state])
    );
  }

  /** A command, again as often as operators type it, until it ends with no more than that exit code. */
  async #tried(
    args: readonly string[],
    once: () => Promise<Outcome>,
    atMost = 0,
  ): Promise<Outcome> {
    for (;;) {
      const outcome = await once();
      if (outcome.code <= atMost) return outcome;
      await this.#refused(args, outcome);
    }
  }

  /** @throws RangeError unless it is typed once more */
  async #refused(args: readonly string[], { out, err }: Outcome): Promise<void> {
    const said = err.trim().split('\n').at(-1) ?? '';
    const { data } = failed.safeParse(said.startsWith('{') ? JSON.parse(said) : {});
    const { silent } = shown.safeParse(out === '' ? {} : JSON.parse(out)).data ?? {};
    const named = `consenter ${String(silent)} does not sign`;
    const { code, message } = data?.error ?? { code: 'SILENT', message: named };
    const command = args.slice(0, 2).join(' ');
    const refused = { command, code, message, ...(silent !== undefined && { silent }) };
    if ((await this.#stand.again?.(refused)) === true) return;
    throw new RangeError(`${args.join(' ')}: ${out}${err}`);
  }

  /** Waits until every consenter signs blocks, as one department's peer sees it. */
  async allSign(id?: string): Promise<void> {
    const deadline = performance.now() + signsWithin;
    const show = [
      'channel',
      'show',
      '--signing',
      ...(id === undefined ? [] : ['--department', id]),
    ];
    for (;;) {
      const outcome = await this.#types(show, id);
      const silent = outcome.out === '' ? undefined : shown.parse(JSON.parse(outcome.out)).silent;
      if (silent?.length === 0) return;
      // A look takes as long as a consenter may need: who tries again does what it says.
      const isRefused = this.#stand.again !== undefined;
      if (isRefused || performance.now() > deadline) await this.#refused(show, outcome);
      await pause(500);
    }
  }

  /** A folder of all blocks. */
  async #blocks(): Promise<string> {
    const out = this.#beside('config-blocks');
    await this.#typed(['blocks', 'export', '--out', out]);
    return out;
  }

  /** Of a command that makes a department's keys. */
  #keysOf(id: string): string[] {
    const own = this.#stand.keysOf?.(id);
    if (own === undefined) return ['--department', id, '--dir', this.#stand.state];
    const file = this.#beside('passphrase');
    writeFileSync(file, passphrase);
    return ['--department', id, '--dir', own, '--passphrase-file', file];
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

const here = (args: readonly string[]) => yiciNetworkHere(...args, '--json');

function openJoined(directory: string): Promise<Opened> {
  return openDepartmentHost({ directory, binDir: process.env['YICI_FABRIC_BIN'] });
}

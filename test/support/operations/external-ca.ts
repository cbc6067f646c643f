import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate authority of somebody else's, by OpenSSL: a root, one intermediate below it, and what that issues for requests. */
export class ExternalCa {
  readonly #folder: string;
  readonly #name: string;
  /** Root and intermediate, in the order in which authorities usually hand them out. */
  readonly chain: string;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
    this.#request('root');
    this.#sign('root', ['-key', this.#file('root.key')], 'pathlen:1');
    this.#request('intermediate');
    this.#sign('intermediate', this.#by('root'), 'pathlen:0');
    this.chain = this.#file('chain.pem');
    const [intermediate, root] = ['intermediate.pem', 'root.pem'].map((each) =>
      readFileSync(this.#file(each), 'utf8'),
    );
    writeFileSync(this.chain, `issued by the intermediate\n${intermediate ?? ''}${root ?? ''}`);
  }

  /** Issues what a request asks for, without its extensions, or with one of its own; returns the certificate's file. */
  issue(csr: string, extensions: 'asked' | 'none' | { readonly only: string } = 'asked'): string {
    const out = csr.replace(/\.csr$/, '.pem');
    const file = this.#file('only.cnf');
    if (typeof extensions === 'object') writeFileSync(file, `${extensions.only}\n`);
    openssl(
      ...['x509', '-req', '-in', csr, '-out', out, '-days', '30', ...this.#by('intermediate')],
      ...(extensions === 'asked' ? ['-copy_extensions', 'copyall'] : []),
      ...(typeof extensions === 'object' ? ['-extfile', file] : []),
    );
    return out;
  }

  /** Issues for every request of a folder whose name fits. */
  issueAll(folder: string, fits: RegExp): string[] {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.csr') && fits.test(name))
      .map((name) => this.issue(join(folder, name)));
  }

  #file(name: string): string {
    return join(this.#folder, `${this.#name}-${name}`);
  }

  #by(authority: string): string[] {
    return ['-CA', this.#file(`${authority}.pem`), '-CAkey', this.#file(`${authority}.key`)];
  }

  #request(authority: string): void {
    openssl(
      ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', this.#file(`${authority}.key`), '-out', this.#file(`${authority}.csr`)],
      ...['-subj', `/C=CN/O=Province/CN=${this.#name} ${authority}`],
    );
  }

  #sign(authority: string, by: readonly string[], pathLength: string): void {
    const extensions = this.#file(`${authority}.cnf`);
    writeFileSync(
      extensions,
      `basicConstraints=critical,CA:TRUE,${pathLength}\nkeyUsage=critical,keyCertSign,cRLSign,digitalSignature\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n`,
    );
    openssl(
      ...['x509', '-req', '-in', this.#file(`${authority}.csr`), '-days', '400'],
      ...['-out', this.#file(`${authority}.pem`), '-extfile', extensions, ...by],
    );
  }
}

/** A request of another subject for a key. */
export function requestFor(key: string, subject: string, out: string): string {
  openssl('req', '-new', '-key', key, '-subj', subject, '-out', out);
  return out;
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

import { createMsp, type Msp } from '../identity/msp.js';
import { decodeMspConfig, encodeMspConfig } from '../identity/msp-definition.js';
import { malformedConfig } from './organizations.js';

/** Collects the MSPs of a config. One MSP may appear in several organisations, but only with the same definition (msp.go). */
export class MspRegistry {
  readonly #msps = new Map<string, Msp>();
  readonly #allowEd25519: boolean;

  constructor(channelCapabilities: ReadonlySet<string>) {
    this.#allowEd25519 = channelCapabilities.has('V3_0');
  }

  get msps(): ReadonlyMap<string, Msp> {
    return this.#msps;
  }

  /** @throws LedgerError MALFORMED_CONFIG */
  register(organization: string, mspConfig: Uint8Array): string {
    const definition = decodeMspConfig(mspConfig);
    const { mspId } = definition;
    if (mspId === '')
      throw malformedConfig({
        zh: `组织 ${organization} 没有 MSP 标识`,
        en: `organisation ${organization} has no MSP id`,
      });
    const known = this.#msps.get(mspId);
    if (known === undefined) {
      this.#msps.set(mspId, createMsp(definition, { allowEd25519: this.#allowEd25519 }));
    } else if (!sameDefinition(encodeMspConfig(known.definition), encodeMspConfig(definition))) {
      throw malformedConfig({
        zh: `MSP ${mspId} 有两份不同的定义`,
        en: `two different definitions of MSP ${mspId}`,
      });
    }
    return mspId;
  }
}

function sameDefinition(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.from(left).equals(right);
}

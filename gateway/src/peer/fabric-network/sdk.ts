import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Client } from '@grpc/grpc-js';
import { z } from 'zod';
import { GatewayError } from '../../errors.js';

/** A node as defined by fabric-common's ServiceEndpoint. */
export interface SdkNode {
  setEndpoint(endpoint: unknown): void;
  /** Connects or reconnects; false when the node does not answer. */
  checkConnection(): Promise<boolean>;
  disconnect(): void;
}

export interface SdkEndorser extends SdkNode {
  sendProposal(signed: SdkSignedProposal, timeout: number): Promise<unknown>;
}

/** protos.SignedProposal in the form of the package's codec: signed bytes pass through unchanged. */
export interface SdkSignedProposal {
  readonly proposal_bytes: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SdkCommitter extends SdkNode {
  sendBroadcast(envelope: SdkEnvelope, timeout: number): Promise<unknown>;
}

/** common.Envelope in the same form. */
export interface SdkEnvelope {
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SdkEventer extends SdkNode {
  /** The underlying gRPC client, once connected. The SDK's streams decode every block; ours must not. */
  readonly service: unknown;
}

export interface SdkClient {
  newEndpoint(options: Readonly<Record<string, unknown>>): unknown;
  newEndorser(name: string, mspId: string): SdkEndorser;
  newCommitter(name: string, mspId: string): SdkCommitter;
  newEventer(name: string, mspId: string): SdkEventer;
}

/** The parts of fabric-common that are used. */
export interface Sdk {
  readonly Client: { newClient(name: string): SdkClient };
}

/** Folder of the SDK: separate, beside this package, so that no other installation provides it. */
const sdkFolder = new URL('../../../fabric-network/', import.meta.url);

/** Imports fabric-common, a dependency of fabric-network; rejects when the module does not exist. */
export type ImportSdk = () => Promise<unknown>;

const moduleMissing = z.object({ code: z.enum(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND']) });

const isSdk = (value: unknown): value is Sdk =>
  z.object({ Client: z.custom((found) => typeof found === 'function') }).safeParse(value).success;

const isRawClient = (value: unknown): value is Pick<Client, 'makeBidiStreamRequest'> =>
  typeof value === 'object' && value !== null && 'makeBidiStreamRequest' in value;

/** The gRPC client of the eventer's connection. @throws GatewayError INTERNAL when it has none */
export function rawConnection(eventer: SdkEventer): Pick<Client, 'makeBidiStreamRequest'> {
  if (isRawClient(eventer.service)) return eventer.service;
  throw new GatewayError('INTERNAL', 'The SDK has no connection to the peer.');
}

/**
 * Loads the SDK, which is only installed in its own folder.
 * @throws GatewayError FABRIC_NETWORK_MISSING naming what to install
 */
export async function loadSdk(importSdk: ImportSdk = importFabricCommon): Promise<Sdk> {
  const loaded = await importSdk().catch((cause: unknown) => {
    throw moduleMissing.safeParse(cause).success ? missing(cause) : unusable(cause);
  });
  if (isSdk(loaded)) return loaded;
  throw unusable(undefined);
}

async function importFabricCommon(): Promise<unknown> {
  keepSdkQuiet();
  const network = createRequire(sdkFolder).resolve('fabric-network');
  const common = createRequire(network).resolve('fabric-common');
  const loaded = (await import(pathToFileURL(common).href)) as { readonly default: unknown };
  return loaded.default;
}

/** The SDK's default logger writes to stdout, which is our own output; every failure it logs is also thrown. */
function keepSdkQuiet(): void {
  if (process.env['HFC_LOGGING'] !== undefined || Reflect.has(globalThis, 'hfc')) return;
  const ignore = () => undefined;
  const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  Reflect.set(globalThis, 'hfc', { logger });
}

const howToInstall = 'npm ci --prefix gateway/fabric-network';

const missing = (cause: unknown): GatewayError =>
  new GatewayError(
    'FABRIC_NETWORK_MISSING',
    `The engine fabric-network needs a package that is not installed: ${howToInstall}`,
    { cause },
  );

const unusable = (cause: unknown): GatewayError =>
  new GatewayError(
    'FABRIC_NETWORK_MISSING',
    `The package fabric-network cannot be used; install it anew: ${howToInstall}`,
    { cause },
  );

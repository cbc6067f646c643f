import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodePackages, InstalledPackage } from '../packages.js';
import { NotDefinedError } from './not-defined-error.js';

const { lifecycle } = peer;

/** A call about the packages of one department's peer. */
export interface PackagesCall {
  readonly packages: ChaincodePackages;
  readonly mspId: string;
}

/** Installs a chaincode-as-a-service package: from then on this peer dials its address. */
export async function install(call: PackagesCall, bytes: Uint8Array): Promise<Uint8Array> {
  const args = lifecycle.InstallChaincodeArgs.deserializeBinary(bytes);
  const source = args.getChaincodeInstallPackage_asU8();
  const installed = await call.packages.install(call.mspId, source);
  const result = new lifecycle.InstallChaincodeResult();
  result.setPackageId(installed.packageId);
  result.setLabel(installed.label);
  return result.serializeBinary();
}

export function queryInstalled({ packages, mspId }: PackagesCall): Uint8Array {
  const { InstalledChaincode } = lifecycle.QueryInstalledChaincodesResult;
  const result = new lifecycle.QueryInstalledChaincodesResult();
  result.setInstalledChaincodesList(
    packages.list(mspId).map((installed) => {
      const one = new InstalledChaincode();
      one.setPackageId(installed.packageId);
      one.setLabel(installed.label);
      return one;
    }),
  );
  return result.serializeBinary();
}

export function queryInstalledOne(call: PackagesCall, bytes: Uint8Array): Uint8Array {
  const args = lifecycle.QueryInstalledChaincodeArgs.deserializeBinary(bytes);
  const installed = find(call, args.getPackageId());
  const result = new lifecycle.QueryInstalledChaincodeResult();
  result.setPackageId(installed.packageId);
  result.setLabel(installed.label);
  return result.serializeBinary();
}

export function getInstalledPackage(call: PackagesCall, bytes: Uint8Array): Uint8Array {
  const args = lifecycle.GetInstalledChaincodePackageArgs.deserializeBinary(bytes);
  const { source, packageId } = find(call, args.getPackageId());
  if (!source) {
    throw new NotDefinedError(`chaincode install package '${packageId}' not found`);
  }
  const result = new lifecycle.GetInstalledChaincodePackageResult();
  result.setChaincodeInstallPackage(source);
  return result.serializeBinary();
}

function find({ packages, mspId }: PackagesCall, packageId: string): InstalledPackage {
  const installed = packages.list(mspId).find((one) => one.packageId === packageId);
  if (!installed) {
    throw new NotDefinedError(`chaincode install package '${packageId}' not found`);
  }
  return installed;
}

// Before the contracts load: Fabric's newer messages, because the shim's older copy puts its classes under the same global
// names and has to find its own there; and what the shim logs, because it reads its level while it loads.
import '@hyperledger/fabric-protos';

process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ??= 'ERROR';

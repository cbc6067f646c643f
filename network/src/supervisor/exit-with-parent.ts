/**
 * Loaded into every chaincode process (`node --import`): its standard input is a pipe from the network, so it ends with
 * the network, also after `kill -9`, and does not keep its port.
 */
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();

/**
 * Loaded into every chaincode process (`node --import`): its standard input is a pipe from the network, so it ends when
 * the network does, also after `kill -9`, and never keeps the port of a network that is gone.
 */
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();

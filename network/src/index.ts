// The data folder and its processes.
export { dataFolder, restrictToOwner } from './supervisor/data-folder.js';
export { listenError } from './supervisor/probe.js';

// The embedded network.
export { openEmbeddedNetwork, type EmbeddedNetwork } from './embedded/assembly/open.js';

// The command.
export { pinGateway } from './cli/identities.js';

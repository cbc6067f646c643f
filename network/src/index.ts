// The data folder and its processes.
export { dataFolder, restrictToOwner } from './supervisor/data-folder.js';
export { noteRelease, refuseNewerRelease } from './supervisor/release.js';
export { listenError } from './supervisor/probe.js';

// The embedded network.
export { openEmbeddedNetwork, type EmbeddedNetwork } from './embedded/assembly/open.js';

// The disk that a store lies on.
export { GroupWriter } from './embedded/storage/group-writer.js';
export { syncFolder } from './embedded/storage/file-io.js';
export { hasDiskSpace } from './embedded/storage/disk-space.js';

// Backups.
export { readBackup, writeBackup, backupArchive } from './backup/archive.js';
export { askBackup, serveBackup } from './backup/door.js';
export type { Manifest as BackupManifest } from './backup/manifest.js';
export { filesPrefix, storeMembers, treeMembers, type BackupMember } from './backup/members.js';
export { backupForeign, backupOlder } from './backup/refusals.js';
export { restoreFolder } from './backup/restore.js';
export { genesisHashIn } from './genesis/prepare.js';
export { socketPath } from './supervisor/control.js';

// A change of the channel, brought into force.
export { submitChange } from './fabric/channel/submit-change.js';

// Whether the channel still has a department.
export { isRefusedBlocks } from './fabric/channel/membership.js';

// The command.
export { pinGateway } from './cli/keys/identities.js';

// Requests for certificates.
export { EnrolmentFolder } from './identity/enrolments.js';

// The demo.
export { demoRolesIn } from './demo/roles.js';

/** SM2 keys with which officials sign what they command, beside Fabric's own signature (国密应用签名). */
export { appKeyCommands, appKeyQueries } from './commands';
export { appKeyErrors } from './errors';
export { appKeyKinds } from './records';

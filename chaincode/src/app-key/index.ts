/** SM2 keys with which officials sign what they command, beside Fabric's own signature (商用密码 SM2 电子签名). */
export { commands, queries } from './commands';
export { errors } from './errors';
export { kinds } from './records';

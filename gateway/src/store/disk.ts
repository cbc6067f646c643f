/** What network knows of the disk that a store lies on. */
export { GroupWriter, hasDiskSpace, syncFolder } from '@yici/network';

export { hasDiskSpace } from '@yici/network';

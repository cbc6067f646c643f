export { fabricTool, needsFabric } from '../../support/fabric.js';

/** Imports what the gateway's program imports and ends: the part of its start that is none of its own work. */
import '@yici/gateway/testing';
import '@yici/network';
import 'commander';

process.exit(0);

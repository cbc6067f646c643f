#!/usr/bin/env node
// Committed, because npm links a command when it installs, which is before the first build.

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
await import('../dist/bin/yici-network.js');

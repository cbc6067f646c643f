#!/usr/bin/env node
// Committed, because npm links a command when it installs, which is before the first build.
import '../dist/bin/yici-network.js';

// The shim logs at info while the contracts load and reads its level then; imported before them.
process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ??= 'ERROR';

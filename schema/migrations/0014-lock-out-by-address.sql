-- Failures are counted for each address and for all of them together, so that nobody keeps somebody else out.
ALTER TABLE staffAttempt
  ADD COLUMN addressIndex varbinary(32) NOT NULL DEFAULT '' AFTER accountIndex,
  ADD COLUMN succeededAt datetime(3) NULL AFTER lockedUntil,
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (mallId, accountIndex, addressIndex);

-- Staff accounts, their sign-in and sessions, and the audit chain.
CREATE TABLE staff (
  staffId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  accountIndex varbinary(32) NOT NULL,
  name varchar(30) NOT NULL,
  phone varbinary(255) NOT NULL,
  role varchar(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tenantId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  passwordHash varchar(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  totpSecret varbinary(255) NOT NULL,
  totpStep bigint NOT NULL DEFAULT 0,
  disabledAt datetime(3) NULL,
  lastSignInAt datetime(3) NOT NULL DEFAULT '1970-01-01 00:00:00.000',
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  updatedAt datetime(3) NOT NULL,
  PRIMARY KEY (staffId),
  UNIQUE KEY staff_account (mallId, account),
  KEY staff_account_index (mallId, accountIndex)
) ENGINE=InnoDB;

CREATE TABLE staffStore (
  staffId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  storeId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (staffId, storeId)
) ENGINE=InnoDB;

CREATE TABLE staffAttempt (
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  accountIndex varbinary(32) NOT NULL,
  failures int NOT NULL DEFAULT 0,
  lockedUntil datetime(3) NULL,
  updatedAt datetime(3) NOT NULL,
  PRIMARY KEY (mallId, accountIndex),
  KEY staff_attempt_updated (updatedAt)
) ENGINE=InnoDB;

CREATE TABLE staffTicket (
  ticketHash varbinary(32) NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  staffId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expiresAt datetime(3) NOT NULL,
  usedAt datetime(3) NULL,
  PRIMARY KEY (ticketHash),
  KEY staff_ticket_staff (staffId),
  KEY staff_ticket_expires (expiresAt)
) ENGINE=InnoDB;

CREATE TABLE staffSession (
  sessionId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  staffId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tokenHash varbinary(32) NOT NULL,
  address varchar(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  lastSeenAt datetime(3) NOT NULL,
  expiresAt datetime(3) NOT NULL,
  endedAt datetime(3) NULL,
  endReason varchar(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (sessionId),
  UNIQUE KEY staff_session_token (tokenHash),
  KEY staff_session_staff (staffId, endedAt)
) ENGINE=InnoDB;

CREATE TABLE auditEntry (
  entryId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lane tinyint NOT NULL,
  sequence bigint NOT NULL,
  at datetime(3) NOT NULL,
  staffId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  staffName varchar(40) NOT NULL,
  role varchar(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
  act varchar(120) NOT NULL,
  subject varchar(80) NULL,
  outcome varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  refusal varchar(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
  requestId varchar(80) NOT NULL,
  address varchar(45) NOT NULL,
  detail mediumtext NOT NULL,
  hash varbinary(32) NOT NULL,
  PRIMARY KEY (entryId),
  UNIQUE KEY audit_entry_chain (mallId, lane, sequence),
  KEY audit_entry_at (mallId, at),
  KEY audit_entry_staff (mallId, staffId, at)
) ENGINE=InnoDB;

CREATE TABLE auditHead (
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lane tinyint NOT NULL,
  sequence bigint NOT NULL,
  hash varbinary(32) NOT NULL,
  PRIMARY KEY (mallId, lane)
) ENGINE=InnoDB;

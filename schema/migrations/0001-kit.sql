-- Idempotency, outbox, inbox and schedules: what every feature stands on.
CREATE TABLE idempotency (
  actor varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotencyKey varchar(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  route varchar(120) NOT NULL,
  requestHash varbinary(32) NOT NULL,
  reply mediumblob NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (actor, idempotencyKey),
  KEY idempotency_created (createdAt)
) ENGINE=InnoDB;

CREATE TABLE outbox (
  eventId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type varchar(60) NOT NULL,
  data json NOT NULL,
  occurredAt datetime(3) NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  deliveredAt datetime(3) NULL,
  availableAt datetime(3) NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  lastError varchar(300) NULL,
  PRIMARY KEY (eventId),
  -- Undelivered first: the drain seeks straight to the NULLs.
  KEY outbox_undelivered (deliveredAt, availableAt),
  KEY outbox_tail (createdAt)
) ENGINE=InnoDB;

CREATE TABLE handled (
  consumer varchar(80) NOT NULL,
  eventId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (consumer, eventId),
  KEY handled_created (createdAt)
) ENGINE=InnoDB;

CREATE TABLE inbox (
  inboxId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  vendor varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  vendorMessageId varchar(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payload json NOT NULL,
  receivedAt datetime(3) NOT NULL,
  processedAt datetime(3) NULL,
  attempts int NOT NULL DEFAULT 0,
  lastError varchar(300) NULL,
  PRIMARY KEY (inboxId),
  UNIQUE KEY inbox_message (vendor, vendorMessageId),
  KEY inbox_open (processedAt, receivedAt)
) ENGINE=InnoDB;

CREATE TABLE schedule (
  name varchar(80) NOT NULL,
  dueAt datetime(3) NOT NULL,
  startedAt datetime(3) NULL,
  endedAt datetime(3) NULL,
  lastError varchar(300) NULL,
  PRIMARY KEY (name)
) ENGINE=InnoDB;
